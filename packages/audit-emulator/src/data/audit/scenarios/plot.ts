import type { GeneratedRecord } from '../shapes.js';
import type { Stage } from './stage.js';

/** What happens: an attack, and its innocent twin on the same stage. */
interface Plot {
  hit: GeneratedRecord[];
  nearMiss: GeneratedRecord[];
}

export type Play = (stage: Stage) => Plot;

/** Plots by the name of their scenario. */
export type Plots<Name extends string> = Readonly<Record<Name, Play>>;
