/** JSON text; empty for what is nested so deeply that it cannot be written, which no service sends. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
