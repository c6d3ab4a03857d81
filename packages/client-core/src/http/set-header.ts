import { AuthenticationError } from '../errors.js';

/** The platform's own error would quote the value. */
export function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch {
    throw new AuthenticationError(
      `What the credential gave cannot be sent as ${name} header. Check it for line breaks and characters outside ASCII.`,
    );
  }
}
