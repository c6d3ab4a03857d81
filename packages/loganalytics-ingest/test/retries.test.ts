import { contoso } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { LogsIngestionClient } from '../src/index.js';
import type { UploadReport } from '../src/index.js';
import { classic, endpoint, ingestion, target, virtual } from './clients.js';
import { reportOf } from './fake-service.js';

const rows = [{ Message: 'a', Count: 1 }];
const api = {
  'logs-ingestion': (emulated: Emulator): Promise<UploadReport> =>
    reportOf(ingestion(emulated).upload(target, rows)),
  'data-collector': (emulated: Emulator): Promise<UploadReport> =>
    reportOf(classic(emulated).upload({ logType: 'Retried' }, rows)),
};

/** Answer to the first attempt, requests that follow from it, status of the row. */
const table = [
  ['logs-ingestion', 400, 1, 'rejected'],
  ['logs-ingestion', 401, 2, 'accepted'],
  ['logs-ingestion', 403, 1, 'rejected'],
  ['logs-ingestion', 404, 1, 'rejected'],
  ['logs-ingestion', 408, 2, 'accepted'],
  ['logs-ingestion', 413, 1, 'rejected'],
  ['logs-ingestion', 429, 2, 'accepted'],
  ['logs-ingestion', 500, 2, 'accepted'],
  ['logs-ingestion', 502, 2, 'accepted'],
  ['logs-ingestion', 503, 2, 'accepted'],
  ['logs-ingestion', 504, 2, 'accepted'],
  ['data-collector', 400, 1, 'rejected'],
  ['data-collector', 403, 2, 'accepted'],
  ['data-collector', 404, 1, 'rejected'],
  ['data-collector', 408, 2, 'accepted'],
  ['data-collector', 429, 2, 'accepted'],
  ['data-collector', 500, 2, 'accepted'],
  ['data-collector', 502, 2, 'accepted'],
  ['data-collector', 503, 2, 'accepted'],
  ['data-collector', 504, 2, 'accepted'],
] as const;

describe('an answer', () => {
  it.each(table)(
    'of %s %i makes %i requests, and the row is %s',
    async (service, answer, requests, status) => {
      const emulated = virtual();
      emulated.faults.add({ service, effect: { status: answer } });
      expect(await api[service](emulated)).toMatchObject({ requests, [status]: 1 });
    },
  );

  it.each([200, 202, 204])('of %i is taken for success', async (status) => {
    const emulated = virtual();
    emulated.faults.add({ service: 'logs-ingestion', effect: { status } });
    expect(await api['logs-ingestion'](emulated)).toMatchObject({ accepted: 1, requests: 1 });
  });

  it.each(['logs-ingestion', 'data-collector'] as const)(
    'that never comes is tried again, then unknown (%s)',
    async (service) => {
      const emulated = virtual();
      emulated.faults.add({ service, times: 'always', effect: { kind: 'reset' } });
      expect(await api[service](emulated)).toMatchObject({ requests: 5, unknown: 1 });
    },
  );

  it('with Retry-After is obeyed, in seconds or as a date', async () => {
    const emulated = virtual();
    const begun = emulated.clock.now();
    const date = new Date(begun + 60_000).toUTCString();
    emulated.faults.add({
      service: 'logs-ingestion',
      nth: 1,
      effect: { status: 429, headers: { 'retry-after': '17' } },
    });
    emulated.faults.add({
      service: 'logs-ingestion',
      nth: 2,
      effect: { status: 503, headers: { 'retry-after': date } },
    });
    const times: number[] = [];
    const client = ingestion(emulated, {
      events: { onAttempt: () => times.push(emulated.clock.now() - begun) },
    });
    await client.upload(target, rows, { maxAgeInMs: Infinity });
    expect(times).toHaveLength(3);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(17_000);
    expect(times[2]).toBeGreaterThanOrEqual(59_000);
  });

  it('with a Retry-After beyond patience fails at once', async () => {
    const emulated = virtual();
    emulated.faults.add({
      service: 'logs-ingestion',
      effect: { status: 429, headers: { 'retry-after': '3600' } },
    });
    expect(await api['logs-ingestion'](emulated)).toMatchObject({ rejected: 1, requests: 1 });
  });

  it('of 403 by the Data Collector API is met with a new signature, once', async () => {
    const emulated = virtual();
    emulated.faults.add({ service: 'data-collector', times: 'always', effect: { status: 403 } });
    let asked = 0;
    const key = (): string => (asked++, contoso.sharedKey);
    const report = await reportOf(classic(emulated, { key }).upload({ logType: 'Refused' }, rows));
    expect(report).toMatchObject({ rejected: 1, requests: 2 });
    expect(asked).toBe(2);
  });
});

