/**
 * 100 rules over generated records on one core: JSON.parse alone, every rule for every record, and the index, in one
 * run; then the memory of a million hits.
 *
 *     pnpm exec tsx --conditions=@repo/source packages/bench/src/rules/throughput.ts [records] [rounds]
 */
import { execFileSync } from 'node:child_process';
import { createDetector, loadRules, starterRules } from 'audit-rules';
import type { Detector } from 'audit-rules';
import { contoso } from 'audit-emulator';
import { recordTexts } from '../records.js';
import { makeRules } from './made-rules.js';

const [, , countText = '100000', roundsText = '3', way] = process.argv;
const [count, rounds] = [Number(countText), Number(roundsText)];
const tenant = { domains: [contoso.domain] };
const starter = await loadRules(starterRules, { tenant });
const rules = await loadRules([starterRules, makeRules(100 - starter.rules.length)], { tenant });
const texts = recordTexts(count);
const bytes = texts.reduce((sum, text) => sum + text.length, 0);
if (way === undefined)
  console.log(
    `${rules.rules.length} rules, ${texts.length} records of ${Math.round(bytes / texts.length)} characters; Node ${process.version}`,
  );

/** CPU seconds: what else runs on the machine does not count. */
function measure(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

let found = 0;
const evaluate = (detector: Detector) => (): void => {
  found = 0;
  for (const text of texts) found += detector.evaluate(JSON.parse(text)).length;
};
const ways: Record<string, () => void> = {
  'JSON.parse alone': () => {
    for (const text of texts) JSON.parse(text);
  },
  'every rule': evaluate(createDetector(rules, { index: false })),
  index: evaluate(createDetector(rules)),
  'index, correlations, alerts': () => {
    const detector = createDetector(rules);
    found = 0;
    for (const text of texts) found += detector.push(JSON.parse(text)).length;
    found += detector.flush().length;
  },
};

/** Each way in a process of its own: what one way teaches the compiler is no help or burden to the next. */
if (way !== undefined) {
  (ways[way] as () => void)();
  const seconds = Math.min(measure(ways[way] as () => void), measure(ways[way] as () => void));
  console.log(JSON.stringify({ rate: texts.length / seconds, found }));
  process.exit(0);
}
const best = new Map<string, number>();
for (let round = 0; round < rounds; round += 1)
  for (const name of Object.keys(ways)) {
    const args = [...process.execArgv, import.meta.filename, String(count), '1', name];
    const figures = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
      rate: number;
      found: number;
    };
    best.set(name, Math.max(figures.rate, best.get(name) ?? 0));
    if (round === 0) console.log(`  ${name}: ${figures.found} found`);
  }
const rateOf = (name: string): number => best.get(name) ?? 0;
for (const [name, rate] of best)
  console.log(`${name.padEnd(28)} ${Math.round(rate).toLocaleString('en')} records/s`);
console.log(
  `index / JSON.parse alone: ${(rateOf('index') / rateOf('JSON.parse alone')).toFixed(2)} (goal 0.40)`,
);
console.log(`index / every rule:       ${(rateOf('index') / rateOf('every rule')).toFixed(2)} (goal 3.3)`);

/** A million sign-in failures of 5,000 users. */
function holdMillion(): void {
  const detector = createDetector(starter);
  const collect = globalThis.gc ?? (() => {});
  collect();
  const before = process.memoryUsage();
  const start = Date.UTC(2026, 10, 12);
  const seconds = measure(() => {
    for (let i = 0; i < 500_000; i += 1) {
      const hex = i.toString(16).padStart(12, '0');
      const unit = detector.openUnit('unit');
      unit.push({
        Id: `00000000-0000-4000-8000-${hex}`,
        CreationTime: new Date(start + i * 1000).toISOString().slice(0, 19),
        RecordType: 15,
        Workload: 'AzureActiveDirectory',
        Operation: 'UserLoginFailed',
        UserId: `user${i % 5000}@${contoso.domain}`,
        ClientIP: `203.0.${(i >> 8) % 20}.${i % 250}`,
      });
    }
  });
  collect();
  const after = process.memoryUsage();
  const used = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  const { hits, groups } = detector.health();
  console.log(
    `${hits.toLocaleString('en')} hits in ${groups.toLocaleString('en')} groups: ${(used / 1e6).toFixed(1)} MB, ${Math.round(500_000 / seconds).toLocaleString('en')} records/s`,
  );
  if (!globalThis.gc) console.log('(run with node --expose-gc for the memory alone)');
}
holdMillion();
