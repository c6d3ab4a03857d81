/** Flags that every command takes. */
export const globalFlags = {
  config: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Configuration file. Default: AUDIT_CONFIG, else audit-collector.yaml here or in a parent folder',
    placeholder: 'file',
  },
  json: { kind: 'boolean', optional: true, brief: 'One JSON object a line instead of text' },
} as const;

export interface GlobalFlags {
  readonly config?: string;
  readonly json?: boolean;
}
