import type { Person } from './shapes.js';

const names: readonly [alias: string, displayName: string][] = [
  ['anna.larsen', 'Anna Larsen'],
  ['bjorn.astrom', 'Björn Åström'],
  ['chie.sato', '佐藤 千恵'],
  ['dimitri.volkov', 'Дмитрий Волков'],
  ['eva.nunez', 'Eva Núñez'],
  ['farid.amini', 'Farid Amini'],
  ['grace.obi', 'Grace Obi'],
  ['helena.weiss', 'Helena Weiß'],
  ['ivan.kralj', 'Ivan Kralj'],
  ['jana.dvorak', 'Jana Dvořák'],
  ['kofi.mensah', 'Kofi Mensah'],
  ['lea.rossi', 'Léa Rossi'],
  ['maya.cohen', 'Maya Cohen מאיה'],
  ['nils.berg', 'Nils Berg'],
  ['olga.petrova', 'Olga Petrova'],
  ['paulo.silva', 'Paulo Conceição'],
  ['qiang.li', '李强'],
  ['rosa.marin', 'Rosa Marín'],
  ['sam.taylor', "Sam O'Taylor"],
  ['tomas.novak', 'Tomáš Novák 🚲'],
];

/**
 * The people of the seeded tenant; addresses are of the documentation ranges of RFC 5737,
 * those of larger casts of the range for benchmarks (RFC 2544).
 */
export const people: readonly Person[] = names.map(([alias, displayName], i) => makePerson(alias, displayName, i));

/** So many people: those of the seeded tenant, then others without a story. */
export function makePeople(count: number): readonly Person[] {
  return Array.from(
    { length: count },
    (_, i) => people[i] ?? makePerson(`user${String(i + 1).padStart(4, '0')}`, `User ${i + 1}`, i),
  );
}

function makePerson(alias: string, displayName: string, i: number): Person {
  return {
    alias,
    displayName,
    puid: `1003200${(0x0a1b2c00 + i).toString(16).toUpperCase()}`,
    objectId: `0b1ec700-0000-4000-8000-${String(i + 1).padStart(12, '0')}`,
    ip: i < 200 ? `198.51.100.${10 + i}` : `198.18.${i >> 8}.${i & 255}`,
  };
}

export const admin: Person = people[1] as Person;

export const documents: readonly string[] = [
  'Budget 2027.xlsx',
  'Angebot für Fabrikam (überarbeitet).docx',
  '契約書.pdf',
  'Salaries — confidential.xlsx',
  'roadmap.pptx',
  "Sam's notes.txt",
  'résumé_final.pdf',
  'vertrag 100% neu.docx',
  'plan "B".docx',
  'logs.csv',
];

export const sites: readonly string[] = ['finance', 'engineering', 'hr', 'sales-emea', 'board'];
