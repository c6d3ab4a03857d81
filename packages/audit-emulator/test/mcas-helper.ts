import { contoso } from '../src/data/contoso.js';
import { createEmulator } from '../src/server/emulator.js';
import type { Emulator } from '../src/server/emulator.js';

export const start: number = Date.parse('2026-11-20T12:00:00Z');
export const origin: string = `https://${contoso.mcasHost}`;

export function emulate(): Emulator {
  return createEmulator({ clock: 'manual', start });
}

export interface Asked {
  method?: string;
  body?: unknown;
  authorization?: string;
  /** Scheme and host; the tenant's own by default. */
  at?: string;
}

/** One request to Cloud App Security; POST when there is a body. */
export function ask(emulator: Emulator, path: string, asked: Asked = {}): Promise<Response> {
  const { body, authorization = `Token ${contoso.mcasToken}` } = asked;
  return emulator.fetch(
    new Request(`${asked.at ?? origin}${path}`, {
      method: asked.method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
}

export async function read<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

export interface Listed<T> {
  data: T[];
  hasNext: boolean;
  total: number;
  max?: number;
  moreThanTotal?: boolean;
}
