import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator, FaultEffect } from '../src/index.js';
import { createJournal } from '../src/server/journal.js';

const login = 'https://login.microsoftonline.com';
const path = `/${contoso.tenantId}/v2.0/.well-known/openid-configuration`;
const start = Date.UTC(2026, 10, 20);

const get = (emulator: Emulator, init: RequestInit = {}): Promise<Response> =>
  emulator.fetch(new Request(`${login}${path}`, init));

function struck(effect: FaultEffect): Emulator {
  const emulator = createEmulator({ clock: 'virtual', start });
  emulator.faults.add({ effect });
  return emulator;
}

async function rejection(
  promise: Promise<unknown>,
): Promise<{ name?: string; message?: string; code?: string }> {
  try {
    await promise;
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string } };
    return { name, message, ...(cause?.code !== undefined && { code: cause.code }) };
  }
  return {};
}

describe('a fault rule', () => {
  it('strikes the n-th matching request, as often as it says', async () => {
    const emulator = createEmulator();
    const fault = emulator.faults.add({ nth: 2, times: 2, effect: { kind: 'status', status: 503 } });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await get(emulator)).status);
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
    expect(fault).toMatchObject({ seen: 5, hits: 2 });
  });

  it.each([
    ['service', { service: 'key-vault' as const }, 200],
    ['service', { service: 'entra' as const }, 503],
    ['method', { method: 'post' }, 200],
    ['path', { path }, 503],
    ['beginning of a path', { path: `/${contoso.tenantId}/*` }, 503],
    ['another path', { path: '/other' }, 200],
    ['pattern', { path: /openid-config/g }, 503],
    ['condition', { match: () => false }, 200],
  ])('by %s %o: %i', async (_name, condition, status) => {
    const emulator = createEmulator();
    emulator.faults.add({ ...condition, effect: { kind: 'status', status: 503 } });
    expect((await get(emulator)).status).toBe(status);
  });

  it('is a status where it does not say otherwise, and never a kind that does not exist', async () => {
    const emulator = createEmulator();
    emulator.faults.add({ effect: { status: 503 } });
    expect((await get(emulator)).status).toBe(503);
    const explode = { kind: 'explode' } as unknown as FaultEffect;
    expect(() => emulator.faults.add({ effect: explode })).toThrow('"effect.kind" is one of status');
  });

  it('lasts until it is removed', async () => {
    const emulator = createEmulator();
    const fault = emulator.faults.add({ times: 'always', effect: { kind: 'status', status: 500 } });
    expect((await get(emulator)).status).toBe(500);
    fault.remove();
    expect((await get(emulator)).status).toBe(200);
    expect(emulator.faults.list()).toEqual([]);
  });
});

