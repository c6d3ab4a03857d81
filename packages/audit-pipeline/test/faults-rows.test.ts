import { inspect } from 'node:util';
import type { Fault } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { UnitsDeferredError } from '../src/index.js';
import { hour, ids, minute, start, world } from './faults-world.js';

const mebibyte = 1_048_576;
/** Hardly compresses. */
function noise(length: number, seed: number): string {
  let [text, state] = ['', seed];
  while (text.length < length) {
    state = Math.trunc(Math.imul(state, 1_664_525) + 1_013_904_223);
    text += (state >>> 0).toString(36);
  }
  return text.slice(0, length);
}

describe('records', () => {
  it('fault 27: a blob larger than what is held streams, and reads ahead little', async () => {
    const one = await world({ maxBufferedBytes: 200_000 });
    one.publish(ids('r', 20_000));
    one.publish(['only']);
    let [read, written, ahead] = [0, 0, 0];
    const report = await one.run({
      recordId: ({ id }) => {
        read += 1;
        ahead = Math.max(ahead, read - written);
        return id;
      },
      sink: {
        async write(rows) {
          let accepted = 0;
          for await (const batch of rows) {
            accepted += batch.length;
            written += batch.length;
          }
          return { accepted, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
        },
        close: async () => {},
      },
    });
    expect(report.records.accepted).toBe(20_001);
    // An array of records for each unit in flight.
    expect(ahead).toBeLessThanOrEqual(4 * 500);
  });

  it('fault 28: a record that no request can hold is a dead letter, its neighbours arrive', async () => {
    const one = await world({ compression: 'none' });
    one.publish(['a', 'large', 'b'], {
      text: (id) => `{"Id":"${id}","Noise":"${id === 'large' ? noise(mebibyte, 1) : ''}"}`,
    });
    const report = await one.run();
    expect(report.records).toMatchObject({ accepted: 2, deadLettered: 1 });
    expect(one.dead).toHaveLength(1);
    expect(one.exact()).toBe(0);
  });

  it('fault 28: big integers, odd dates and odd keys arrive as they are', async () => {
    const one = await world();
    const texts = [
      '{"Id":"1","Size":12345678901234567890,"Less":-9223372036854775808}',
      '{"Id":"2","CreationTime":"0000-00-00T00:00:00"}',
      '{"Id":"3","CreationTime":"not a time","a\\"b\\\\c":1,"\\u0000":"\\ud83e\\udd89","":{}}',
      '{"Id":"4","__proto__":{"x":1},"constructor":"y"}',
      `{"Id":"5"${Array.from({ length: 600 }, (_, n) => `,"Column${n}":${n}`).join('')}}`,
      '{"NoId":true}',
    ];
    one.publish(texts.map(String), { text: (text) => text });
    await one.run();
    expect(one.exact()).toBe(0);
  });

  it('fault 28: a record on which the transform fails is a dead letter with its bytes', async () => {
    const one = await world();
    one.publish(['a', 'bad', 'b']);
    const report = await one.run({
      transform: ({ id, bytes }) => {
        if (id === 'bad') throw new TypeError('no such field');
        return Buffer.concat([Buffer.from(`{"RecordId":"${id}","Record":`), bytes, Buffer.from('}')]);
      },
    });
    expect(report.records).toMatchObject({ read: 3, accepted: 2, deadLettered: 1 });
    expect(one.dead).toMatchObject([
      { reason: 'the transform failed: no such field', record: { id: 'bad' } },
    ]);
  });

  it('fault 29: rows around the limit of a request, and tiny ones: none dropped, none too large', async () => {
    const one = await world({ compression: 'none' });
    // What happens to a long field is another matter.
    one.emulator.state.logAnalytics.settings.logsIngestion.maxFieldBytes = Infinity;
    const sizes = [1, 2, mebibyte / 2, mebibyte / 2 - 1, mebibyte - 4600, mebibyte - 4300, mebibyte - 4200];
    for (const size of [...sizes, mebibyte - 3, mebibyte - 2, mebibyte])
      one.publish([`s${size}`, `t${size}`], { text: (id) => `{"Id":"${id}","é":"${noise(size, size)}"}` });
    await one.runAll();
    for (const { service, requestBytes } of one.emulator.requests)
      if (service === 'logs-ingestion') expect(requestBytes).toBeLessThanOrEqual(mebibyte);
    expect(one.exact()).toBe(0);
  });

  it.each([400, 413])('fault 30: one row that is refused with %i is found and named', async (status) => {
    const one = await world({ compression: 'none' });
    one.publish(ids('a', 50));
    one.publish([...ids('b', 20), 'poison', ...ids('c', 20)]);
    one.fault(
      { kind: 'status', status, body: { error: { code: 'InvalidRow', message: 'refused' } } },
      {
        service: 'logs-ingestion',
        match: ({ body }) => new TextDecoder().decode(body).includes('poison'),
        times: 'always',
      },
    );
    const report = await one.run();
    expect(report.records).toMatchObject({ accepted: 90, deadLettered: 1 });
    expect(one.dead).toHaveLength(1);
    expect(one.exact()).toBe(0);
  });

  it('fault 30: a unit of which every row is refused is named too, once rows of others were taken', async () => {
    const one = await world({ compression: 'none' });
    const sink = one.sink();
    const refuse = (code: string): Fault =>
      one.fault(
        { kind: 'status', status: 400, body: { error: { code, message: 'refused' } } },
        { service: 'logs-ingestion', times: 'always' },
      );
    one.publish(['poison']);
    // Nothing was ever taken: it may be anything.
    refuse('InvalidRow');
    await expect(one.run({ sink })).rejects.toSatisfy((error: unknown) =>
      UnitsDeferredError.isInstance(error),
    );
    one.emulator.faults.clear();
    one.publish(ids('a', 5));
    one.fault(
      { kind: 'status', status: 400, body: { error: { code: 'InvalidRow', message: 'refused' } } },
      {
        service: 'logs-ingestion',
        match: ({ body }) => new TextDecoder().decode(body).includes('poison'),
        times: 'always',
      },
    );
    // The one before the other, or in the next run.
    await one.runAll({ sink });
    expect(one.dead).toMatchObject([{ row: expect.any(Uint8Array) as Uint8Array }]);
    expect(one.exact()).toBe(0);
    one.emulator.faults.clear();
    one.publish(['b']);
    // The stream is not what it was: that says nothing of the row.
    refuse('InvalidStream');
    await expect(one.run({ sink })).rejects.toSatisfy((error: unknown) =>
      UnitsDeferredError.isInstance(error),
    );
    expect(one.dead).toHaveLength(1);
  });
});

describe('destination and run', () => {
  it('fault 31: a role that is missing, a rule that does not exist: it stops, says so, and nothing is lost', async () => {
    const one = await world();
    for (const name of ['a', 'b', 'c']) one.publish(ids(name, 5));
    const { logsIngestion } = one.emulator.state.logAnalytics.settings;
    logsIngestion.roleMissing = true;
    await expect(one.run()).rejects.toSatisfy((error: unknown) => UnitsDeferredError.isInstance(error));
    logsIngestion.roleMissing = false;
    await expect(one.run({ ruleId: `dcr-${'0'.repeat(32)}` })).rejects.toSatisfy((error: unknown) =>
      UnitsDeferredError.isInstance(error),
    );
    expect((await one.state.load()).seen).toEqual([]);
    await one.run();
    // A request that was given up may still be answered once the role is there.
    expect(one.exact()).toBeLessThanOrEqual(15);
  });

  it('fault 39: a slow destination holds the reading back', async () => {
    const one = await world();
    for (let n = 0; n < 30; n += 1) one.publish(ids(`u${n}`, 3));
    let [open, most] = [0, 0];
    await one.run({
      concurrency: 3,
      sink: {
        async write(rows) {
          most = Math.max(most, ++open);
          let accepted = 0;
          for await (const batch of rows) accepted += batch.length;
          await one.emulator.clock.sleep(5 * minute);
          open -= 1;
          return { accepted, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
        },
        close: async () => {},
      },
    });
    expect(most).toBe(3);
    expect(one.requests('/feed/audit/')).toBe(30);
  });

  it('fault 40: stopped at any request, and started again, everything arrives', async () => {
    for (let at = 1; at < 40; at += 1) {
      const stop = new AbortController();
      let asked = 0;
      const one = await world({
        intercept: (request) => {
          if (request.url.includes('/subscriptions/') && !request.url.includes('content')) return undefined;
          if (++asked === at) stop.abort(new Error('stopped'));
          return undefined;
        },
      });
      for (let n = 0; n < 8; n += 1) one.publish(ids(`u${n}`, 3));
      await one.run({ abortSignal: stop.signal, from: new Date(start - hour) }).catch((error: unknown) => {
        expect(error).toBe(stop.signal.reason);
      });
      const { accepted } = (await one.run({ from: new Date(start - hour) })).records;
      expect(accepted).toBeLessThanOrEqual(24);
      // Four units of three records were in flight.
      expect(one.exact()).toBeLessThanOrEqual(12);
    }
  });

  it('fault 41: no error and no report shows a secret, a token or a record', async () => {
    const seen: unknown[] = [];
    const effects = [
      { kind: 'status', status: 401, body: {} },
      { kind: 'wrongJson', body: '[{"Id":"canary-record"' },
      { kind: 'reset' },
    ] as const;
    for (const effect of effects)
      for (const service of ['management-activity', 'logs-ingestion', 'entra'] as const) {
        const tokens: string[] = [];
        const one = await world({
          intercept: (request) => {
            tokens.push(request.headers.get('authorization') ?? '');
            return undefined;
          },
        });
        one.publish(['canary-record']);
        one.fault(effect, {
          service,
          path: service === 'management-activity' ? /\/feed\/audit\// : /./,
          times: 'always',
        });
        await one
          .run({ onDeferred: (unit, error) => void seen.push(error) })
          .catch((e: unknown) => seen.push(e));
        const text = inspect(seen, { depth: 20 }) + seen.map((error) => JSON.stringify(error)).join('');
        expect(text).not.toContain('canary-record');
        expect(text).not.toContain('opens-nothing');
        for (const token of tokens) if (token.length > 20) expect(text).not.toContain(token.slice(7, 60));
      }
    expect(seen.length).toBeGreaterThan(5);
  });
});
