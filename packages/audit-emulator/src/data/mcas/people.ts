import { contoso } from '../contoso.js';
import type { Random } from '../random.js';

export interface Person {
  name: string;
  /** Sign-in name; a guest's is the address of the home tenant. */
  upn: string;
  /** Object id in Entra. */
  id: string;
  external: boolean;
}

export interface Place {
  ip: string;
  countryCode: string;
  city: string;
  latitude: number;
  longitude: number;
  organization: string;
  /** 1 corporate, 3 risky, 5 cloud provider, 0 none. */
  category: number;
  ipTags: string[];
}

/** The number Cloud App Security gives the seeded tenant. */
export const mcasTenant = 48151623;
/** Ids of groups that the service itself keeps. */
export const externalUsers = '000000200000000000000000';
export const allStaff = '5f01dbbc68df27c17aa6c050';

const staffNames =
  'Megan Bowen|Zoë Müller|Łukasz Żak|山田 花子|Amélie Dubois|Анна Иванова|Ñusta Peña|Søren Østergård|Nguyễn Văn An|Eoin O’Brien|Adele Vance|Alex Wilber|Diego Siciliani|Grady Archie|Henrietta Mueller|Isaiah Langer|Johanna Lorenz|Lee Gu|Lidia Holloway|Lynne Robbins|Miriam Graham|Nestor Wilke|Patti Fernandez|Pradeep Gupta';
const guestNames =
  'Bruno Sá|Chloë Lefèvre|Dieter Groß|Elif Yıldız|Frida Åkesson|Gita Rao|Hugo Brandt|Ingrid Solheim|Jürgen Weiß|Kōji Tanaka';

function id(kind: number, n: number): string {
  return `c0de${kind.toString(16).padStart(4, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

function mailName(name: string): string {
  const ascii = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .replaceAll('đ', 'd')
    .replace(/[^a-z ]/g, '')
    .trim();
  return ascii.replaceAll(' ', '.');
}

export function staff(): Person[] {
  return staffNames.split('|').map((name, n) => ({
    name,
    // Names in other scripts leave nothing for an address: they get a number.
    upn: `${mailName(name) || `user${n}`}@${contoso.domain}`,
    id: id(1, n),
    external: false,
  }));
}

export function guests(): Person[] {
  return guestNames.split('|').map((name, n) => ({
    name,
    upn: `${mailName(name)}@fabrikam.example`,
    id: id(2, n),
    external: true,
  }));
}

/** Addresses are from the ranges kept for documentation (RFC 5737, RFC 3849). */
const places: readonly Place[] = [
  place('192.0.2.', 'CH', 'Zürich', 47.3667, 8.55, 'contoso ag', 1, []),
  place('192.0.2.1', 'DE', 'München', 48.1374, 11.5755, 'contoso ag', 1, []),
  place('198.51.100.', 'FR', 'Paris', 48.8534, 2.3488, 'fabrikam sa', 0, []),
  place('198.51.100.1', 'US', 'Ashburn', 39.0437, -77.4875, 'amazon.com%2C inc', 5, [
    '000000290000000000000000',
  ]),
  place('203.0.113.', 'BR', 'São Paulo', -23.5475, -46.6361, 'contoso networks', 0, []),
  place('203.0.113.2', 'SE', 'Malmö', 55.6059, 13.0007, 'tor exit', 3, ['2dfa95cd7922d979d66fcff5']),
  place('2001:db8::', 'PL', 'Łódź', 51.75, 19.4667, 'contoso networks', 0, []),
];

export function somewhere(random: Random): Place {
  // Most work happens at the office.
  const found = random.int(3) > 0 ? (places[random.int(2)] as Place) : random.pick(places);
  return { ...found, ip: `${found.ip}${1 + random.int(9)}`, ipTags: [...found.ipTags] };
}

function place(
  ip: string,
  countryCode: string,
  city: string,
  latitude: number,
  longitude: number,
  organization: string,
  category: number,
  ipTags: string[],
): Place {
  return { ip, countryCode, city, latitude, longitude, organization, category, ipTags };
}
