const form = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?$/i;

/**
 * A time as the service reads it, in ms: `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM`, `YYYY-MM-DDTHH:MM:SS`, all UTC, and what it
 * also accepts: fractions, `Z`, an offset. Undefined for anything else.
 */
export function parseTime(given: string): number | undefined {
  const [, date, minutes = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = form.exec(given) ?? [];
  if (date === undefined) return undefined;
  const at = Date.parse(`${date}T${minutes}${seconds}${fraction.slice(0, 4)}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? undefined : at;
}
