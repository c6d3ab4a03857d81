import type { Random } from '../random.js';

/** A file in a document library, as SharePoint's audit records name it. */
export interface LibraryFile {
  /** Ends in a slash. */
  siteUrl: string;
  /** Folder path inside the site. */
  library: string;
  name: string;
}

export function fileUrl(file: LibraryFile): string {
  return `${file.siteUrl}${file.library}/${file.name}`;
}

/** Stable ids made of the text, so that the same file has the same id in every record. */
export function siteId(file: LibraryFile): string {
  return guidOf(file.siteUrl);
}

export function itemId(file: LibraryFile): string {
  return guidOf(fileUrl(file));
}

function guidOf(text: string): string {
  const part = (salt: number): string => {
    let h = 0x811c9dc5 ^ salt;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    return (h >>> 0).toString(16).padStart(8, '0');
  };
  const [a, b, c, d] = [part(1), part(2), part(3), part(4)];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

const names =
  'Budget 2026.xlsx|Angebot Müller & Söhne.docx|Übersicht.pptx|年度計画.docx|plán prací.xlsx|Facture n° 42.pdf|notes.txt|Résumé.pdf';

export const projectSite = 'https://contoso.sharepoint.com/sites/projects/';

/** Any file of the tenant: in a team's library, or for OneDrive in a personal one. */
export function someFile(appId: number, random: Random): LibraryFile {
  const name = `${random.int(40)} ${random.pick(names.split('|'))}`;
  if (appId === 15600) {
    const owner = random.pick(['megan_bowen', 'adele_vance', 'lee_gu']);
    return {
      siteUrl: `https://contoso-my.sharepoint.com/personal/${owner}_contoso_example/`,
      library: 'Documents',
      name,
    };
  }
  const site = random.pick(['hr', 'finance', 'marketing']);
  return { siteUrl: `https://contoso.sharepoint.com/sites/${site}/`, library: 'Shared Documents', name };
}
