import { isIP } from 'node:net';

/** An address without port, brackets, zone and IPv4 mapping, in lower case; undefined for what is no address. */
export function parseAddress(text: string): string | undefined {
  let address = text.trim();
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(address);
  if (bracketed) address = bracketed[1] as string;
  else if (/^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}$/.test(address)) address = address.replace(/:\d+$/, '');
  address = (address.split('%', 1)[0] as string).toLowerCase();
  const mapped = /^(?:::)?ffff:(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.exec(address);
  if (mapped) address = mapped[1] as string;
  return isIP(address) ? address : undefined;
}
