/** A query that does not parse, or names what is not there. */
export class KqlError extends Error {
  readonly code: 'SEM0100' | 'SYN0002';

  constructor(code: 'SEM0100' | 'SYN0002', message: string) {
    super(message);
    this.name = 'KqlError';
    this.code = code;
  }
}
