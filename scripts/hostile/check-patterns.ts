import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A regular expression of the sources, and where it stands. */
interface SourcePattern {
  file: string;
  line: number;
  source: string;
  flags: string;
}

interface PatternVerdict extends SourcePattern {
  status: 'safe' | 'vulnerable' | 'unknown';
  /** For a vulnerable pattern: how it grows, and what text shows it. */
  detail: string;
}

/** Literals, and `new RegExp` of a constant text. */
export function findPatterns(root: string, files: readonly string[]): SourcePattern[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
    const patterns: SourcePattern[] = [];
    const add = (node: ts.Node, pattern: string, flags: string): void => {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      patterns.push({ file, line, source: pattern, flags });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        add(node, node.text.slice(1, end), node.text.slice(end + 1));
      } else if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
        const [pattern, flags] = node.arguments ?? [];
        if (pattern && ts.isStringLiteralLike(pattern))
          add(node, pattern.text, flags && ts.isStringLiteralLike(flags) ? flags.text : '');
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return patterns;
  });
}

/** Judges every pattern with recheck, in this process: its native programs are not needed. */
export async function checkPatterns(patterns: readonly SourcePattern[]): Promise<PatternVerdict[]> {
  process.env['RECHECK_BACKEND'] = 'pure';
  const { checkSync } = await import('recheck');
  const known = new Map<string, Pick<PatternVerdict, 'status' | 'detail'>>();
  return patterns.map((pattern) => {
    const key = `/${pattern.source}/${pattern.flags}`;
    // The engine does not know the flag v; none of ours needs it to be judged.
    const verdict =
      known.get(key) ?? judge(() => checkSync(pattern.source, pattern.flags, { timeout: 10_000 }));
    known.set(key, verdict);
    return { ...pattern, ...verdict };
  });
}

interface Diagnostics {
  status: 'safe' | 'vulnerable' | 'unknown';
  complexity?: { summary?: string } | undefined;
  attack?: { pattern?: string } | undefined;
  error?: { kind: string } | undefined;
}

function judge(check: () => Diagnostics): Pick<PatternVerdict, 'status' | 'detail'> {
  const { status, complexity, attack, error } = check();
  const detail = status === 'vulnerable' ? `${complexity?.summary ?? ''} on ${attack?.pattern ?? ''}` : '';
  return { status, detail: detail || (error?.kind ?? '') };
}
