import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Resource {
  type: string;
  apiVersion: string;
  name: string;
  scope?: string;
  identity?: { type: string };
  dependsOn?: string[];
  properties?: {
    allowSharedKeyAccess?: boolean;
    roleDefinitionId?: string;
    principalId?: string;
    siteConfig?: { appSettings: { name: string; value: string }[] };
  };
}
interface Template {
  $schema: string;
  contentVersion: string;
  parameters: Record<string, { type: string; defaultValue?: string }>;
  variables: { roles: Record<string, string> };
  resources: Resource[];
}

const examples = new URL('../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, examples), 'utf8');
const template = JSON.parse(text('azure-functions/deploy/azuredeploy.json')) as Template;
const ofType = (type: string): Resource[] => template.resources.filter((one) => one.type === type);
const site = ofType('Microsoft.Web/sites')[0];
const settings = new Map(
  site?.properties?.siteConfig?.appSettings.map(({ name, value }) => [name, value]) ?? [],
);

/** Every local file that running `path` loads. */
function loaded(path: string, known: Set<string> = new Set()): Set<string> {
  if (known.has(path)) return known;
  known.add(path);
  for (const [, kind, from = ''] of text(path).matchAll(/^import (type )?[^;]*?'(\.[^']+)\.js';/gms)) {
    if (kind) continue;
    const url = new URL(`${from}.ts`, new URL(path, 'file:///'));
    loaded(url.pathname.slice(1), known);
  }
  return known;
}

describe('the template', () => {
  it('is one', () => {
    expect(template.$schema).toContain('/2019-04-01/deploymentTemplate.json#');
    expect(template.contentVersion).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    for (const { type, apiVersion, name } of template.resources) {
      expect(type).toMatch(/^Microsoft\.\w+(\/\w+)+$/);
      expect(apiVersion).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(name).toMatch(/^\[.+\]$/);
    }
    const all = template.resources.map(({ type, name }) => `${type} ${name}`);
    expect(new Set(all).size).toBe(all.length);
  });

  it('uses every parameter and names none it lacks', () => {
    const used = [...JSON.stringify(template.resources).matchAll(/parameters\('(\w+)'\)/g)];
    expect(new Set(used.map(([, name]) => name))).toEqual(new Set(Object.keys(template.parameters)));
  });

  it('waits only for what it makes', () => {
    const made = new Set(template.resources.map((one) => one.type));
    for (const { dependsOn = [] } of template.resources)
      for (const one of dependsOn) expect(made).toContain(/resourceId\('([^']+)'/.exec(one)?.[1]);
  });

  it('has the table, container and queues that the code opens', () => {
    const names = (child: string) =>
      template.resources
        .filter(({ type }) => type.endsWith(`/${child}`))
        .map(({ name }) => /default\/([\w-]+)/.exec(name)?.[1]);
    const code = text('azure-functions/app.ts') + text('azure-functions/deploy/main.ts');
    expect(names('tables')).toEqual(['audit']);
    expect(names('containers')).toEqual(['audit', 'code']);
    const queues = [...code.matchAll(/audit-(?:units-poison|units|hints)/g)].map(([name]) => name);
    expect(new Set(names('queues'))).toEqual(new Set(queues));
  });

  it('sets what the code reads, and nothing else', () => {
    const files = loaded('azure-functions/deploy/main.ts');
    expect(files).toContain('lib/identity.ts');
    const read = [...files]
      .filter((path) => path !== 'lib/settings.ts')
      .flatMap((path) => [...text(path).matchAll(/(?:required|optional|env)[[(]\s*'(\w+)'/g)])
      .map(([, name]) => name);
    // Only an emulator needs these; and with AUDIT_MCAS_TOKEN a token would stand beside the app registration.
    const elsewhere = [
      'AUDIT_EMULATOR',
      'LOGS_QUERY_ENDPOINT',
      'LOGS_QUERY_SCOPE',
      'AUDIT_MCAS_TOKEN',
      'QUOTA_MINUTE_MS',
    ];
    // Read by the Functions host, not by our code.
    const host = ['AzureWebJobsStorage__accountName', 'AzureWebJobsStorage__credential'];
    const own = [...settings.keys()].filter((name) => !host.includes(name));
    expect(new Set([...own, ...elsewhere])).toEqual(
      new Set(read.filter((name) => !host.includes(name ?? ''))),
    );
  });

  it('lets the host reach its storage by its own identity', () => {
    expect(settings.get('AzureWebJobsStorage__credential')).toBe('managedidentity');
    // The host would sign in with these instead.
    expect([...settings.keys()].filter((name) => name.startsWith('AZURE_'))).toEqual([]);
  });

  it('holds no secret: each is a reference into the vault', () => {
    const secret = /SECRET|TOKEN|KEY$|AUTH_ID|PASSWORD|CONNECTION/;
    const secrets = [...settings].filter(([name]) => secret.test(name));
    expect(secrets.map(([name]) => name)).toEqual(['AUDIT_CLIENT_SECRET', 'AUDIT_WEBHOOK_AUTH_ID']);
    for (const [, value] of secrets) expect(value).toMatch(/^\[concat\('@Microsoft\.KeyVault\(VaultName=/);
    expect(JSON.stringify(template)).not.toMatch(/listKeys|AccountKey|SharedAccessSignature/i);
    for (const { type, defaultValue = '[' } of Object.values(template.parameters)) {
      expect(type).not.toMatch(/^secure/);
      expect(defaultValue).toMatch(/^\[/);
    }
    expect(ofType('Microsoft.KeyVault/vaults/secrets')).toEqual([]);
  });

  it('goes without keys of the storage account', () => {
    expect(ofType('Microsoft.Storage/storageAccounts')[0]?.properties?.allowSharedKeyAccess).toBe(false);
    expect(site?.identity).toEqual({ type: 'SystemAssigned' });
    expect(settings.has('AzureWebJobsStorage')).toBe(false);
  });
});

describe('the role assignments', () => {
  const who = (principal: string): string =>
    principal.includes('Microsoft.Web/sites')
      ? 'the function app (system-assigned)'
      : 'the app registration that collects';
  const where: Record<string, string> = {
    'Microsoft.Storage/storageAccounts': 'the storage account',
    'Microsoft.KeyVault/vaults': 'the vault',
    'Microsoft.Insights/dataCollectionRules': 'the data collection rule',
  };
  const made = ofType('Microsoft.Authorization/roleAssignments').map(({ scope = '', properties }) => {
    const name = /\['([^']+)'\]/.exec(properties?.roleDefinitionId ?? '')?.[1] ?? '';
    const id = template.variables.roles[name] ?? '';
    const place = where[/'([^']+)'/.exec(scope)?.[1] ?? ''];
    return `| ${who(properties?.principalId ?? '')} | ${name} | ${place} | \`${id}\` |`;
  });
  const section = text('../docs/permissions.md').split('## Azure Functions')[1]?.split('\n## ')[0] ?? '';
  const listed = section
    .split('\n')
    .filter((line) => line.startsWith('| the '))
    .map((line) => line.replaceAll(/ +/g, ' '));

  it('are exactly those of docs/permissions.md', () => {
    expect(listed).toHaveLength(6);
    expect(made.toSorted()).toEqual(listed.toSorted());
  });

  it('use every role that is named', () => {
    for (const name of Object.keys(template.variables.roles))
      expect(made.join('\n')).toContain(`| ${name} |`);
  });
});

it('is said not to have been deployed', () => {
  expect(text('../docs/permissions.md')).toMatch(/has not been\s+deployed by us/);
});
