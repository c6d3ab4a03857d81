import { BlockList, isIPv4 } from 'node:net';
import { toText } from '../values.js';
import type { Value } from '../values.js';
import type { KqlFunction } from './function.js';

const privateRanges: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

function isInRange(address: Value, range: string): boolean | null {
  const [net = '', prefix = '32'] = range.split('/');
  const ip = toText(address);
  if (!isIPv4(ip) || !isIPv4(net) || !(Number(prefix) >= 0 && Number(prefix) <= 32)) return null;
  const list = new BlockList();
  list.addSubnet(net, Number(prefix), 'ipv4');
  return list.check(ip, 'ipv4');
}

export const networkFunctions: Readonly<Record<string, KqlFunction>> = {
  ipv4_is_private: ([address]) =>
    isIPv4(toText(address)) ? privateRanges.some((range) => isInRange(address, range) === true) : null,
  ipv4_is_in_range: ([address, range]) => isInRange(address, toText(range)),
  ipv4_is_in_any_range: ([address, ...ranges]) =>
    ranges.flat().some((range) => isInRange(address, toText(range)) === true),
  ipv4_is_match: ([one, other]) => toText(one) === toText(other),
  parse_ipv4: ([address]) =>
    isIPv4(toText(address))
      ? toText(address)
          .split('.')
          .reduce((sum, part) => sum * 256 + Number(part), 0)
      : null,
  parse_url: ([value]) => {
    if (!URL.canParse(toText(value))) return null;
    const url = new URL(toText(value));
    return {
      Scheme: url.protocol.replace(':', ''),
      Host: url.hostname,
      Port: url.port,
      Path: url.pathname,
      Username: url.username,
      Password: url.password,
      'Query Parameters': Object.fromEntries(url.searchParams),
      Fragment: url.hash.replace('#', ''),
    };
  },
};
