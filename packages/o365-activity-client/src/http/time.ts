/** The service's own spelling of a time: UTC, whole seconds, no zone. The only place that writes it. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** A time of the service's answers as milliseconds; one without zone is UTC. Undefined when it is none. */
export function parseServiceTime(text: string): number | undefined {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? undefined : ms;
}
