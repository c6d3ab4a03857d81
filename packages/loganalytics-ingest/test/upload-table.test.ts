import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UploadError } from '../src/index.js';
import { defineTable } from '../src/tables.js';
import { ingestion, virtual } from './clients.js';
import { target } from './clients.js';

const demo = defineTable(
  'Demo_CL',
  z.object({ Message: z.string(), Count: z.int32().optional(), TimeGenerated: z.date().optional() }),
);
const { ruleId } = target;

async function reasonsOf(rows: object[]): Promise<string[]> {
  const error: unknown = await ingestion(virtual())
    .upload({ ruleId, table: demo }, rows as { Message: string }[])
    .catch((thrown: unknown) => thrown);
  if (!UploadError.isInstance(error)) throw new Error('all rows were accepted');
  return error.report.ranges.map(({ status, reason }) => `${status} ${reason}`);
}

describe('an upload to a defined table', () => {
  it('sends valid rows, and names what is wrong with the others', async () => {
    const emulated = virtual();
    const now = emulated.clock.now();
    const rows = [
      { Message: 'fine', Count: 1 },
      { Message: 'misspelt', count: 2 },
      { Message: 'secret'.repeat(20_000) },
      { Message: 'old', TimeGenerated: new Date(now - 3 * 86_400_000) },
      { Message: 'large', Count: 2 ** 31 },
      { Message: 7 },
      { Message: 'fine too' },
    ];
    const error: unknown = await ingestion(emulated)
      .upload({ ruleId, table: demo }, rows as { Message: string }[])
      .catch((thrown: unknown) => thrown);
    if (!UploadError.isInstance(error)) throw error;
    expect(error.report).toMatchObject({ accepted: 2, invalid: 5 });
    expect(error.report.ranges.map(({ from, reason }) => [from, reason])).toEqual([
      [1, 'count: undeclared (did you mean Count?)'],
      [2, 'Message: too_long (a value has at most 64 KB of UTF-8)'],
      [3, 'TimeGenerated: time_outside_window (keep it in a column of its own)'],
      [4, expect.stringContaining('Count: ') as string],
      [5, 'Message: invalid_type'],
    ]);
    expect(JSON.stringify(error.report)).not.toContain('secret');
    const stored = emulated.state.logAnalytics.rows('Demo_CL');
    expect(stored.map(({ Message }) => Message)).toEqual(['fine', 'fine too']);
    expect(emulated.state.logAnalytics.losses).toEqual([]);
  });

  it('takes objects only: bytes are not validated', async () => {
    const bytes = new TextEncoder().encode('{"Message":"a"}');
    expect(await reasonsOf([bytes])).toEqual([
      'invalid the rows of a table are objects: bytes are not validated',
    ]);
  });

  it('is typed', async () => {
    const client = ingestion(virtual());
    // @ts-expect-error a column that the table does not have
    const upload = client.upload({ ruleId, table: demo }, [{ Message: 'a', Massage: 'b' }]);
    await expect(upload).rejects.toThrow('Massage: undeclared');
  });

  it('opens a writer of the same kind', async () => {
    const writer = ingestion(virtual()).openWriter({ ruleId, table: demo });
    const [good, bad] = [writer.write([{ Message: 'a' }]), writer.write([{} as { Message: string }])];
    await writer.flush();
    expect(await good).toMatchObject({ accepted: 1 });
    expect(await bad).toMatchObject({ invalid: 1 });
  });

  it('checks the rule id as ever', async () => {
    const upload = ingestion(virtual()).upload({ ruleId: 'dcr-name', table: demo }, []);
    await expect(upload).rejects.toThrow(/ruleId/);
  });
});
