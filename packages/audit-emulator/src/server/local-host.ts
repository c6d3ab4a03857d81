import { isIP } from 'node:net';

/**
 * Whether a `Host` header can only mean this machine or its own network. A name of the public DNS can be pointed here
 * by whoever owns it, and a browser would then let that owner's pages steer the emulator (DNS rebinding).
 */
export function isLocalHost(host: string, own: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  return name === own.toLowerCase() || !name.includes('.') || name.endsWith('.localhost') || isIP(name) > 0;
}
