import { createRateLimiter } from '@repo/client-core';
import { clientOnEmulator, scriptedFetch, testClock } from '@repo/test-kit';
import { contoso } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { McasClient, apiToken } from '../src/index.js';
import type { McasClientOptions } from '../src/index.js';

export const now: number = Date.UTC(2026, 5, 1, 12);

/** A client on an emulated tenant, whose time leaps over every wait. */
export function emulated(options: McasClientOptions = {}): { emulator: Emulator; mcas: McasClient } {
  const { emulator, client } = clientOnEmulator(
    (transport) =>
      new McasClient(contoso.mcasHost, apiToken(contoso.mcasToken), { ...transport, ...options }),
    { start: now },
  );
  return { emulator, mcas: client };
}

export interface Asked {
  method: string;
  path: string;
  authorization: string | null;
  body: Record<string, unknown>;
}

type Answer = object | string | (() => Response | Promise<Response>);

/** A client whose service gives these answers in order, the last one for ever. */
export function scripted(
  answers: readonly Answer[],
  options: McasClientOptions = {},
): { mcas: McasClient; asked: Asked[]; slept: number[] } {
  const asked: Asked[] = [];
  const clock = testClock(now);
  const service = scriptedFetch(
    ...answers.map((answer) => async (request: Request) => {
      const text = await request.text();
      asked.push({
        method: request.method,
        path: request.url.replace(/^https:\/\/[^/]+/, ''),
        authorization: request.headers.get('authorization'),
        body: (text ? JSON.parse(text) : {}) as Record<string, unknown>,
      });
      return toResponse(answer);
    }),
  );
  const mcas = new McasClient('contoso.eu2.portal.cloudappsecurity.com', apiToken('a-secret-token'), {
    fetch: service.fetch,
    clock,
    limiter: createRateLimiter({ limit: 10_000, clock }),
    ...options,
  });
  return { mcas, asked, slept: clock.slept };
}

function toResponse(answer: Answer): Response | Promise<Response> {
  if (typeof answer === 'function') return (answer as () => Response | Promise<Response>)();
  if (typeof answer === 'string')
    return new Response(answer, { headers: { 'content-type': 'text/html; charset=utf-8' } });
  return Response.json(answer);
}
