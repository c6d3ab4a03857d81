/** A secret is never written in the file: it is named, and read when it is needed. */
export type SecretRef =
  { env: string } | { file: string } | { keyVault: string; name: string; identity?: string | undefined };

export type CloudName = 'public' | 'gcc' | 'gcc-high' | 'dod' | 'china';

interface IdentityBase {
  /** Default `public`. */
  cloud?: CloudName | undefined;
  /** Tenant id or domain. Default: each tenant's own, so that one multi-tenant app serves many tenants. */
  tenant?: string | undefined;
}

/** Who signs in: one entry per app registration or managed identity. */
export type IdentityConfig = IdentityBase &
  (
    | { type: 'secret'; clientId: string; clientSecret: SecretRef }
    | { type: 'certificate'; clientId: string; certificate: SecretRef }
    | { type: 'workload-identity'; clientId?: string | undefined; tokenFile?: string | undefined }
    | {
        type: 'managed-identity';
        /** Of a user-assigned identity. */
        clientId?: string | undefined;
        /** The app registration that trusts this managed identity as a federated credential. */
        application?: string | undefined;
      }
  );

/** Whose data is collected. */
export interface TenantConfig {
  /** GUID or domain. Default: the name of an identity's tenant. */
  id: string;
  /** Name of an identity. */
  identity: string;
  /** PublisherIdentifier of the Management Activity API. Default: the tenant. */
  publisherId?: string | undefined;
  mcas?: { url: string; token?: SecretRef | undefined } | undefined;
  /** Own values for outputs: `ruleId: ${tenant.ruleId}` in an output reads `ruleId` here. */
  values?: Record<string, string> | undefined;
}

export type ContentTypeName =
  'Audit.AzureActiveDirectory' | 'Audit.Exchange' | 'Audit.SharePoint' | 'Audit.General' | 'DLP.All';

export type SourceConfig =
  | {
      type: 'o365';
      /** Default: all five. */
      contentTypes?: ContentTypeName[] | undefined;
      /** Where a first run begins: `oldest`, `now`, or a time with a zone. */
      startFrom: string;
      /** Starts subscriptions that are off. Default false. */
      startSubscriptions?: boolean | undefined;
      pollInterval?: string | undefined;
    }
  | {
      type: 'mcas-activities';
      startFrom: string;
      /** Filters of the activities API, as documented for it. */
      filters?: Record<string, unknown> | undefined;
    }
  | { type: 'mcas-alerts'; startFrom: string }
  | { type: 'ndjson'; folder: string };

/** Which records pass: every named field must have one of its values. */
export interface WhereConfig {
  contentType?: string[] | undefined;
  recordType?: number[] | undefined;
  operation?: string[] | undefined;
  workload?: string[] | undefined;
  userId?: string[] | undefined;
  userKind?: ('upn' | 'guid' | 'sid' | 'service-principal' | 'system' | 'unknown' | 'other')[] | undefined;
}

/** Exactly one of these a step. */
export type TransformConfig =
  | { where: WhereConfig }
  | { pick: string[] }
  | { omit: string[] }
  | { redact: 'secrets' }
  | { pseudonymize: string[]; key: SecretRef };

export type OutputConfig =
  | {
      type: 'logs-ingestion';
      identity: string;
      /** Data collection endpoint, or the rule's own ingestion endpoint. */
      endpoint: string;
      ruleId: string;
      /** Default: the stream of the source's own table. */
      stream?: string | undefined;
    }
  | { type: 'data-collector'; workspaceId: string; key: SecretRef; logType?: string | undefined }
  | { type: 'ndjson'; folder: string }
  | { type: 'stdout' };

export interface PipelineConfig {
  /** Names of tenants, or `all`. The pipeline runs once per tenant, each with its own state and quota. */
  tenants?: 'all' | string[] | undefined;
  source: SourceConfig;
  transforms?: TransformConfig[] | undefined;
  /** Names of outputs: a unit is committed when all of them have accepted it. */
  outputs: string[];
  /** Units in flight. Default 4. */
  concurrency?: number | undefined;
}

/** The whole configuration file. */
export interface CollectorConfig {
  /** Of this format. */
  version: 1;
  /** Column `Collector` and metric label. Default: the host's name. */
  name?: string | undefined;
  identities: Record<string, IdentityConfig>;
  tenants: Record<string, TenantConfig>;
  outputs: Record<string, OutputConfig>;
  pipelines: Record<string, PipelineConfig>;
  /** Default `{ type: 'sqlite', folder: './state' }`. */
  state?: { type: 'sqlite'; folder: string } | undefined;
  deadLetters?: { maxBytes?: string | undefined } | undefined;
  /** Health and metrics, for example `127.0.0.1:9477`. Default: not served. */
  http?: { listen: string } | undefined;
  shutdown?: { drainTimeout?: string | undefined } | undefined;
}
