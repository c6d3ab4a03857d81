import type { OperationOptions } from '@repo/client-core';
import type { Transport } from './transport.js';

const tolerableSkewInMs = 60_000;

/** Asks once more when a single response says that this machine's clock is wrong: a wrong header would stall a feed. */
export async function confirmTime(
  transport: Transport,
  { abortSignal }: OperationOptions = {},
): Promise<void> {
  if (transport.isTimeKnown || Math.abs(transport.offset()) <= tolerableSkewInMs) return;
  await transport.serverTime({ abortSignal });
}
