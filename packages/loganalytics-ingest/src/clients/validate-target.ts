import { ArgumentError, trimSlashes } from '@repo/client-core';
import type { Cloud } from '@repo/client-core';

/** Throws ArgumentError for a rule id or stream that the Logs Ingestion API would not find. */
export function checkIngestionTarget({ ruleId, stream }: { ruleId: string; stream: string }): void {
  if (!/^dcr-[\da-f]{32}$/i.test(ruleId))
    throw new ArgumentError(
      'target.ruleId',
      'is not the immutable id of a rule',
      "Copy properties.immutableId from the rule's JSON view: dcr- and 32 hex digits, not its name or ARM id.",
    );
  if (!/^(Custom|Microsoft)-/.test(stream))
    throw new ArgumentError(
      'target.stream',
      `'${stream}' lacks its prefix`,
      `Did you mean Custom-${stream}? It is the stream of the rule, not the table.`,
    );
  if (!/^[\w-]+$/.test(stream.slice(stream.indexOf('-') + 1)))
    throw new ArgumentError(
      'target.stream',
      `'${stream}' has characters that no stream's name has`,
      "Copy the key from the rule's streamDeclarations.",
    );
}

/** Throws ArgumentError for names that the Data Collector API answers with 400, or that cannot be headers. */
export function checkCollectorTarget(target: {
  logType: string;
  timeGeneratedField?: string;
  azureResourceId?: string;
}): void {
  const { logType, timeGeneratedField: field, azureResourceId: resource } = target;
  if (/_CL$/i.test(logType))
    throw new ArgumentError(
      'target.logType',
      `would make the table ${logType}_CL`,
      'Leave out the _CL: the service adds it.',
    );
  if (!/^\w{1,100}$/.test(logType))
    throw new ArgumentError(
      'target.logType',
      `'${logType.slice(0, 100)}' is not a valid Log-Type`,
      'Use letters, digits and _ only, at most 100.',
    );
  if (field !== undefined && field !== '' && (!/^\w{1,43}$/.test(field) || reservedProperties.has(field)))
    throw new ArgumentError(
      'target.timeGeneratedField',
      'cannot be the name of a property',
      `Use letters, digits and _, at most 43, and none of ${[...reservedProperties].join(', ')}.`,
    );
  if (resource !== undefined && resource !== '' && !/^\/[\x21-\x7e]+$/.test(resource))
    throw new ArgumentError(
      'target.azureResourceId',
      'is not an ARM id',
      'It begins with /subscriptions/ and has neither spaces nor other letters than ASCII.',
    );
}

/** Names that the Data Collector API reserves: documented as an error, seen as a silent loss of the row. */
export const reservedProperties: ReadonlySet<string> = new Set(['tenant', 'TimeGenerated', 'RawData']);

/** Throws ArgumentError when a Data Collector host is of another cloud, or of another workspace, than was said. */
export function checkCollectorHost(origin: string, workspaceId: string, cloud: Cloud): void {
  const [, id, suffix] = /^([^.]+)\.(ods\.opinsights\.azure\.[a-z]+)$/i.exec(new URL(origin).hostname) ?? [];
  if (id === undefined || suffix === undefined) return;
  if (suffix !== cloud.dataCollectorSuffix)
    throw new ArgumentError(
      'options.endpoint',
      `belongs to ${suffix}, the cloud ${cloud.name} has ${cloud.dataCollectorSuffix}`,
      'Set options.cloud to the cloud of the workspace.',
    );
  if (id.toLowerCase() !== workspaceId.toLowerCase())
    throw new ArgumentError(
      'options.endpoint',
      'names another workspace than workspaceId',
      'Leave the endpoint out: it follows from workspace and cloud.',
    );
}

/** Throws ArgumentError when the token would be for another cloud than the endpoint's. */
export function checkIngestionAudience(origin: string, audience: string): void {
  const known = /\.ingest\.monitor\.azure\.(com|us|cn)$/.exec(new URL(origin).hostname)?.[1];
  const wanted = trimSlashes(audience).split('.').at(-1);
  if (known && known !== wanted)
    throw new ArgumentError(
      'endpoint',
      `belongs to the cloud azure.${known}, the token would be for azure.${wanted}`,
      'Set options.cloud to the cloud of the endpoint.',
    );
}
