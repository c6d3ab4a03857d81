import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import type { Node } from 'web-tree-sitter';

/** What stands for a value that is computed when the file is deployed. */
interface Computed {
  computed: string;
}
interface BicepFile {
  hasError: boolean;
  parameters: { name: string; defaultValue?: unknown }[];
  resources: {
    symbol: string;
    type: string;
    apiVersion: string;
    isExisting: boolean;
    isConditional: boolean;
    body: Record<string, unknown>;
  }[];
  outputs: { name: string; value: unknown }[];
}

const resolve = createRequire(import.meta.url).resolve;
let loaded: Promise<Parser> | undefined;

async function load(): Promise<Parser> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));
  return parser;
}

/** Reads a Bicep file back with a parser that is not ours. */
export async function readBicep(text: string): Promise<BicepFile> {
  const parser = await (loaded ??= load());
  const root = parser.parse(text)?.rootNode;
  if (!root) throw new Error('no tree');
  const file: BicepFile = { hasError: root.hasError, parameters: [], resources: [], outputs: [] };
  for (const node of root.namedChildren.filter((one) => one !== null)) {
    const parts = node.namedChildren.filter((one) => one !== null);
    const [name, second, third] = parts;
    if (node.type === 'parameter_declaration' && name)
      file.parameters.push({ name: name.text, ...(third && { defaultValue: read(third) }) });
    if (node.type === 'output_declaration' && name && third)
      file.outputs.push({ name: name.text, value: read(third) });
    if (node.type !== 'resource_declaration' || !name || !second) continue;
    const [type = '', apiVersion = ''] = unquote(second.text).split('@');
    const object = findObject(node);
    file.resources.push({
      symbol: name.text,
      type,
      apiVersion,
      isExisting: /'\s+existing\s+=/.test(node.text),
      isConditional: /=\s+if \(/.test(node.text),
      body: object ? (read(object) as Record<string, unknown>) : {},
    });
  }
  return file;
}

function findObject(node: Node): Node | undefined {
  if (node.type === 'object') return node;
  for (const child of node.namedChildren) {
    const found = child && findObject(child);
    if (found) return found;
  }
  return undefined;
}

function read(node: Node): unknown {
  const children = node.namedChildren.filter((one) => one !== null);
  switch (node.type) {
    case 'string':
      return unquote(node.text);
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text === 'true';
    case 'array':
      return children.map(read);
    case 'object':
      return Object.fromEntries(
        children.map((property) => {
          const [key, value] = property.namedChildren.filter((one) => one !== null);
          if (!key || !value) throw new Error(`not a property: ${property.text}`);
          return [key.type === 'string' ? unquote(key.text) : key.text, read(value)];
        }),
      );
    default:
      return { computed: node.text } satisfies Computed;
  }
}

const unquote = (text: string): string =>
  text
    .slice(1, -1)
    .replace(/\\(u\{[\da-f]+\}|.)/gi, (_all, escaped: string) =>
      escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : escaped === 't' ? '\t' : escaped,
    );
