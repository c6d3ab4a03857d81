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

/** Of commands that talk to Microsoft. */
export const emulatedFlag = {
  emulated: {
    kind: 'boolean',
    optional: true,
    brief: 'Ask a local emulator with seeded data instead of Microsoft',
  },
} as const;

export interface EmulatedFlags {
  readonly emulated?: boolean;
}
