import { describe, expect, it } from 'vitest';
import { createEmulator, defineService } from '../src/index.js';

interface Queue {
  settings: { greeting: string };
  messages: string[];
  requestsPerMinute: number;
}

/** The whole of a new service: one definition, handed over in one line. */
const queueService = defineService<Queue>({
  name: 'message-queue',
  hosts: [/\.queue\.core\.windows\.net$/],
  paths: [/^\/_queue\//],
  resources: [
    {
      name: 'Azure Queue',
      appId: '0b1ec700-0000-4000-8000-00000000cccc',
      audiences: ['https://queue.azure.com'],
    },
  ],
  state: {
    name: 'queue',
    create: () => ({ settings: { greeting: 'hello' }, messages: [], requestsPerMinute: 10 }),
  },
  settings: ({ settings }) => settings,
  counts: ({ messages }) => ({ queuedMessages: messages.length }),
  quota: (queue) => ({
    per: 'tenant',
    get requestsPerMinute() {
      return queue.requestsPerMinute;
    },
    set requestsPerMinute(limit) {
      queue.requestsPerMinute = limit;
    },
    used: () => ({ all: { requests: queue.messages.length } }),
  }),
  handle: async (call, _state, queue) => {
    if (call.method === 'POST') queue.messages.push(new TextDecoder().decode(call.body));
    return Response.json({ greeting: queue.settings.greeting, messages: queue.messages });
  },
});

const origin = 'https://localhost';
const emulator = () => createEmulator({ services: [queueService], clock: 'manual' });

describe('a service of one definition', () => {
  it('answers at its host and at its path, and is in the journal', async () => {
    const one = emulator();
    await one.fetch(new Request('https://contoso.queue.core.windows.net/x', { method: 'POST', body: 'a' }));
    const answer = await one.fetch(new Request(`${origin}/_queue/x`));
    expect(await answer.json()).toEqual({ greeting: 'hello', messages: ['a'] });
    expect(one.requests.map(({ service }) => service)).toEqual(['message-queue', 'message-queue']);
  });

  it('is in snapshots, counts, quotas, endpoints, faults and tokens', async () => {
    const one = emulator();
    const post = () => one.fetch(new Request(`${origin}/_queue/x`, { method: 'POST', body: 'a' }));
    const counted = async () =>
      (await (await one.fetch(new Request(`${origin}/_emulator/state`))).json()) as Record<string, unknown>;
    const restore = one.snapshot();
    await post();
    expect(await counted()).toMatchObject({ queuedMessages: 1, mcasAlerts: expect.any(Number) as number });
    expect(one.quotas.read().at(-1)).toMatchObject({
      service: 'message-queue',
      requestsPerMinute: 10,
      used: { all: { requests: 1 } },
    });
    one.quotas.set('message-queue', { requestsPerMinute: 3 });
    expect(one.quotas.read().at(-1)?.requestsPerMinute).toBe(3);
    restore();
    expect(await counted()).toMatchObject({ queuedMessages: 0 });
    expect(one.quotas.read().at(-1)?.requestsPerMinute).toBe(10);
    expect(one.endpoints(origin)).toMatchObject({ messageQueue: origin, keyVault: origin });
    one.faults.add({ service: 'message-queue', effect: { status: 503 } });
    expect((await post()).status).toBe(503);
    expect(() => one.faults.add({ service: 'message-queu', effect: { status: 503 } })).toThrow(
      /message-queue/,
    );
    const [app] = one.state.entra.apps;
    if (!app) throw new Error('no app');
    const token = await one.state.entra.issueToken(app, 'https://queue.azure.com');
    const verdict = await one.state.entra.verify(`Bearer ${token}`, ['https://queue.azure.com']);
    expect(verdict.ok).toBe(true);
  });
});
