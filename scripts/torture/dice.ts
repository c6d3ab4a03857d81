/** Seeded chance. */
export interface Dice {
  /** Integer in [0, below). */
  int(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** Its own sequence: what one part draws never shifts what another draws. */
  fork(label: string): Dice;
}

export function createDice(seed: string): Dice {
  let state = 0x811c9dc5;
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  // splitmix32
  function next(): number {
    state = Math.trunc(state + 0x9e3779b9) | 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return ((t ^ (t >>> 15)) >>> 0) / 2 ** 32;
  }
  const int = (below: number): number => Math.floor(next() * below);
  return {
    int,
    pick: <T>(items: readonly T[]): T => items[int(items.length)] as T,
    fork: (label) => createDice(`${seed}/${label}`),
  };
}