describe('a rule that is not ready', () => {
  it.each([
    ['a stream', { status: 400, body: { error: { code: 'InvalidStream', message: 'not configured' } } }],
    ['a role', { status: 403, body: { error: { code: 'OperationFailed', message: 'no access' } } }],
    ['a rule', { status: 404, body: { error: { code: 'NotFound', message: 'not found' } } }],
  ])('is waited for: %s', async (_what, effect) => {
    const emulated = virtual();
    const begun = emulated.clock.now();
    emulated.faults.add({
      service: 'logs-ingestion',
      times: 'always',
      match: () => emulated.clock.now() < begun + 8 * 60_000,
      effect,
    });
    const patient = ingestion(emulated, { propagationInMs: 10 * 60_000 });
    const report = await patient.upload(target, rows);
    expect(report.accepted).toBe(1);
    expect(report.requests).toBeLessThan(40);
  });

  it('is waited for no longer than said, and not at all by default', async () => {
    const emulated = virtual();
    emulated.state.logAnalytics.settings.logsIngestion.roleMissing = true;
    expect(await api['logs-ingestion'](emulated)).toMatchObject({ rejected: 1, requests: 1 });
    const begun = emulated.clock.now();
    const client = ingestion(emulated, { propagationInMs: 60_000 });
    const report = await reportOf(client.upload(target, [...rows, ...rows], { maxRows: 1 }));
    expect(report.rejected).toBe(2);
    expect(emulated.clock.now() - begun).toBeLessThan(90_000);
  });

  it('leaves rows notSent when the wait is aborted', async () => {
    const emulated = virtual();
    emulated.state.logAnalytics.settings.logsIngestion.roleMissing = true;
    const controller = new AbortController();
    const { clock } = emulated;
    const client = ingestion(emulated, {
      propagationInMs: 60_000,
      clock: {
        now: () => clock.now(),
        sleep: (ms, signal) => (
          ms === 15_000 && controller.abort(new Error('enough')),
          clock.sleep(ms, signal)
        ),
      },
    });
    const report = await reportOf(client.upload(target, rows, { abortSignal: controller.signal }));
    expect(report).toMatchObject({ notSent: 1, requests: 1 });
  });
});

describe('the quota of a rule', () => {
  /** Takes everything at once; tells when, and how much. */
  function taking(limits: { requestsPerMinute?: number; bytesPerMinute?: number }) {
    const { clock } = virtual();
    const taken: { at: number; url: string; bytes: number }[] = [];
    const token = { token: 'a', expiresOnTimestamp: Infinity };
    const client = new LogsIngestionClient(
      endpoint,
      { getToken: async () => token },
      {
        ...limits,
        clock,
        compression: 'none',
        fetch: async () => new Response(undefined, { status: 204 }),
        events: { onAttempt: ({ url, rawBytes: bytes }) => void taken.push({ at: clock.now(), url, bytes }) },
      },
    );
    /** The most of it in any minute. */
    const most = (of: (one: (typeof taken)[number]) => number): number =>
      Math.max(
        ...taken.map(({ at }) =>
          taken.filter((one) => one.at >= at && one.at < at + 60_000).reduce((all, one) => all + of(one), 0),
        ),
      );
    return { client, taken, most };
  }
  const many = Array.from({ length: 30 }, (_, Count) => ({ Count, Message: 'x'.repeat(900) }));
  const options = { maxRows: 1, maxAgeInMs: Infinity };

  it('of requests is kept by all writers of a client together', async () => {
    const { client, taken, most } = taking({ requestsPerMinute: 20 });
    const reports = await Promise.all([1, 2].map(() => client.upload(target, many, options)));
    expect(reports.map(({ accepted }) => accepted)).toEqual([30, 30]);
    expect(most(() => 1)).toBe(20);
    expect(taken).toHaveLength(60);
  });

  it('of bytes, before compression, is kept too', async () => {
    const { client, most } = taking({ bytesPerMinute: 5000 });
    expect(await client.upload(target, many, options)).toMatchObject({ accepted: 30 });
    expect(most(({ bytes }) => bytes)).toBeLessThanOrEqual(5000);
    expect(most(({ bytes }) => bytes)).toBeGreaterThan(4000);
  });

  it('is no other rule’s', async () => {
    const { client, taken } = taking({ requestsPerMinute: 1 });
    const other = { ruleId: `dcr-${'f'.repeat(32)}`, stream: target.stream };
    await Promise.all([target, other].map((one) => client.upload(one, rows, options)));
    expect(taken[0]?.url).not.toBe(taken[1]?.url);
    expect(taken[0]?.at).toBe(taken[1]?.at);
  });
});
