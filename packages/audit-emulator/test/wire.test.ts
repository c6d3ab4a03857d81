import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator, FaultEffect, Listening } from '../src/index.js';

/** What a caller of fetch can see of an answer. */
async function seen(promise: Promise<Response>): Promise<unknown> {
  try {
    const response = await promise;
    const { status, url } = response;
    return { status, url, body: await response.text() };
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string } };
    return { name, message, code: cause?.code };
  }
}

describe('the in-process fetch shows what the real one shows', () => {
  let emulator: Emulator;
  let server: Listening;

  beforeAll(async () => {
    emulator = createEmulator();
    // Without TLS, since this process does not trust the emulator's authority.
    server = await emulator.listen({ tls: false });
  });
  afterAll(() => server.close());

  it.each<[FaultEffect | undefined]>([
    [undefined],
    [{ kind: 'reset' }],
    [{ kind: 'lostReply' }],
    [{ kind: 'cut', atByte: 20 }],
    [{ kind: 'truncatedGzip' }],
    [{ kind: 'wrongJson' }],
    [{ kind: 'status', status: 503, body: { error: 'x' } }],
    [{ kind: 'status', status: 204 }],
    [{ kind: 'drip', chunkBytes: 500, everyMs: 1 }],
  ])('%o', async (effect) => {
    const url = `${server.origin}/${contoso.tenantId}/v2.0/.well-known/openid-configuration`;
    if (effect) emulator.faults.add({ times: 2, effect });
    const real = await seen(fetch(new Request(url)));
    const inProcess = await seen(emulator.fetch(new Request(url)));
    expect(inProcess).toEqual(real);
  });
});
