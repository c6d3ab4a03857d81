import { ApiError, createRateLimiter, systemClock } from '@repo/client-core';
import type { HttpSettings, RateLimiter } from '@repo/client-core';
import type { BufferPool } from '../writer/buffer-pool.js';
import { compress } from './compress.js';
import type { LogsIngestionClientOptions, LogsIngestionTarget } from '../clients/logs-ingestion-options.js';
import { perKey } from './per-key.js';
import { sendBody, spending } from './send-body.js';
import type { SendResult, Transport } from './transport.js';
import { ingestionRowCheck } from '../rows/validate-row.js';
import { maxWireBytes } from '../writer/size-limit.js';
import type { WireLimit } from '../writer/size-limit.js';
import type { WriterOptions } from '../writer/writer-options.js';

/** What all writers of one client share. */
export interface IngestionSettings {
  origin: string;
  http: HttpSettings;
  options: LogsIngestionClientOptions;
  limiterOf: ReturnType<typeof limiters>;
  buffers: BufferPool;
}

/** What is learnt of one stream. */
export interface TargetState {
  limit: WireLimit;
  /** Until when answers of a rule that is not ready yet are no refusal, once there was one. */
  warmUntil?: number;
}

/** One pair for each rule. */
export function limiters({
  limiter,
  clock = systemClock,
  ...limits
}: LogsIngestionClientOptions): (ruleId: string) => { requests: RateLimiter; bytes: RateLimiter } {
  const { requestsPerMinute = 12_000, bytesPerMinute = 2_000_000_000 } = limits;
  return perKey(() => ({
    requests: limiter ?? createRateLimiter({ limit: requestsPerMinute, clock }),
    bytes: createRateLimiter({ limit: bytesPerMinute, clock }),
  }));
}

/** Compresses bodies, spends the rule's quota, learns from refusals. */
export function ingestionTransport(
  { origin, http, options, limiterOf, buffers }: IngestionSettings,
  { ruleId, stream }: LogsIngestionTarget,
  state: TargetState,
  { timeOutsideWindow = 'send' }: WriterOptions = {},
): Transport {
  const { clock = systemClock, compression = 'gzip', level = 1, propagationInMs = 0 } = options;
  const { limit } = state;
  const { requests, bytes } = limiterOf(ruleId);
  return {
    clock,
    buffers,
    limits: {
      get fill() {
        return limit.fill;
      },
      get most() {
        return limit.most;
      },
      field: 64 * 1024,
    },
    check: ingestionRowCheck({ now: () => clock.now(), timeOutsideWindow }),
    async send(raw, sending) {
      const rawBytes = raw.byteLength;
      // Filled before the limit was known.
      if (rawBytes > limit.most) return tooLarge(rawBytes, rawBytes / limit.most);
      const body = compression === 'gzip' ? await compress(raw, level) : raw;
      limit.packed(rawBytes, body.byteLength);
      if (body.byteLength > maxWireBytes) return tooLarge(rawBytes, body.byteLength / maxWireBytes);
      const result = await sendBody(
        { ...http, limiter: spending(requests, bytes, rawBytes) },
        {
          ...sending,
          rawBytes,
          body,
          operation: 'logsIngestion.upload',
          url: `${origin}/dataCollectionRules/${encodeURIComponent(ruleId)}/streams/${encodeURIComponent(stream)}?api-version=2023-01-01`,
          headers: {
            'content-type': 'application/json',
            ...(compression === 'gzip' && { 'content-encoding': 'gzip' }),
          },
          warmUntil: () => (state.warmUntil ??= clock.now() + propagationInMs),
        },
      );
      if (result.status === 'accepted' || result.tooLarge === undefined) return result;
      const code = ApiError.isInstance(result.error) ? result.error.code : undefined;
      const limitInBytes = limit.refused(rawBytes, code);
      if (limitInBytes === undefined) return result;
      try {
        options.events?.onFallback?.({
          target: `${ruleId}/${stream}`,
          rawBytes,
          wireBytes: body.byteLength,
          limitInBytes,
        });
      } catch {
        // Telemetry never breaks a call.
      }
      return { ...result, parts: Math.ceil(rawBytes / limitInBytes), tooLarge: limitInBytes };
    },
  };
}

/** A body that need not be sent to know that it is `excess` times too large. */
function tooLarge(rawBytes: number, excess: number): SendResult {
  return {
    status: 'invalid',
    error: undefined,
    reason: 'the row is too large for one request',
    parts: Math.ceil(excess * 1.02),
    tooLarge: Math.floor((rawBytes / excess) * 0.98),
  };
}
