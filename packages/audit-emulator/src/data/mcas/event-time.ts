import type { Random } from '../random.js';
import type { Kind } from './kinds.js';
import type { LibraryFile } from './library.js';
import type { Person, Place } from './people.js';

/** Who did what, where and when: what a record is made from. */
export interface Happening {
  kind: Kind;
  actor: Person;
  place: Place;
  file?: LibraryFile;
  timestamp: number;
  created: number;
  random: Random;
}
