import type { HttpEvents } from 'mcas-client';

/** What one flow did, for the table at the end. */
export interface FlowResult {
  flow: string;
  table: string;
  requests: number;
  throttled: number;
  /** Records read from the source. */
  read: number;
  /** Rows the service has accepted; for Log Analytics that is not yet stored. */
  accepted: number;
  /** Rows found when the table was asked; undefined when there is no right to read it. */
  found?: number;
  duplicates?: number;
  seconds: number;
}

export interface FlowContext {
  /** Marks every row, so that the table can be asked for this run's. Never a GUID: it would change the column's type. */
  runId: string;
  /** A line that replaces the last one. */
  progress(line: string): void;
  /** How fast Cloud App Security may be asked; the demonstration's minute is shorter. */
  quotaMinuteInMs?: number;
}

/** Counts what the clients of one flow send. */
export function counters(): { events: HttpEvents; requests: number; throttled: number } {
  const counts = {
    requests: 0,
    throttled: 0,
    events: {
      onResponse: () => void counts.requests++,
      onThrottle: () => void counts.throttled++,
    } satisfies HttpEvents,
  };
  return counts;
}

/** Whether the numbers of a flow add up; what is wrong, else nothing. */
export function mismatch(result: FlowResult): string | undefined {
  const { flow, read, accepted, found, duplicates } = result;
  if (accepted !== read) return `${flow}: ${read} records read, ${accepted} rows accepted`;
  if (found !== undefined && found !== accepted) return `${flow}: ${accepted} rows accepted, ${found} found`;
  if (duplicates) return `${flow}: ${duplicates} duplicates in the table`;
  return undefined;
}

export function printResults(
  results: readonly FlowResult[],
  print: (line: string) => void = console.log,
): void {
  const header = [
    'flow',
    'table',
    'requests',
    'throttled',
    'read',
    'accepted',
    'found',
    'duplicates',
    'seconds',
  ];
  const rows = results.map((one) => [
    one.flow,
    one.table,
    String(one.requests),
    String(one.throttled),
    String(one.read),
    String(one.accepted),
    one.found === undefined ? 'not verified' : String(one.found),
    one.duplicates === undefined ? '-' : String(one.duplicates),
    one.seconds.toFixed(1),
  ]);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  for (const row of [header, widths.map((width) => '-'.repeat(width)), ...rows])
    print(
      row.map((cell, column) => cell[column < 2 ? 'padEnd' : 'padStart'](widths[column] ?? 0)).join('  '),
    );
}
