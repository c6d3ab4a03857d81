export { ConfigError, formatFinding } from './config/config-error.js';
export type { ConfigFinding } from './config/config-error.js';
export { defineConfig } from './config/define-config.js';
export type {
  CloudName,
  CollectorConfig,
  ContentTypeName,
  IdentityConfig,
  OutputConfig,
  PipelineConfig,
  SecretRef,
  SourceConfig,
  TenantConfig,
  TransformConfig,
  WhereConfig,
} from './config/types.js';
