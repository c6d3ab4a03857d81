/** Why a query does not run: by the codes of the service, or `Unsupported` for what only the emulator cannot do. */
type KqlErrorCode = 'SEM0100' | 'SYN0002' | 'Unsupported';

/** A query that does not parse, names what is not there, or uses what the emulator cannot run. */
export class KqlError extends Error {
  readonly code: KqlErrorCode;

  constructor(code: KqlErrorCode, message: string) {
    super(message);
    this.name = 'KqlError';
    this.code = code;
  }
}

/** The emulator says what it cannot run; it never answers wrongly. */
export function unsupported(what: string): KqlError {
  return new KqlError('Unsupported', `The emulator cannot run ${what}.`);
}
