import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileExpression } from '../src/engine/compile.js';
import { loadRegexEngine } from '../src/engine/regex.js';
import { createFieldPaths } from '../src/fields/field-path.js';
import { RecordView } from '../src/fields/record-view.js';
import { compileTenant } from '../src/fields/tenant-context.js';
import { parseRules } from '../src/sigma/parse-rules.js';

interface Case {
  c: string;
  d: unknown;
  y?: Record<string, unknown>[];
  n?: Record<string, unknown>[];
  e?: boolean;
}

const cases = parse(readFileSync(new URL('data/specification.yml', import.meta.url), 'utf8')) as Case[];
const regex = await loadRegexEngine();
const tenant = compileTenant({});

function load(detection: unknown) {
  const paths = createFieldPaths();
  const document = { title: 't', id: 'i', logsource: { product: 'm365' }, detection };
  const { rules, problems } = parseRules('case.yml', JSON.stringify(document), {
    paths,
    placeholders: {},
    regex,
  });
  const [rule] = rules;
  const compiled = rule?.kind === 'detection' ? compileExpression(rule.expression, regex) : undefined;
  return { compiled, problems: problems.filter(({ severity }) => severity === 'error') };
}

describe('the cases of the Sigma specification', () => {
  it('are all here', () => {
    expect(cases).toHaveLength(104);
    expect(cases.flatMap(({ y = [], n = [] }) => [...y, ...n])).toHaveLength(245);
  });

  it.each(cases)('$c', ({ d, y = [], n = [], e = false }) => {
    const { compiled, problems } = load(d);
    expect(problems.length > 0, JSON.stringify(problems)).toBe(e);
    if (e) return;
    const results = [...y, ...n].map((record) => compiled?.test(new RecordView(record, tenant, {})));
    expect(results).toEqual([...y.map(() => true), ...n.map(() => false)]);
  });
});
