import { createHash, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A certificate an app may sign its assertions with; thumbprints as in JWT headers: base64url of the DER's hash. */
export interface RegisteredCertificate {
  pem: string;
  publicKey: KeyObject;
  /** SHA-1: header `x5t`. */
  x5t: string;
  /** SHA-256: header `x5t#S256`. */
  x5tS256: string;
}

export function thumbprints(pem: string): RegisteredCertificate {
  const certificate = new X509Certificate(pem);
  const hash = (algorithm: string): string =>
    createHash(algorithm).update(certificate.raw).digest('base64url');
  return { pem, publicKey: certificate.publicKey, x5t: hash('sha1'), x5tS256: hash('sha256') };
}
