import { AuditSdkError } from 'audit-pipeline';

/** One thing that is wrong with a configuration, and what to do about it. Never contains the value of a secret. */
export interface ConfigFinding {
  file: string;
  /** 1-based; absent when the configuration is not a file. */
  line?: number | undefined;
  column?: number | undefined;
  /** For example `pipelines.audit.source.startFrom`. */
  path: string;
  problem: string;
}

/** The configuration is invalid; nothing was sent. Lists every finding. */
export class ConfigError extends AuditSdkError {
  static override readonly kind: string = 'ConfigError';
  readonly findings: readonly ConfigFinding[];

  constructor(findings: readonly ConfigFinding[]) {
    super(findings.map(formatFinding).join('\n'), { code: 'InvalidConfig', retryable: false });
    this.findings = findings;
  }
}

/** `file:line:column  path: problem`, as editors and terminals link it. */
export function formatFinding({ file, line, column, path, problem }: ConfigFinding): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place}  ${path ? `${path}: ` : ''}${problem}`;
}
