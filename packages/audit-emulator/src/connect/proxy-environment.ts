import { contoso } from '../data/contoso.js';
import { environmentAt } from './environment.js';

/** Inherited names that would lead a child past the proxy, or to a real tenant. */
const dangerous = /^(?:AZURE_|AUDIT_|MSI_|IDENTITY_|IMDS_|NO_PROXY$|no_proxy$|ALL_PROXY$|all_proxy$)/;

/**
 * The environment of a child that believes it talks to Microsoft: their hosts, a proxy in front of them, one authority.
 *
 * @param inherited The environment it would have had; real settings and exceptions from the proxy are taken out.
 */
export function proxyEnvironment(
  where: { origin: string; proxy: string; caFile: string },
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const { origin, proxy, caFile } = where;
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !dangerous.test(entry[0]),
  );
  // Its own addresses stay out: clients know Microsoft's.
  const {
    AUDIT_EMULATOR: _origin,
    AZURE_AUTHORITY_HOST: _authority,
    ...known
  } = environmentAt(origin, caFile);
  return {
    ...Object.fromEntries(kept),
    ...known,
    AUDIT_MCAS_URL: `https://${contoso.mcasHost}`,
    AUDIT_LOGS_ENDPOINT: `https://${contoso.dcrName}-c050.${contoso.location}-1.ingest.monitor.azure.com`,
    AUDIT_KEY_VAULT_URL: `https://${contoso.vaultName}.vault.azure.net`,
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    NODE_USE_ENV_PROXY: '1',
  };
}
