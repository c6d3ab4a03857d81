import { contoso } from '../contoso.js';
import { createRandom } from '../random.js';
import type { McasRecord } from '../../services/mcas/records.js';
import { fileUrl, itemId, siteId, someFile } from './library.js';
import { allStaff, externalUsers, guests, mcasTenant, staff } from './people.js';
import type { Person } from './people.js';

/** Every person of the tenant twice: the user (type 2) and the Office 365 account (type 1) that belongs to it. */
export function generateEntities(options: { to: number }): McasRecord[] {
  const lastSeen = (n: number): string =>
    new Date(options.to - n * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  return [...staff(), ...guests()].flatMap((person, n) => [
    entity(person, 2, n, lastSeen(n)),
    entity(person, 1, n, lastSeen(n)),
  ]);
}

function entity(person: Person, type: 1 | 2, n: number, lastSeen: string): McasRecord {
  const id = type === 2 ? person.upn : person.id;
  const group = person.external ? externalUsers : allStaff;
  return {
    type,
    status: 2,
    displayName: person.name,
    id,
    _id: `5f01dc3d2290378${type}${n.toString(16).padStart(8, '0')}`,
    userGroups: [
      {
        _id: group,
        id: group,
        name: person.external ? 'External users' : 'All staff',
        description: '',
        usersCount: 10,
      },
    ],
    identifiers: [person.upn],
    sid: null,
    appData: { appId: 11161, name: 'Office 365', saas: 11161, instance: 0 },
    isAdmin: n === 0,
    isExternal: person.external,
    email: person.upn,
    role: n === 0 ? 'Global Administrator' : null,
    organization: person.external ? 'fabrikam' : null,
    lastSeen,
    domain: person.upn.split('@')[1] ?? null,
    scoreTrends: null,
    subApps: [],
    threatScore: null,
    idType: type === 2 ? 21 : 23,
    isFake: false,
    ii: `11161|0|${id}`,
    actions: [],
    username: `{'id': '${id}', 'saas': 11161, 'inst': 0}`,
    sctime: null,
  };
}

const fileTypes: Readonly<Record<string, [number, string]>> = {
  docx: [1, 'DOCUMENT'],
  pdf: [1, 'DOCUMENT'],
  xlsx: [2, 'SPREADSHEET'],
  pptx: [3, 'PRESENTATION'],
  txt: [4, 'TEXT'],
};
const accessLevels = ['PRIVATE', 'INTERNAL', 'EXTERNAL', 'PUBLIC', 'PUBLIC_INTERNET'] as const;

export function generateFiles(options: { seed: string; count: number; to: number }): McasRecord[] {
  const { seed, count, to } = options;
  const random = createRandom(seed).fork('mcas-files');
  const people = staff();
  return Array.from({ length: count }, () => {
    const appId = random.pick([20892, 15600]);
    const file = someFile(appId, random);
    const owner = random.pick(people);
    const extension = file.name.slice(file.name.lastIndexOf('.') + 1);
    const fileType = fileTypes[extension] ?? [0, 'OTHER'];
    const sharing = random.int(5);
    const modifiedDate = to - random.int(30 * 86_400_000);
    return {
      _id: random.guid().replaceAll('-', '').slice(0, 24),
      _tid: mcasTenant,
      appId,
      id: `${siteId(file)}|${itemId(file)}`,
      saasId: appId,
      instId: 0,
      fileSize: 100 + random.int(5_000_000),
      createdDate: modifiedDate - random.int(86_400_000),
      modifiedDate,
      parentId: `${siteId(file)}|${siteId(file)}`,
      alternateLink: fileUrl(file),
      isFolder: false,
      fileType,
      name: file.name,
      isForeign: false,
      noGovernance: false,
      fileAccessLevel: [sharing, accessLevels[sharing]],
      ownerAddress: owner.upn,
      ownerName: owner.name,
      ownerExternal: false,
      externalShares: [],
      emails: [owner.upn],
      groupIds: [],
      groups: [],
      domains: [contoso.domain],
      mimeType: extension === 'txt' ? 'text/plain' : `application/${extension}`,
      fileExtension: extension,
      collaborators: [],
      siteCollectionId: siteId(file),
      sitePath: new URL(file.siteUrl).pathname,
      filePath: `${new URL(file.siteUrl).pathname}${file.library}/${file.name}`,
      spDomain: new URL(file.siteUrl).origin,
      ftype: fileType[0],
      facl: sharing,
      fstat: 0,
      fileStatus: [0, 'EXISTS'],
      name_l: file.name.toLowerCase(),
      snapshotLastModifiedDate: new Date(modifiedDate).toISOString(),
      dlpScanResults: [],
      fTags: [],
      enriched: true,
      appName: appId === 20892 ? 'Microsoft SharePoint Online' : 'Microsoft OneDrive for Business',
      actions: [],
      fileTypeDisplay: 'File',
    };
  });
}
