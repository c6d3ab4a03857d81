import { createLocalJWKSet, decodeJwt, errors, importJWK, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { EmulatorClock } from '../../server/clock.js';
import type { Random } from '../../data/random.js';
import { sameAudience } from './resources.js';
import { publicKnowledge } from './signing-key.js';

/** The claims of an access token, as far as services look at them. */
export interface Claims {
  aud: string;
  iss: string;
  tid: string;
  appid: string;
  oid: string;
  roles: string[];
  scp?: string;
  iat: number;
  nbf: number;
  exp: number;
}

export type Verdict =
  | { ok: true; claims: Claims }
  | { ok: false; reason: 'missing' | 'malformed' | 'signature' | 'expired' | 'audience' };

export interface TokenRequest {
  tenantId: string;
  clientId: string;
  objectId: string;
  audience: string;
  roles: readonly string[];
  /** Delegated permissions, space separated, for a token on behalf of a user. */
  scp?: string;
  lifetimeInS: number;
}

/** Signs and checks the emulator's own access tokens: RS256, with a key that is no secret. */
export interface TokenMint {
  issue(request: TokenRequest): Promise<string>;
  /** The same token, as it would be an hour after its end. What is no token of ours comes back unchanged. */
  expire(token: string): Promise<string>;
  verify(authorization: string | null, audiences: readonly string[]): Promise<Verdict>;
  jwks(): Promise<{ keys: JWK[] }>;
}

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

export function createTokenMint(clock: EmulatorClock, random: Random): TokenMint {
  let made: Promise<SigningKey> | undefined;
  const key = (): Promise<SigningKey> => (made ??= loadKey());

  const sign = async (claims: Record<string, unknown>): Promise<string> => {
    const { kid, privateKey } = await key();
    return new SignJWT(claims)
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t: kid })
      .sign(privateKey);
  };

  return {
    issue: ({ tenantId, clientId, objectId, audience, roles, scp, lifetimeInS }) => {
      const iat = Math.floor(clock.now() / 1000);
      return sign({
        aud: audience,
        iss: `https://sts.windows.net/${tenantId}/`,
        iat,
        nbf: iat,
        exp: iat + lifetimeInS,
        appid: clientId,
        idp: `https://sts.windows.net/${tenantId}/`,
        oid: objectId,
        // The real service leaves the claim out when there is no role.
        ...(roles.length > 0 && { roles: [...roles] }),
        ...(scp !== undefined && { scp }),
        sub: objectId,
        tid: tenantId,
        uti: random.guid(),
        ver: '1.0',
      });
    },
    expire: async (token) => {
      try {
        const claims = decodeJwt(token);
        const end = Math.floor(clock.now() / 1000) - 3600;
        return await sign({ ...claims, iat: end - 3600, nbf: end - 3600, exp: end });
      } catch {
        return token;
      }
    },
    verify: async (authorization, audiences) => {
      if (!authorization) return { ok: false, reason: 'missing' };
      const token = /^Bearer +([^\s]+)$/i.exec(authorization)?.[1];
      if (token === undefined) return { ok: false, reason: 'malformed' };
      try {
        const { publicKey } = await key();
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: ['RS256'],
          currentDate: new Date(clock.now()),
        });
        const claims = { roles: [], ...payload } as unknown as Claims;
        if (!audiences.some((one) => sameAudience(one, claims.aud))) return { ok: false, reason: 'audience' };
        return { ok: true, claims };
      } catch (error) {
        return { ok: false, reason: reasonOf(error) };
      }
    },
    jwks: async () => ({ keys: [(await key()).jwk] }),
  };
}

function reasonOf(error: unknown): 'malformed' | 'signature' | 'expired' {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed)
    return 'expired';
  return 'malformed';
}

async function loadKey(): Promise<SigningKey> {
  const kid = 'audit-emulator-signing-key';
  const { kty, n, e } = publicKnowledge;
  const jwk = { kty, n, e, kid, x5t: kid, use: 'sig', alg: 'RS256' } as JWK;
  const [privateKey, publicKey] = await Promise.all([
    importJWK(publicKnowledge, 'RS256'),
    importJWK(jwk, 'RS256'),
  ]);
  return { kid, privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey, jwk };
}

/** Checks a token of a foreign issuer (workload identity federation) against its published keys. */
export async function signedBy(jwks: { keys: JWK[] }, token: string, now: number): Promise<boolean> {
  try {
    await jwtVerify(token, createLocalJWKSet(jwks), { currentDate: new Date(now) });
    return true;
  } catch (error) {
    // Lifetime is judged apart, with an error of its own.
    return error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed;
  }
}
