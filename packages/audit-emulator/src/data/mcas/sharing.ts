import { createRandom } from '../random.js';
import type { McasActivity } from '../../services/mcas/records.js';
import { buildActivity } from './build.js';
import { acceptShare, accessFile, createShare, downloadFile } from './kinds.js';
import type { Kind } from './kinds.js';
import { projectSite } from './library.js';
import type { LibraryFile } from './library.js';
import { guests, somewhere } from './people.js';
import type { Person } from './people.js';

const minute = 60_000;
const libraries = ['Shared Documents', 'Verträge'] as const;
const titles = [
  'Preisliste.xlsx',
  'Vertragsentwurf ü.docx',
  'Roadmap.pptx',
  '見積書.pdf',
  'Angebot.docx',
] as const;

/**
 * A story of the three hours before `to`: ten guests of fabrikam.example accept twenty shared files in two libraries,
 * then open and download some of them. Near it, and no part of it: an acceptance three hours and a quarter ago, a
 * namesake who never accepted anything but downloads the same file, and an invitation that nobody accepted.
 */
export function generateSharing(options: { seed: string; to: number }): McasActivity[] {
  const { seed, to } = options;
  const random = createRandom(seed).fork('mcas-sharing');
  const people = guests();
  const happen = (kind: Kind, actor: Person, file: LibraryFile, minutesAgo: number): McasActivity => {
    const timestamp = to - Math.round(minutesAgo * minute);
    const created = timestamp + 170_000 + random.int(180_001);
    return buildActivity({ kind, actor, place: somewhere(random), file, timestamp, created, random });
  };

  const story: McasActivity[] = [];
  for (let n = 0; n < 20; n++) {
    const guest = people[n % people.length] as Person;
    const file = sharedFile(n);
    const minutesAgo = 172 - n * 7.3;
    story.push(happen(acceptShare, guest, file, minutesAgo));
    // The earlier half has had the time to read what was shared.
    if (n < 10) story.push(happen(accessFile, guest, file, minutesAgo - 20));
    if (n < 8) story.push(happen(downloadFile, guest, file, minutesAgo - 22));
  }
  const early = people[3] as Person;
  const namesake = {
    ...(people[2] as Person),
    upn: 'dieter.gross@contoso.example',
    id: 'c0de0003-0000-4000-8000-000000000002',
  };
  story.push(
    happen(acceptShare, early, { ...sharedFile(3), name: 'Too early.docx' }, 195),
    happen(downloadFile, namesake, sharedFile(2), 100),
    happen(createShare, people[5] as Person, { ...sharedFile(5), name: 'Nobody came.docx' }, 90),
  );
  return story.sort((a, b) => a.timestamp - b.timestamp);
}

function sharedFile(n: number): LibraryFile {
  return { siteUrl: projectSite, library: libraries[n % 2] as string, name: `${n + 1} ${titles[n % 5]}` };
}
