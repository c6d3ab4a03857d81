import { BlockList, isIPv6 } from 'node:net';

/** What is known of a tenant that no record says. */
export interface TenantContext {
  /** Its accepted domains; their subdomains count too. Without them `audit.ExternalRecipients` stays empty. */
  domains?: readonly string[] | undefined;
  /** Named networks in CIDR form, for `audit.Network`. */
  networks?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A tenant's context made ready for look-ups. */
export interface CompiledTenant {
  hasDomains: boolean;
  /** Whether an address of this domain is the tenant's own. */
  isOwnDomain(domain: string): boolean;
  /** The names of the networks that hold an address. */
  networksOf(address: string): string[];
}

export function compileTenant(context: TenantContext): CompiledTenant {
  const domains = (context.domains ?? []).map((domain) => domain.toLowerCase().replace(/^[@.]+|\.$/g, ''));
  const networks = Object.entries(context.networks ?? {}).map(
    ([name, ranges]) => [name, createNetwork(ranges)] as const,
  );
  return {
    hasDomains: domains.length > 0,
    isOwnDomain(domain) {
      const lower = domain.toLowerCase().replace(/\.$/, '');
      return domains.some((own) => lower === own || lower.endsWith(`.${own}`));
    },
    networksOf: (address) => networks.filter(([, contains]) => contains(address)).map(([name]) => name),
  };
}

/** A test of addresses against CIDR ranges; throws a RangeError for a range that is none. */
export function createNetwork(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  const masks: { mask: number; network: number }[] = [];
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    try {
      if (!/^\d{1,3}$/.test(prefix)) throw new RangeError('no prefix');
      list.addSubnet(network, Number(prefix), family);
    } catch {
      throw new RangeError(`${range} is no network: write it as 10.0.0.0/8`);
    }
    if (family === 'ipv6') continue;
    const mask = prefix === '0' ? 0 : (-1 << (32 - Number(prefix))) >>> 0;
    masks.push({ mask, network: (toNumber(network) & mask) >>> 0 });
  }
  return (address) => {
    if (address.includes(':')) return list.check(address, 'ipv6');
    // Most addresses are IPv4, for which a comparison of numbers costs a tenth of the list's check.
    const number = toNumber(address);
    return masks.some(({ mask, network }) => (number & mask) >>> 0 === network);
  };
}

/** A checked IPv4 address as a number. */
function toNumber(address: string): number {
  let number = 0;
  let part = 0;
  for (let i = 0; i < address.length; i += 1) {
    const code = address.charCodeAt(i);
    if (code === 0x2e) {
      number = number * 256 + part;
      part = 0;
    } else part = part * 10 + code - 0x30;
  }
  return number * 256 + part;
}
