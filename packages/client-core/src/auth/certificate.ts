import { ArgumentError } from '../errors.js';

/** What MSAL wants to know of a certificate. */
export interface ClientCertificate {
  thumbprintSha256: string;
  privateKey: string;
}

const path = 'options.certificate.pem';

/**
 * Finds private key and certificate in a PEM text and computes the thumbprint (sent as `x5t#S256`). Where a chain
 * is given, the certificate that belongs to the key is taken.
 */
export async function readCertificate(pem: string): Promise<ClientCertificate> {
  const { X509Certificate, createPrivateKey } = await import('node:crypto');
  const privateKey = /-----BEGIN ((?:RSA )?PRIVATE KEY)-----[^-]+-----END \1-----/.exec(pem)?.[0];
  if (!privateKey)
    throw new ArgumentError(
      path,
      'holds no private key',
      'Give it unencrypted, in PEM (PKCS #8 or PKCS #1).',
    );
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (!certificates.length)
    throw new ArgumentError(
      path,
      'holds no certificate',
      'Give certificate and private key in one PEM text.',
    );
  let found: InstanceType<typeof X509Certificate> | undefined;
  try {
    const key = createPrivateKey(privateKey);
    found = certificates
      .map((text) => new X509Certificate(text))
      .find((certificate) => certificate.checkPrivateKey(key));
  } catch {
    // Without the parser's message: it could quote the key.
    throw new ArgumentError(
      path,
      'cannot be read',
      'Check that the PEM text is complete, with its line breaks.',
    );
  }
  if (!found)
    throw new ArgumentError(
      path,
      'private key and certificate do not belong together',
      'Export both from the same place.',
    );
  return { thumbprintSha256: found.fingerprint256.replaceAll(':', ''), privateKey };
}
