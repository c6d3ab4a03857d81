/**
 * Random scans of up to 20,000 records against a service that breaks at random, for so many minutes:
 *
 *     pnpm exec tsx --conditions=@repo/source packages/mcas-client/scripts/random-scans.ts [minutes]
 */
import fc from 'fast-check';
import { scenarios, tryScan } from '../test/scan/scan-scenario.js';

const minutes = Number(process.argv[2] ?? 3);
const counts = {
  scans: 0,
  records: 0,
  largest: 0,
  mostInOneMillisecond: 0,
  sliced: 0,
  resumed: 0,
  withFaults: 0,
};
const end = Date.now() + minutes * 60_000;
for (let seed = Date.now(); Date.now() < end; seed += 1) {
  const size = seed % 10 === 0 ? 20_000 : 3000;
  await fc.assert(
    fc.asyncProperty(scenarios(size), async (given) => {
      // A millisecond with more than 5,000 records cannot be scanned: that is a typed error, tested apart.
      const most = Math.max(0, ...countsOf(given.times));
      if (most > 5000) return;
      await tryScan(given);
      counts.scans += 1;
      counts.records += given.times.length;
      counts.largest = Math.max(counts.largest, given.times.length);
      counts.mostInOneMillisecond = Math.max(counts.mostInOneMillisecond, most);
      counts.sliced += given.concurrency > 1 ? 1 : 0;
      counts.resumed += given.resume && given.concurrency === 1 ? 1 : 0;
      counts.withFaults += given.faults.some((fault) => fault !== null) ? 1 : 0;
    }),
    { seed, numRuns: 10 },
  );
}
console.log(`none lost, none twice: ${JSON.stringify(counts)}`);

function countsOf(times: number[]): number[] {
  const byTime = new Map<number, number>();
  for (const time of times) byTime.set(time, (byTime.get(time) ?? 0) + 1);
  return [...byTime.values()];
}
