import type { FaultEffect, FaultRule } from 'audit-emulator';
import type { Dice } from './dice.js';

/** One thing that goes wrong soon, once to three times. */
export function randomFault(dice: Dice): FaultRule {
  const service = dice.pick([
    'management-activity',
    'management-activity',
    'management-activity',
    'logs-ingestion',
    'logs-ingestion',
    'entra',
  ] as const);
  const at = dice.int(20_000);
  const common: FaultEffect[] = [
    { kind: 'status', status: dice.pick([408, 500, 502, 503, 504]) },
    { kind: 'status', status: 429, headers: { 'retry-after': String(dice.int(2)) } },
    { kind: 'latency', ms: dice.int(900) },
    { kind: 'reset' },
    { kind: 'lostReply' },
    { kind: 'stall' },
    { kind: 'stall', atByte: dice.int(2000) },
  ];
  const reading: FaultEffect[] = [
    { kind: 'cut', atByte: at },
    { kind: 'drip', chunkBytes: 2000, everyMs: 5 },
    { kind: 'truncatedGzip' },
    { kind: 'wrongJson' },
    { kind: 'wrongJson', body: dice.pick(['', 'null', '{}', '<html></html>', '[{"Id":']) },
    {
      kind: 'status',
      status: 403,
      body: { error: { code: 'AF429', message: 'Too many requests.' } },
      headers: { 'retry-after': '1' },
    },
  ];
  const expired: FaultRule['effect'] = {
    kind: 'status',
    status: 404,
    body: { error: { code: 'AF20051', message: 'Content requested with the key has already expired.' } },
  };
  const rule = { service, nth: 1 + dice.int(40), times: 1 + dice.int(3) };
  // A sign-in that stalls holds everything for longer than a collector lives here.
  if (service === 'entra')
    return { ...rule, effect: dice.pick(common.filter(({ kind }) => kind !== 'stall')) };
  if (service === 'logs-ingestion') return { ...rule, effect: dice.pick(common) };
  if (dice.int(60) === 0) return { ...rule, path: /\/feed\/audit\//, effect: expired };
  if (dice.int(30) === 0) return { ...rule, effect: { kind: 'expiredToken' } };
  return { ...rule, effect: dice.pick([...common, ...reading]) };
}
