import { counters } from '../lib/flow.js';
import type { FlowContext, FlowResult } from '../lib/flow.js';
import { credentialFromEnvironment } from '../lib/identity.js';
import { mcasFromEnvironment } from '../lib/mcas.js';
import { readShares } from '../lib/read-shares.js';
import { vaultSecrets } from '../lib/secrets.js';
import { joinShares } from '../lib/share-join.js';
import type { ShareEvent } from '../lib/share-join.js';
import { writeShares } from '../lib/share-sinks.js';
import type { ShareSink } from '../lib/share-sinks.js';

export interface ShareReportOptions {
  hours?: number;
  /** Addresses that a file's address must begin with, one of them. */
  libraries?: readonly string[];
  events?: readonly ShareEvent[];
  sink?: ShareSink;
  out?: string;
}

/** Key Vault → who accepted which external share lately, and what they did since → one flat row each. */
export async function shareReport(
  context: FlowContext,
  options: ShareReportOptions = {},
): Promise<FlowResult> {
  const started = performance.now();
  const { hours = 3, libraries = [], events = ['accept'], sink = 'data-collector', out } = options;
  const credential = credentialFromEnvironment();
  const secret = vaultSecrets(credential);
  const counts = counters();
  const { quotaMinuteInMs } = context;
  const mcas = mcasFromEnvironment({
    token: await secret('mcas-api-token'),
    events: counts.events,
    ...(quotaMinuteInMs && { quotaMinuteInMs }),
  });
  const to = Date.now();
  const activities = await readShares(mcas, { from: to - hours * 3_600_000, to }, context.progress);
  const rows = joinShares(activities, { events, libraries });
  const written = await writeShares(sink, rows, {
    credential,
    secret,
    events: counts.events,
    runId: context.runId,
    ...(out && { out }),
  });
  return {
    flow: 'share report',
    requests: counts.requests,
    throttled: counts.throttled,
    read: rows.length,
    ...written,
    seconds: (performance.now() - started) / 1000,
  };
}
