import { createCertificate } from './certificate.js';
import type { Certificate } from './certificate.js';

/** Signs server certificates for one emulator. Its key stays in memory. */
export interface CertificateAuthority {
  readonly caPem: string;
  /** The certificate of a server with these names; made once for each first name. */
  leaf(names: readonly string[]): Certificate;
}

const commonName = 'audit-emulator, made for this run';

export function createAuthority(): CertificateAuthority {
  const authority = createCertificate({ commonName, authority: true });
  const leaves = new Map<string, Certificate>();
  return {
    caPem: authority.certificatePem,
    leaf: (names) => {
      const [first = 'localhost'] = names;
      let leaf = leaves.get(first);
      if (!leaf) {
        const issuer = { commonName, certificate: authority };
        leaf = createCertificate({ commonName: first.slice(0, 64), names, issuer });
        leaves.set(first, leaf);
      }
      return leaf;
    },
  };
}
