import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, testClock } from '@repo/test-kit';
import { afterAll, describe, expect, it } from 'vitest';
import { fileDeadLetters } from '../src/dead-letters/file-dead-letters.js';
import { DeadLettersFullError } from '../src/index.js';

const root = mkdtempSync(join(tmpdir(), 'audit-dead-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const fresh = () => join(root, String(folders++));

describe('fileDeadLetters', () => {
  it('keeps entries as they were, for their owner only', async () => {
    const folder = fresh();
    const letters = await fileDeadLetters(folder);
    const bytes = new Uint8Array([0x7b, 0xff, 0x00, 0x0a, 0x7d]);
    await letters.add({ unit: { id: 'a' }, reason: 'expired' });
    await letters.add({
      unit: { id: 'b', blob: { contentId: 'b' } } as { id: string },
      reason: 'odd',
      row: bytes,
    });
    await letters.add({ unit: { id: 'c' }, reason: 'cut', record: { Id: '1', Deep: ['x'] } });
    await letters.close();
    expect(letters.count).toBe(3);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    const again = await fileDeadLetters(folder);
    expect(await collect(again.entries())).toEqual([
      { time: expect.any(Number) as number, unit: { id: 'a' }, reason: 'expired' },
      {
        time: expect.any(Number) as number,
        unit: { id: 'b', blob: { contentId: 'b' } },
        reason: 'odd',
        row: bytes,
      },
      {
        time: expect.any(Number) as number,
        unit: { id: 'c' },
        reason: 'cut',
        record: { Id: '1', Deep: ['x'] },
      },
    ]);
  });

  it('refuses at its limit instead of dropping, and goes on when there is room again', async () => {
    const folder = fresh();
    const letters = await fileDeadLetters(folder, { maxBytes: 400 });
    const entry = { unit: { id: 'a' }, reason: 'x'.repeat(200) };
    await letters.add(entry);
    await expect(letters.add(entry)).rejects.toSatisfy((error) => DeadLettersFullError.isInstance(error));
    expect(await collect(letters.entries())).toHaveLength(1);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    await letters.add(entry);
    await letters.close();
  });

  it('removes what is older than its age', async () => {
    const folder = fresh();
    const clock = testClock(Date.now());
    const letters = await fileDeadLetters(folder, { clock, maxAgeInMs: 86_400_000 });
    await letters.add({ unit: { id: 'a' }, reason: 'old' });
    await letters.close();
    await clock.sleep(2 * 86_400_000);
    const again = await fileDeadLetters(folder, { clock, maxAgeInMs: 86_400_000 });
    expect(await collect(again.entries())).toEqual([]);
  });

  it('takes rows that are no JSON', async () => {
    const letters = await fileDeadLetters(fresh());
    const cyclic: Record<string, unknown> = { name: 'round' };
    cyclic['self'] = cyclic;
    await letters.add({ unit: { id: 'a' }, reason: 'cyclic', row: cyclic });
    await letters.add({ unit: { id: 'a' }, reason: 'big', row: { Size: 2n ** 70n } });
    const [first, second] = await collect(letters.entries());
    expect(first?.row).toContain('round');
    expect(second?.row).toEqual({ Size: String(2n ** 70n) });
    await letters.close();
  });

  it('keeps bytes inside a record', async () => {
    const letters = await fileDeadLetters(fresh());
    const record = { id: '1', bytes: Buffer.from('{"Id":"1","n":12345678901234567890}') };
    await letters.add({ unit: { id: 'a' }, reason: 'odd', record });
    const [entry] = await collect(letters.entries());
    expect(entry?.record).toEqual({ id: '1', bytes: new Uint8Array(record.bytes) });
    await letters.close();
  });

  it('reads what there was when reading began, though each entry fails again', async () => {
    const letters = await fileDeadLetters(fresh());
    await letters.add({ unit: { id: 'a' }, reason: '' });
    await letters.add({ unit: { id: 'b' }, reason: '' });
    const read: string[] = [];
    for await (const { unit } of letters.entries()) {
      read.push(unit.id);
      if (read.length < 10) await letters.add({ unit, reason: 'again' });
    }
    expect(read).toEqual(['a', 'b']);
    expect(await collect(letters.entries())).toHaveLength(4);
    await letters.close();
  });

  it('keeps texts with line separators of Unicode', async () => {
    const letters = await fileDeadLetters(fresh());
    const record = { Text: 'one\u2028two\u2029three' };
    await letters.add({ unit: { id: 'a' }, reason: 'x\u2028y', record });
    expect(await collect(letters.entries())).toMatchObject([{ reason: 'x\u2028y', record }]);
    await letters.close();
  });

  it('writes to no file that was removed meanwhile', async () => {
    const folder = fresh();
    const letters = await fileDeadLetters(folder);
    await letters.add({ unit: { id: 'a' }, reason: '' });
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    await letters.add({ unit: { id: 'b' }, reason: '' });
    expect((await collect(letters.entries())).map(({ unit }) => unit.id)).toEqual(['b']);
    await letters.close();
  });

  it('names an entry of a newer version instead of passing over it', async () => {
    const folder = fresh();
    const letters = await fileDeadLetters(folder);
    await letters.add({ unit: { id: 'a' }, reason: '' });
    const [name = ''] = readdirSync(folder);
    appendFileSync(join(folder, name), '{"v":2,"unit":{"id":"b"}}\n');
    await expect(collect(letters.entries())).rejects.toThrow(/version 2.*knows 1/);
    await letters.close();
  });

  it('reads past half a line', async () => {
    const folder = fresh();
    const letters = await fileDeadLetters(folder);
    await letters.add({ unit: { id: 'a' }, reason: 'whole' });
    await letters.close();
    const [name] = readdirSync(folder) as [string];
    appendFileSync(join(folder, name), readFileSync(join(folder, name)).subarray(0, 20));
    expect(await collect(letters.entries())).toHaveLength(1);
  });
});
