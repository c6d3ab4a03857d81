const units = { D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 } as const;

/** An interval in milliseconds since the epoch. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** `PT1H` (until now), `start/end`, `start/PT1H` or `PT1H/end`; undefined when it is none of them. */
export function parseTimespan(text: string, now: number): Interval | undefined {
  const [first = '', second] = text.split('/');
  const [length, end] = [parseDuration(first), second === undefined ? undefined : parseDuration(second)];
  if (second === undefined) return length === undefined ? undefined : { from: now - length, to: now };
  const from = length === undefined ? Date.parse(first) : Date.parse(second) - length;
  const to = end === undefined ? Date.parse(second) : Date.parse(first) + end;
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : { from, to };
}

function parseDuration(text: string): number | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!match || text === 'P') return undefined;
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  return (
    (Number(weeks) * 7 + Number(days)) * units.D +
    Number(hours) * units.H +
    Number(minutes) * units.M +
    Number(seconds) * units.S
  );
}
