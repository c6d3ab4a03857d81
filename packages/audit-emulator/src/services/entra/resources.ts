/** An API that tokens are issued for. `audiences` are its identifier URIs in all clouds, without trailing slash. */
export interface Resource {
  name: string;
  appId: string;
  audiences: string[];
}

/** The resource principals of a tenant. App ids as published; the cloud variants as in the clients' own cloud tables. */
export function wellKnownResources(): Resource[] {
  return [
    {
      name: 'Office 365 Management APIs',
      appId: 'c5393580-f805-4401-95e8-94b7a6ef2fc2',
      audiences: [
        'https://manage.office.com',
        'https://manage-gcc.office.com',
        'https://manage.office365.us',
        'https://manage.protection.apps.mil',
        'https://manage.office365.cn',
      ],
    },
    { name: 'Microsoft Cloud App Security', appId: '05a65629-4c1b-48c1-a78b-804c4abdd4af', audiences: [] },
    {
      name: 'Azure Monitor',
      appId: 'be14bf7e-8ab4-49b0-9dc6-a0eddd6fa73e',
      audiences: ['https://monitor.azure.com', 'https://monitor.azure.us', 'https://monitor.azure.cn'],
    },
    {
      name: 'Azure Key Vault',
      appId: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
      audiences: ['https://vault.azure.net', 'https://vault.usgovcloudapi.net', 'https://vault.azure.cn'],
    },
    {
      name: 'Windows Azure Service Management API',
      appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
      audiences: [
        'https://management.azure.com',
        'https://management.core.windows.net',
        'https://management.usgovcloudapi.net',
        'https://management.core.usgovcloudapi.net',
        'https://management.chinacloudapi.cn',
        'https://management.core.chinacloudapi.cn',
      ],
    },
    {
      name: 'Log Analytics API',
      appId: 'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5',
      audiences: [
        'https://api.loganalytics.io',
        'https://api.loganalytics.us',
        'https://api.loganalytics.azure.cn',
      ],
    },
    {
      name: 'Microsoft Graph',
      appId: '00000003-0000-0000-c000-000000000000',
      audiences: [
        'https://graph.microsoft.com',
        'https://graph.microsoft.us',
        'https://dod-graph.microsoft.us',
        'https://microsoftgraph.chinacloudapi.cn',
      ],
    },
    {
      name: 'Azure Storage',
      appId: 'e406a681-f3d4-42a8-90b6-c2b029497af1',
      audiences: ['https://storage.azure.com'],
    },
  ];
}

/** Audiences are compared without trailing slashes and without regard to case. */
export function sameAudience(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

export function findResource(resources: readonly Resource[], audience: string): Resource | undefined {
  return resources.find((one) =>
    [one.appId, ...one.audiences].some((known) => sameAudience(known, audience)),
  );
}

function canonical(audience: string): string {
  return audience.replace(/\/+$/, '').toLowerCase();
}