describe('effects, in process', () => {
  it('status: body and headers instead of the service', async () => {
    const response = await get(
      struck({ kind: 'status', status: 429, body: { error: 'slow' }, headers: { 'retry-after': '7' } }),
    );
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({ error: 'slow' });
  });

  it('latency: by the clock', async () => {
    const emulator = struck({ kind: 'latency', ms: 90_000 });
    expect((await get(emulator)).status).toBe(200);
    expect(emulator.clock.now()).toBe(start + 90_000);
    expect(emulator.requests[0]).toMatchObject({ durationInMs: 90_000, faults: ['latency'] });
  });

  it('reset and lostReply: the TypeError of fetch', async () => {
    const expected = { name: 'TypeError', message: 'fetch failed', code: 'ECONNRESET' };
    expect(await rejection(get(struck({ kind: 'reset' })))).toEqual(expected);
    expect(await rejection(get(struck({ kind: 'lostReply' })))).toEqual(expected);
  });

  it('cut: the body breaks after its first bytes', async () => {
    const response = await get(struck({ kind: 'cut', atByte: 5 }));
    expect(response.status).toBe(200);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect((await reader.read()).value).toHaveLength(5);
    expect(await rejection(reader.read())).toEqual({
      name: 'TypeError',
      message: 'terminated',
      code: 'UND_ERR_SOCKET',
    });
  });

  it('stall: only the abort ends it, with its own reason', async () => {
    const patience = new AbortController();
    const reason = new Error('enough');
    const headers = get(struck({ kind: 'stall' }), { signal: patience.signal });
    const response = await get(struck({ kind: 'stall', atByte: 3 }), { signal: patience.signal });
    const body = response.text();
    patience.abort(reason);
    await expect(headers).rejects.toBe(reason);
    await expect(body).rejects.toBe(reason);
  });

  it('drip: slowly, and whole', async () => {
    const emulator = struck({ kind: 'drip', everyMs: 1000 });
    const text = await (await get(emulator)).text();
    expect(JSON.parse(text)).toHaveProperty('token_endpoint');
    expect(emulator.clock.now()).toBe(start + text.length * 1000);
  });

  it('truncatedGzip: a short body and no error, as fetch has it', async () => {
    const whole = await (await get(createEmulator())).text();
    const short = await (await get(struck({ kind: 'truncatedGzip' }))).text();
    expect(short.length).toBeLessThan(whole.length);
    expect(whole.startsWith(short)).toBe(true);
  });

  it('wrongJson: the status is right, the body is not', async () => {
    const response = await get(struck({ kind: 'wrongJson' }));
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('clockSkew: the Date header is off', async () => {
    const response = await get(struck({ kind: 'clockSkew', ms: -3_600_000 }));
    expect(response.headers.get('date')).toBe('Thu, 19 Nov 2026 23:00:00 GMT');
    expect((await get(createEmulator({ clock: 'manual', start }))).headers.get('date')).toBe(
      'Fri, 20 Nov 2026 00:00:00 GMT',
    );
  });

  it('expiredToken: Entra issues one, or a service finds one', async () => {
    const emulator = createEmulator({ clock: 'manual', start });
    const ask = async (): Promise<string> => {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: contoso.clientId,
        client_secret: contoso.clientSecret,
        scope: 'https://vault.azure.net/.default',
      });
      const url = `${login}/${contoso.tenantId}/oauth2/v2.0/token`;
      const response = await emulator.fetch(new Request(url, { method: 'POST', body }));
      return ((await response.json()) as { access_token: string }).access_token;
    };
    const read = async (token: string): Promise<number> => {
      const url = 'https://contoso-vault.vault.azure.net/secrets/mcas-api-token?api-version=7.6';
      return (await emulator.fetch(new Request(url, { headers: { authorization: `Bearer ${token}` } })))
        .status;
    };
    emulator.faults.add({ service: 'entra', effect: { kind: 'expiredToken' } });
    expect(await read(await ask())).toBe(401);
    const good = await ask();
    expect(await read(good)).toBe(200);
    emulator.faults.add({ service: 'key-vault', effect: { kind: 'expiredToken' } });
    expect(await read(good)).toBe(401);
    expect(await read(good)).toBe(200);
  });
});

describe('fetch', () => {
  it('rejects at once when the signal was aborted before', async () => {
    const emulator = createEmulator();
    const reason = new Error('too late');
    await expect(get(emulator, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(emulator.requests).toHaveLength(0);
  });

  it('a failure inside the emulator says where', async () => {
    const emulator = createEmulator();
    const response = await emulator.fetch(
      new Request(`${login}/%E0%A4%A/v2.0/.well-known/openid-configuration`),
    );
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: 'EmulatorFailure', service: 'entra' } });
  });
});

describe('the journal', () => {
  it('holds what was asked and no secret', async () => {
    const emulator = createEmulator({ clock: 'manual', start });
    await (await get(emulator)).text();
    await emulator.fetch(
      new Request(`${login}/x?sig=hush&other=1`, { headers: { authorization: 'Bearer hush' } }),
    );
    expect(emulator.requests).toMatchObject([
      {
        method: 'GET',
        host: 'login.microsoftonline.com',
        path,
        service: 'entra',
        status: 200,
        time: '2026-11-20T00:00:00.000Z',
      },
      { path: '/x?sig=hidden&other=1', status: 404 },
    ]);
    expect(emulator.requests[0]?.responseBytes).toBeGreaterThan(100);
    expect(JSON.stringify(emulator.requests)).not.toContain('hush');
  });

  it('is bounded', () => {
    const journal = createJournal(100);
    const entry = { method: 'GET', host: 'x', path: '/', service: 'none' as const, status: 200, time: '' };
    for (let i = 0; i < 1000; i++) {
      journal.add({ ...entry, durationInMs: i, requestBytes: 0, responseBytes: 0, faults: [] });
    }
    expect(journal.entries.length).toBeLessThanOrEqual(110);
    expect(journal.entries.at(-1)).toMatchObject({ durationInMs: 999 });
  });
});
