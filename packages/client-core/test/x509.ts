import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Just enough DER to sign certificates for tests, so that no private key has to be kept in the repository. */
function der(tag: number, ...parts: (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const oids = {
  commonName: [0x55, 4, 3],
  sha256WithRsa: [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11],
  basicConstraints: [0x55, 0x1d, 19],
  subjectAltName: [0x55, 0x1d, 17],
};
const algorithm = sequence(der(6, oids.sha256WithRsa), der(5));
const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(der(6, oids.commonName), der(12, Buffer.from(name)))));
const time = (ms: number): Buffer =>
  der(0x18, Buffer.from(new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')));

export interface Issued {
  name: string;
  key: KeyObject;
  /** Private key, PKCS #8. */
  keyPem: string;
  certificatePem: string;
}

/** A certificate authority, or with an issuer a certificate for `localhost` and `127.0.0.1`. */
export function issue(name: string, issuer?: Issued): Issued {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const extension = issuer
    ? sequence(
        der(6, oids.subjectAltName),
        der(4, sequence(der(0x82, Buffer.from('localhost')), der(0x87, [127, 0, 0, 1]))),
      )
    : sequence(der(6, oids.basicConstraints), der(1, [0xff]), der(4, sequence(der(1, [0xff]))));
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(2, [2])),
    der(2, [1, ...Array.from({ length: 7 }, () => Math.floor(Math.random() * 256))]),
    algorithm,
    nameOf(issuer?.name ?? name),
    sequence(time(now - 86_400_000), time(now + 86_400_000)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = sign('sha256', body, issuer?.key ?? privateKey);
  const base64 = sequence(body, algorithm, der(3, [0], signature)).toString('base64');
  return {
    name,
    key: privateKey,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    certificatePem: `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
