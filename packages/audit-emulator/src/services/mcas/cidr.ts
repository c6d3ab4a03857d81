import { isIP } from 'node:net';

export interface Subnet {
  /** Bits of the mask; for IPv4 as in the mapped IPv6 address: 96 more. */
  mask: number;
  /** The network's address as an expanded IPv6 address, IPv4 mapped into it. */
  address: string;
  originalString: string;
}

/** `197.198.192.20/16` becomes mask 112 of 0000:…:ffff:c5c6:0000. Undefined for what is no CIDR. */
export function parseCidr(text: unknown): Subnet | undefined {
  if (typeof text !== 'string') return undefined;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  // A zone is of one machine.
  if (family === 0 || address.includes('%') || rest.length > 0 || !/^\d{1,3}$/.test(bits ?? ''))
    return undefined;
  const mask = Number(bits) + (family === 4 ? 96 : 0);
  if (mask > 128) return undefined;
  const value = family === 4 ? 0xffff_0000_0000n + ipv4(address) : ipv6(address);
  const network = (value >> BigInt(128 - mask)) << BigInt(128 - mask);
  const digits = network.toString(16).padStart(32, '0');
  return { mask, address: (digits.match(/.{4}/g) ?? []).join(':'), originalString: text };
}

function ipv4(address: string): bigint {
  return address.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function ipv6(address: string): bigint {
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  if (mapped) {
    const low = ipv4(mapped[2] ?? '');
    return ipv6(`${mapped[1] ?? ''}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`);
  }
  const [head = '', tail] = address.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}
