import type { WorldBasics } from '../world.js';

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

export interface EntraState {
  /** Checks an `Authorization: Bearer` header: signature, lifetime by the emulator's clock, audience. */
  verify(authorization: string | null, audiences: readonly string[]): Promise<Verdict>;
}

export function createEntraState(_basics: WorldBasics): EntraState {
  return { verify: async () => ({ ok: false, reason: 'missing' }) };
}
