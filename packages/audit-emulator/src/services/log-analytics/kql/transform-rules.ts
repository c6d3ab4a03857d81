import type { Column } from '../columns.js';
import { functions } from './functions/functions.js';
import { KqlError } from './errors.js';
import { loadLanguageService } from './language-service.js';
import { runQuery } from './run.js';
import type { SyntaxNode } from './syntax-tree.js';

/** Longest transform, in characters. */
const maxLength = 15_360;
/** Columns of one `parse`. */
const maxParsedColumns = 10;

/** What a transform may use, as the service documents it: one row in, at most one row out. */
const allowedOperators: ReadonlySet<string> = new Set([
  'ExtendOperator',
  'FilterOperator',
  'ParseOperator',
  'PrintOperator',
  'ProjectAwayOperator',
  'ProjectOperator',
  'ProjectRenameOperator',
]);

const allowedFunctions: ReadonlySet<string> = new Set(
  `abs ago array_concat array_length base64_decodestring base64_encodestring bin binary_and binary_not binary_or
  binary_shift_left binary_shift_right binary_xor case ceiling columnifexists countof datetime_add datetime_diff
  datetime_part dayofmonth dayofweek dayofyear endofday endofmonth endofweek endofyear exp exp10 exp2 extract
  extract_all floor geo_location getmonth gettype getyear hash_sha256 hourofday iif indexof isempty isfinite isinf isnan
  isnotempty isnotnull isnull log log10 log2 make_datetime make_timespan max_of min_of not now pack pack_array
  parse_cef_dictionary parse_json parse_xml pow replace round sign split startofday startofmonth startofweek startofyear
  strcat strcat_delim strlen substring tobool todatetime todouble toguid toint tolong tolower toreal tostring totimespan
  toupper weekofyear zip`.split(/\s+/),
);

interface TransformDefect {
  readonly code: 'InvalidTransformQuery' | 'InvalidTransformOutput';
  readonly message: string;
}

/**
 * What the service would refuse a rule for: a transform that does not parse or bind, uses what transforms may not, or
 * gives other types than the table has. What only the emulator cannot run is said here too, before any row is lost.
 */
export function checkTransform(
  kql: string,
  stream: readonly Column[],
  table: readonly Column[],
): TransformDefect | undefined {
  const refuse = (message: string): TransformDefect => ({ code: 'InvalidTransformQuery', message });
  if (kql.length > maxLength) return refuse(`A transform has at most ${maxLength} characters.`);
  if (kql.trim() === 'source') return checkOutput(stream, table);
  const schema = new Map([['source', stream]]);
  try {
    const tree = loadLanguageService().bind(kql, schema);
    const problem = findForbidden(tree);
    if (problem !== undefined) return refuse(problem);
    // Without rows: compiles everything.
    const { columns } = runQuery(kql, { schema, open: () => ({ columns: stream, rows: [] }), now: 0 });
    return checkOutput(columns, table);
  } catch (error) {
    if (error instanceof KqlError) return refuse(error.message);
    throw error;
  }
}

function findForbidden(node: SyntaxNode): string | undefined {
  const name = node.kind === 'FunctionCallExpression' ? (node.fields['Name']?.text ?? '') : undefined;
  if (name !== undefined && !allowedFunctions.has(name))
    return `The function '${name}' is not supported in a transformation.`;
  if (name !== undefined && !functions[name])
    return `The emulator cannot run the function '${name}', which the service takes.`;
  if (node.kind.endsWith('Operator') && !allowedOperators.has(node.kind))
    return `The operator of '${node.text}' is not supported in a transformation.`;
  if (node.kind === 'DynamicExpression')
    return 'Dynamic literals are not supported in a transformation: use parse_json().';
  const parsed = node.kind === 'ParseOperator' ? (node.fields['Patterns']?.list ?? []) : [];
  if (parsed.filter(({ kind }) => kind.startsWith('Name')).length > maxParsedColumns)
    return `A parse statement has at most ${maxParsedColumns} columns.`;
  for (const child of [...Object.values(node.fields), ...node.list]) {
    const found = findForbidden(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every column that comes out must have the table's type; those the table lacks are dropped on arrival. */
function checkOutput(
  columns: readonly { name: string; type: string }[],
  table: readonly Column[],
): TransformDefect | undefined {
  const wrong = columns.flatMap(({ name, type }) => {
    const wanted = table.find((column) => column.name === name)?.type;
    return wanted === undefined || wanted === type
      ? []
      : [`${name} [produced:'${title(type)}', output:'${title(wanted)}']`];
  });
  if (wrong.length === 0) return undefined;
  const message = `Types of transform output columns do not match the ones defined by the output stream: ${wrong.join(', ')}`;
  return { code: 'InvalidTransformOutput', message };
}

const title = (type: string): string => `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
