import { createRateLimiter } from '@repo/client-core';
import type { Clock, Fetch } from '@repo/client-core';
import { contoso, createEmulator } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { McasClient, apiToken } from '../src/index.js';
import type { McasClientOptions } from '../src/index.js';

export const now: number = Date.UTC(2026, 5, 1, 12);

/** A client on an emulated tenant, whose time leaps over every wait. */
export function emulated(options: McasClientOptions = {}): { emulator: Emulator; mcas: McasClient } {
  const emulator = createEmulator({ clock: 'virtual', start: now });
  const { fetch, clock } = emulator;
  return {
    emulator,
    mcas: new McasClient(contoso.mcasHost, apiToken(contoso.mcasToken), { fetch, clock, ...options }),
  };
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
  const slept: number[] = [];
  let time = now;
  const clock: Clock = {
    now: () => time,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      time += ms;
    },
  };
  const fetch: Fetch = async (request) => {
    const text = await request.text();
    asked.push({
      method: request.method,
      path: request.url.replace(/^https:\/\/[^/]+/, ''),
      authorization: request.headers.get('authorization'),
      body: (text ? JSON.parse(text) : {}) as Record<string, unknown>,
    });
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? {};
    if (typeof answer === 'function') return (answer as () => Response | Promise<Response>)();
    if (typeof answer === 'string')
      return new Response(answer, { headers: { 'content-type': 'text/html; charset=utf-8' } });
    return Response.json(answer);
  };
  const mcas = new McasClient('contoso.eu2.portal.cloudappsecurity.com', apiToken('a-secret-token'), {
    fetch,
    clock,
    limiter: createRateLimiter({ limit: 10_000, clock }),
    ...options,
  });
  return { mcas, asked, slept };
}

export async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of iterable) all.push(one);
  return all;
}

/** What a promise, or walking an iterable, is rejected with. */
export async function failure(work: Promise<unknown> | AsyncIterable<unknown>): Promise<unknown> {
  try {
    await (Symbol.asyncIterator in work ? collect(work) : work);
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
