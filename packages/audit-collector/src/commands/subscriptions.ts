import { buildChoiceParser, buildCommand, buildRouteMap } from '@stricli/core';
import { O365ActivityClient, contentTypes } from 'o365-activity-client';
import type { ContentType } from 'o365-activity-client';
import { createCredentials } from '../build/create-credentials.js';
import { getTransport } from '../build/create-sources.js';
import type { CollectorContext } from '../cli/context.js';
import { ExitCode } from '../cli/exit-codes.js';
import { emulatedFlag, globalFlags } from '../cli/flags.js';
import type { EmulatedFlags, GlobalFlags } from '../cli/flags.js';
import { loadContext } from '../cli/load-context.js';
import { pickTenant } from '../cli/pick-tenant.js';
import { checkNotRunning } from '../run/check-not-running.js';
import { recordAction } from '../run/record-action.js';

interface TenantFlags extends GlobalFlags, EmulatedFlags {
  readonly tenant?: string;
}

interface ChangeFlags extends TenantFlags {
  readonly type?: readonly ContentType[];
  readonly apply?: boolean;
}

const tenantFlags = {
  ...globalFlags,
  ...emulatedFlag,
  tenant: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Needed when the file has several tenants',
    placeholder: 'name',
  },
} as const;

const type = {
  kind: 'parsed',
  parse: buildChoiceParser(contentTypes),
  variadic: ',',
  placeholder: 'type',
} as const;

const apply = {
  kind: 'boolean',
  optional: true,
  brief: 'Do it; without, only say what would be done',
} as const;

const list = buildCommand({
  docs: { brief: 'Which content types this app has subscribed to' },
  parameters: { flags: tenantFlags },
  async func(this: CollectorContext, flags: TenantFlags) {
    const { client } = await connect(this, flags);
    const subscriptions = await client.subscriptions.list();
    for (const contentType of contentTypes) {
      const found = subscriptions.find(
        (entry) => entry.contentType.toLowerCase() === contentType.toLowerCase(),
      );
      const status = found ? (found.status ?? 'status not given') : 'never started';
      const webhook = found?.webhook?.address;
      this.print(
        flags.json
          ? JSON.stringify({ contentType, status, webhook })
          : `${contentType.padEnd(27)} ${status}${webhook ? `, webhook ${webhook}` : ''}`,
      );
    }
  },
});

const start = buildCommand({
  docs: { brief: 'Start subscriptions that are off' },
  parameters: {
    flags: { ...tenantFlags, apply, type: { ...type, optional: true, brief: 'Default: all content types' } },
  },
  async func(this: CollectorContext, flags: ChangeFlags) {
    const { loaded, client, name } = await connect(this, flags);
    const types = flags.type ?? contentTypes;
    if (!flags.apply) return this.note(`would start in ${name}: ${types.join(', ')}. Add --apply to do it.`);
    const { config, context } = loaded;
    await recordAction(config, context, {
      command: 'subscriptions start',
      tenant: name,
      target: types.join(','),
    });
    for (const result of await client.subscriptions.ensure(types)) {
      const error = result.outcome === 'failed' ? `: ${result.error.message}` : '';
      if (error) this.process.exitCode = ExitCode.Finding;
      this.print(
        flags.json
          ? JSON.stringify({ contentType: result.contentType, outcome: result.outcome })
          : `${result.contentType.padEnd(27)} ${result.outcome}${error}`,
      );
    }
  },
});

const stop = buildCommand({
  docs: { brief: 'Stop subscriptions: what is published while one is off can never be read' },
  parameters: { flags: { ...tenantFlags, apply, type: { ...type, brief: 'Which to stop' } } },
  async func(this: CollectorContext, flags: ChangeFlags & { readonly type: readonly ContentType[] }) {
    const { loaded, client, name } = await connect(this, flags);
    const types = flags.type;
    this.note(
      `${types.join(', ')} of ${name}: content published from now until the next start is lost for good.`,
    );
    if (!flags.apply) return this.note('Nothing was stopped. Add --apply to do it.');
    const { config, context } = loaded;
    await checkNotRunning(config, context, name);
    await recordAction(config, context, {
      command: 'subscriptions stop',
      tenant: name,
      target: types.join(','),
    });
    for (const contentType of types) {
      await client.subscriptions.stop(contentType);
      this.print(
        flags.json
          ? JSON.stringify({ contentType, outcome: 'stopped' })
          : `${contentType.padEnd(27)} stopped`,
      );
    }
  },
});

export const subscriptionsCommands = buildRouteMap({
  routes: { list, start, stop },
  docs: { brief: 'Subscriptions of the Office 365 Management Activity API' },
});

async function connect(cli: CollectorContext, flags: TenantFlags) {
  const loaded = await loadContext(cli, flags);
  const { name, tenant } = pickTenant(loaded, flags.tenant);
  const credentials = createCredentials(loaded.config, loaded.context);
  const client = new O365ActivityClient(tenant.id, credentials.get(tenant.identity, tenant.id), {
    ...getTransport(loaded.context),
    cloud: credentials.cloudOf(tenant.identity),
    ...(tenant.publisherId !== undefined && { publisherId: tenant.publisherId }),
  });
  return { loaded, client, name };
}
