import { contoso, createEmulator } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { DataCollectorClient, LogsIngestionClient, entraCredential } from '../src/index.js';
import type {
  DataCollectorClientOptions,
  LogsIngestionClientOptions,
  LogsIngestionTarget,
} from '../src/index.js';

export const endpoint = 'https://dcr-contoso-audit-c050.westeurope-1.ingest.monitor.azure.com';
export const target: LogsIngestionTarget = { ruleId: contoso.dcrImmutableId, stream: 'Custom-Demo_CL' };

/** Time leaps, so that nothing waits. */
export const virtual = (): Emulator => createEmulator({ clock: 'virtual', start: Date.now() });

export function ingestion(emulated: Emulator, options: LogsIngestionClientOptions = {}): LogsIngestionClient {
  const { fetch, clock } = emulated;
  const { tenantId, clientId, clientSecret } = contoso;
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  return new LogsIngestionClient(endpoint, credential, { fetch, clock, ...options });
}

export function classic(
  emulated: Emulator,
  options: DataCollectorClientOptions & { key?: string | (() => string) } = {},
): DataCollectorClient {
  const { key = contoso.sharedKey, ...rest } = options;
  const { fetch, clock } = emulated;
  return new DataCollectorClient(contoso.workspaceId, key, { fetch, clock, ...rest });
}
