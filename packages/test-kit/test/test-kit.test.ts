import { describe, expect, it } from 'vitest';
import { captureError, clientOnEmulator, collect, scriptedFetch, testClock } from '../src/index.js';

const failing = async function* () {
  yield 1;
  throw new Error('broken');
};

describe('collect', () => {
  it('takes both kinds of iterables', async () => {
    expect(await collect([1, 2])).toEqual([1, 2]);
    await expect(collect(failing())).rejects.toThrow('broken');
  });
});

describe('captureError', () => {
  it.each([
    ['a promise', () => Promise.reject(new Error('broken'))],
    ['an iterable', failing],
    [
      'a function',
      () => () => {
        throw new Error('broken');
      },
    ],
    ['an async function', () => async () => Promise.reject(new Error('broken'))],
  ])('returns what %s throws', async (_name, work) => {
    expect(await captureError<Error>(work())).toMatchObject({ message: 'broken' });
  });

  it('throws when nothing is thrown', async () => {
    await expect(captureError(Promise.resolve({ a: 1 }))).rejects.toThrow('expected an error, got {"a":1}');
    await expect(captureError(() => undefined)).rejects.toThrow('expected an error, got undefined');
  });
});

describe('testClock', () => {
  it('moves with every sleep and remembers it', async () => {
    const clock = testClock(100);
    await clock.sleep(5);
    clock.advance(1000);
    expect(clock.now()).toBe(1105);
    expect(clock.slept).toEqual([5]);
  });

  it('rejects with the reason of the signal, before and during a sleep', async () => {
    const clock = testClock(0);
    const reason = new Error('enough');
    await expect(clock.sleep(5, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(clock.slept).toEqual([]);
    const controller = new AbortController();
    const sleeping = clock.sleep(5, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });
});

describe('scriptedFetch', () => {
  it('gives the answers in order, repeats the last, and keeps requests and bodies', async () => {
    const { fetch, requests, bodies } = scriptedFetch(
      new Error('reset'),
      (request, index) => new Response(`${request.method} ${index}`),
      new Response('last'),
    );
    const ask = (body: string) => fetch(new Request('https://x.example/', { method: 'POST', body }));
    await expect(ask('a')).rejects.toThrow('reset');
    const texts = [];
    for (const body of ['b', 'c', 'd']) texts.push(await (await ask(body)).text());
    expect(texts).toEqual(['POST 1', 'last', 'last']);
    expect(bodies).toEqual(['a', 'b', 'c', 'd']);
    expect(requests).toHaveLength(4);
  });

  it('says so when it was given nothing', async () => {
    await expect(scriptedFetch().fetch(new Request('https://x.example/'))).rejects.toThrow('no answers');
  });
});

describe('clientOnEmulator', () => {
  it('hands the emulator to the constructor and keeps the requests', async () => {
    const { client, emulator, requests } = clientOnEmulator(({ fetch, clock }) => ({ fetch, clock }), {
      start: Date.UTC(2026, 0, 1),
    });
    const response = await client.fetch(
      new Request('https://login.microsoftonline.com/common/discovery/keys'),
    );
    expect(requests.map(({ url }) => url)).toEqual([response.url || requests[0]?.url]);
    expect(client.clock).toBe(emulator.clock);
    await client.clock.sleep(1000);
    expect(emulator.clock.now()).toBe(Date.UTC(2026, 0, 1) + 1000);
  });
});
