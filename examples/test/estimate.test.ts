import { expect, it } from 'vitest';
import { createEstimate } from '../lib/estimate.js';

it('adds up by kind, heaviest first, and extrapolates to a day', () => {
  const estimate = createEstimate(6);
  const row = { contentType: 'Audit.Exchange', recordType: 'ExchangeItem', operation: 'Create' };
  for (let i = 0; i < 3; i += 1) estimate.add({ ...row, bytes: 1500 });
  estimate.add({ ...row, operation: 'Send', bytes: 9500 });
  const { shares, rows, bytes, gigabytesPerDay } = estimate.result();
  expect(shares).toEqual([
    { ...row, operation: 'Send', rows: 1, bytes: 10_000 },
    { ...row, rows: 3, bytes: 6000 },
  ]);
  expect(rows).toBe(4);
  expect(bytes).toBe(16_000);
  expect(gigabytesPerDay).toBeCloseTo(64_000 / 1e9, 12);
});
