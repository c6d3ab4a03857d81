import { ArgumentError } from './errors.js';

export type CloudName = 'public' | 'gcc' | 'gcc-high' | 'dod' | 'china';

/** One Microsoft cloud: who signs in where, and which hosts its services have. */
export interface Cloud {
  /** A preset's name, or a name of your own for a custom one. */
  name: string;
  /** Authority of Entra ID, without tenant. */
  authority: string;
  /** Root of the Office 365 Management Activity API; the token's audience is the same origin. */
  activityEndpoint: string;
  /** Suffix of Data Collector hosts: `{workspaceId}.{suffix}`. */
  dataCollectorSuffix: string;
  /** Suffix of Logs Ingestion endpoints. */
  logsIngestionSuffix: string;
  /** Audience of the Logs Ingestion API. */
  logsIngestionAudience: string;
}

const publicMonitor = {
  dataCollectorSuffix: 'ods.opinsights.azure.com',
  logsIngestionSuffix: 'ingest.monitor.azure.com',
  logsIngestionAudience: 'https://monitor.azure.com',
};
const usMonitor = {
  dataCollectorSuffix: 'ods.opinsights.azure.us',
  logsIngestionSuffix: 'ingest.monitor.azure.us',
  logsIngestionAudience: 'https://monitor.azure.us',
};

/** The clouds whose hosts are known. GCC signs in at the public authority. */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: {
    name: 'public',
    authority: 'https://login.microsoftonline.com',
    activityEndpoint: 'https://manage.office.com',
    ...publicMonitor,
  },
  gcc: {
    name: 'gcc',
    authority: 'https://login.microsoftonline.com',
    activityEndpoint: 'https://manage-gcc.office.com',
    ...publicMonitor,
  },
  'gcc-high': {
    name: 'gcc-high',
    authority: 'https://login.microsoftonline.us',
    activityEndpoint: 'https://manage.office365.us',
    ...usMonitor,
  },
  dod: {
    name: 'dod',
    authority: 'https://login.microsoftonline.us',
    activityEndpoint: 'https://manage.protection.apps.mil',
    ...usMonitor,
  },
  china: {
    name: 'china',
    authority: 'https://login.partner.microsoftonline.cn',
    activityEndpoint: 'https://manage.office365.cn',
    dataCollectorSuffix: 'ods.opinsights.azure.cn',
    logsIngestionSuffix: 'ingest.monitor.azure.cn',
    logsIngestionAudience: 'https://monitor.azure.cn',
  },
};

/** A preset by name, or a whole cloud of your own handed through. */
export function resolveCloud(cloud: CloudName | Cloud | undefined, path = 'options.cloud'): Cloud {
  if (typeof cloud === 'object') return cloud;
  const name = cloud ?? 'public';
  const found = Object.hasOwn(clouds, name) ? clouds[name] : undefined;
  if (!found)
    throw new ArgumentError(
      path,
      `'${String(cloud)}' is not known`,
      `Use one of ${Object.keys(clouds).join(', ')}.`,
    );
  return found;
}
