import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

const origin = 'https://localhost:8443';
const discovery = `${origin}/${contoso.tenantId}/v2.0/.well-known/openid-configuration`;

async function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<{ status: number; body: unknown }> {
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await emulator.fetch(new Request(`${origin}${path}`, init));
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

describe('control over HTTP', () => {
  it('adds, lists and lifts faults', async () => {
    const emulator = createEmulator();
    const rule = {
      service: 'entra',
      pathPattern: 'openid-.*',
      times: 'always',
      effect: { kind: 'status', status: 503 },
    };
    expect((await call(emulator, 'POST', '/_emulator/faults', rule)).status).toBe(201);
    expect((await emulator.fetch(new Request(discovery))).status).toBe(503);
    expect((await call(emulator, 'GET', '/_emulator/faults')).body).toMatchObject([
      { hits: 1, times: 'always' },
    ]);
    expect((await call(emulator, 'DELETE', '/_emulator/faults')).status).toBe(204);
    expect((await emulator.fetch(new Request(discovery))).status).toBe(200);
  });

  it('says what is wrong with a rule', async () => {
    const emulator = createEmulator();
    const answer = await call(emulator, 'POST', '/_emulator/faults', { effect: { kind: 'explode' } });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('effect.kind') as string },
    });
    const wrong: [object, string][] = [
      [{ effect: { kind: 'cut' } }, '"effect.atByte" is a whole number'],
      [{ effect: { status: 700 } }, '"effect.status" is a whole number from 200 to 599'],
      [{ effect: { status: 204, body: 'x' } }, '"effect.body": an answer 204 has none'],
      [{ effect: { status: 429, headers: { 'retry-after': 5 } } }, '"effect.headers" is an object of texts'],
      [{ effect: { status: 429, delay: 5 } }, '"effect.delay" is not known here'],
      [{ effect: { kind: 'drip', everyMs: 1, chunkBytes: 0 } }, '"effect.chunkBytes" is a whole number'],
      [{ effect: { status: 500 }, servise: 'mcas' }, '"servise" is not known here'],
      [
        { effect: { status: 500 }, service: 'office' },
        '"service" is one of entra, mcas, management-activity',
      ],
      [{ effect: { status: 500 }, path: 7 }, '"path" is a text'],
      [{ effect: { status: 500 }, pathPattern: '(' }, '"pathPattern" is a regular expression'],
      [{ effect: { status: 500 }, nth: 0 }, '"nth" is a whole number from 1'],
      [{ effect: { status: 500 }, times: 'ever' }, '"times" is a number from 1 on, or "always"'],
      [{}, '"effect" is an object'],
    ];
    for (const [rule, error] of wrong)
      expect(await call(emulator, 'POST', '/_emulator/faults', rule)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining(error) as string },
      });
    expect(emulator.faults.list()).toEqual([]);
  });

  it('moves nothing and sets nothing for what is wrong', async () => {
    const emulator = createEmulator({ clock: 'manual', start: 0 });
    const before = JSON.stringify((await call(emulator, 'GET', '/_emulator/quotas')).body);
    const wrong: [string, unknown, string][] = [
      ['clock', { set: 1e20 }, '"set" is milliseconds'],
      ['clock', { set: null }, '"set" is milliseconds'],
      ['clock', { set: true }, '"set" is milliseconds'],
      ['clock', { advance: 1e300 }, '"advance" is milliseconds'],
      ['clock', { advance: -5000 }, '"advance" is milliseconds'],
      ['clock', null, 'a JSON object'],
      ['quotas', { mcas: 5 }, '"mcas" is {'],
      ['quotas', { nope: {} }, 'not nope'],
      ['quotas', { mcas: { requests: 5 } }, '"mcas" is {'],
      ['quotas', { mcas: { requestsPerMinute: 5 }, entra: {} }, 'not entra'],
      ['quotas', [], 'a JSON object'],
      ['faults', { effect: { status: 429, headers: { 'bad name': 'x' } } }, 'HTTP takes as headers'],
      ['faults', { effect: { status: 429, headers: { x: 'a\nb' } } }, 'HTTP takes as headers'],
    ];
    for (const [what, body, error] of wrong)
      expect(await call(emulator, 'POST', `/_emulator/${what}`, body as object)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining(error) as string },
      });
    expect(JSON.stringify((await call(emulator, 'GET', '/_emulator/quotas')).body)).toBe(before);
    expect(emulator.clock.now()).toBe(0);
  });

  it('is never struck by a fault for everything', async () => {
    const emulator = createEmulator();
    emulator.faults.add({ times: 'always', effect: { kind: 'reset' } });
    expect((await call(emulator, 'DELETE', '/_emulator/faults')).status).toBe(204);
  });

  it('moves the clock', async () => {
    const emulator = createEmulator({ clock: 'manual', start: 0 });
    expect((await call(emulator, 'POST', '/_emulator/clock', { advance: 5000 })).body).toEqual({
      now: '1970-01-01T00:00:05.000Z',
    });
    await call(emulator, 'POST', '/_emulator/clock', { set: '2026-11-20T00:00:00Z' });
    expect(emulator.clock.now()).toBe(Date.UTC(2026, 10, 20));
    expect((await call(emulator, 'POST', '/_emulator/clock', { set: 'soon' })).status).toBe(400);
  });

  it('lists requests, counts the state, and starts over', async () => {
    const emulator = createEmulator();
    await emulator.fetch(new Request(discovery));
    emulator.state.keyVault.setSecret('more', 'fake');
    expect((await call(emulator, 'GET', '/_emulator/requests')).body).toMatchObject([{ service: 'entra' }]);
    expect((await call(emulator, 'GET', '/_emulator/state')).body).toMatchObject({
      secrets: 3,
      requests: 1,
      requestsByService: { entra: 1 },
    });
    expect((await call(emulator, 'POST', '/_emulator/reset')).status).toBe(204);
    expect((await call(emulator, 'GET', '/_emulator/state')).body).toMatchObject({ secrets: 2, requests: 0 });
  });

  it('is not there on the hosts of Microsoft, nor for another web page', async () => {
    const emulator = createEmulator();
    const response = await emulator.fetch(new Request('https://login.microsoftonline.com/_emulator/state'));
    expect(response.status).toBe(404);
    const form = await call(
      emulator,
      'POST',
      '/_emulator/clock',
      { advance: 1 },
      { 'content-type': 'text/plain' },
    );
    expect(form.status).toBe(415);
    const page = await call(emulator, 'POST', '/_emulator/reset', undefined, {
      origin: 'https://fabrikam.example',
    });
    expect(page.status).toBe(403);
  });
});

describe('the root page', () => {
  it('shows tenants, tables and requests, escaped', async () => {
    const emulator = createEmulator();
    await emulator.fetch(new Request(`${origin}/_none/<script>alert(1)</script>?a=<b>`));
    emulator.state.entra.registerApp({
      tenantId: contoso.tenantId,
      clientId: 'x',
      displayName: '<script>alert(2)</script>',
    });
    const response = await emulator.fetch(new Request(`${origin}/`));
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain(contoso.tenantId);
    expect(page).toContain('&lt;script&gt;alert(2)');
    expect(page).not.toContain('<script');
    expect(page).not.toContain(contoso.clientSecret);
  });
});
