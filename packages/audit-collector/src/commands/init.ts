import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCommand } from '@stricli/core';
import type { CollectorContext } from '../cli/context.js';
import { ConfigError } from '../config/config-error.js';

interface InitFlags {
  readonly yes?: boolean;
}

export const initCommand = buildCommand({
  docs: { brief: 'Write a configuration file and an example of its environment' },
  parameters: {
    flags: {
      yes: {
        kind: 'boolean',
        optional: true,
        brief: 'Ask nothing: every value comes from AUDIT_* variables',
      },
    },
  },
  async func(this: CollectorContext, _flags: InitFlags) {
    for (const [name, text] of Object.entries({
      'audit-collector.yaml': configText,
      '.env.example': envText,
    })) {
      await create(join(this.cwd, name), name, text);
      this.note(`wrote ${name}`);
    }
    this.note('next: set the variables of .env.example, then run "audit-collector check"');
  },
});

/** Never over a file that is there: it may be the one in use. */
async function create(path: string, name: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const problem =
      code === 'EEXIST' ? 'is there already: move it away first' : `cannot be written (${code})`;
    throw new ConfigError([{ file: name, path: '', problem }]);
  }
}

const configText = `version: 1

identities:                       # who signs in
  collector:
    type: secret
    clientId: \${env:AUDIT_CLIENT_ID}
    clientSecret: { env: AUDIT_CLIENT_SECRET }

tenants:                          # whose data
  main:
    id: \${env:AUDIT_TENANT_ID}
    identity: collector
    mcas:
      url: \${env:AUDIT_MCAS_URL}
      token: { env: AUDIT_MCAS_TOKEN }

outputs:                          # where it goes
  sentinel:
    type: logs-ingestion
    identity: collector
    endpoint: \${env:AUDIT_LOGS_ENDPOINT}
    ruleId: \${env:AUDIT_LOGS_RULE_ID}

pipelines:
  audit:                          # Office 365 Management Activity API, all content types
    source: { type: o365, startFrom: oldest, startSubscriptions: true }
    outputs: [sentinel]
  activities:                     # Microsoft Defender for Cloud Apps
    source: { type: mcas-activities, startFrom: oldest }
    outputs: [sentinel]

state: { type: sqlite, folder: ./state }
http: { listen: 127.0.0.1:9477 }  # livez, readyz, status, metrics
`;

const envText = `AUDIT_TENANT_ID=
AUDIT_CLIENT_ID=
AUDIT_CLIENT_SECRET=
AUDIT_MCAS_URL=https://contoso.eu2.portal.cloudappsecurity.com
AUDIT_MCAS_TOKEN=
AUDIT_LOGS_ENDPOINT=https://contoso.westeurope-1.ingest.monitor.azure.com
AUDIT_LOGS_RULE_ID=dcr-00000000000000000000000000000000
`;
