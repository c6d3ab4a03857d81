import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bits, der, integer, octets, oid, sequence, set, time, utf8, yes } from './der.js';

/** A certificate and its private key, both PEM. */
export interface Certificate {
  certificatePem: string;
  privateKeyPem: string;
}

export interface CertificateRequest {
  commonName: string;
  /** DNS names and IP addresses; a certificate without any is an authority's or a client's. */
  names?: readonly string[];
  /** Who signs. Absent: self-signed. */
  issuer?: { commonName: string; certificate: Certificate };
  authority?: boolean;
  /** Default `ec` (P-256); `rsa` (2048) is what Entra takes for an app. */
  keyType?: 'ec' | 'rsa';
  /** Milliseconds since the epoch by the real clock: real TLS clients check it. Default: now, for 30 days. */
  from?: number;
  days?: number;
}

/** Makes an X.509 v3 certificate (RFC 5280) signed with SHA-256. */
export function createCertificate(request: CertificateRequest): Certificate {
  const { commonName, names = [], authority = false, keyType = 'ec', days = 30 } = request;
  const { publicKey, privateKey } =
    keyType === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = request.issuer
    ? request.issuer.certificate.privateKeyPem
    : privateKey.export({ type: 'pkcs8', format: 'pem' });
  const signerPublicKey = request.issuer ? createPublicKey(signer) : publicKey;
  const algorithm = signatureAlgorithm(signerPublicKey);
  // An hour back, for clocks that are a little behind.
  const from = (request.from ?? Date.now()) - 3_600_000;

  const extensions = [
    extension('2.5.29.19', true, sequence(...(authority ? [yes] : []))),
    extension('2.5.29.15', true, authority ? bits(Buffer.from([0x06]), 1) : bits(Buffer.from([0xa0]), 5)),
    extension('2.5.29.14', false, octets(keyId(publicKey))),
    extension('2.5.29.35', false, sequence(der(0x80, keyId(signerPublicKey)))),
    ...(authority
      ? []
      : [extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2')))]),
    ...(names.length > 0 ? [extension('2.5.29.17', false, sequence(...names.map(generalName)))] : []),
  ];
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    name(request.issuer?.commonName ?? commonName),
    sequence(time(from), time(from + days * 86_400_000)),
    name(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const certificate = sequence(body, algorithm, bits(sign('sha256', body, signer)));
  return {
    certificatePem: pem('CERTIFICATE', certificate),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function signatureAlgorithm(key: KeyObject): Buffer {
  return key.asymmetricKeyType === 'rsa'
    ? sequence(oid('1.2.840.113549.1.1.11'), Buffer.from([0x05, 0x00]))
    : sequence(oid('1.2.840.10045.4.3.2'));
}

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(oid(id), ...(critical ? [yes] : []), octets(value));
}

function name(commonName: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), utf8(commonName))));
}

function generalName(text: string): Buffer {
  if (/^\d+(\.\d+){3}$/.test(text)) return der(0x87, Buffer.from(text.split('.').map(Number)));
  if (text === '::1') return der(0x87, Buffer.concat([Buffer.alloc(15), Buffer.from([1])]));
  return der(0x82, Buffer.from(text));
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function pem(label: string, content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
