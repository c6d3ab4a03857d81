import type { Attack } from './alert.js';

/** The tactics and techniques in a rule's tags: `attack.credential-access`, `attack.t1110.003`. */
export function getAttack(tags: readonly string[]): Attack {
  const names = tags.filter((tag) => tag.startsWith('attack.')).map((tag) => tag.slice('attack.'.length));
  const isTechnique = (name: string): boolean => /^t\d{4}(\.\d{3})?$/i.test(name);
  return {
    tactics: names.filter((name) => /^[a-z][a-z_-]+$/.test(name)).map((name) => name.replaceAll('_', '-')),
    techniques: names.filter(isTechnique).map((name) => ({ id: name.toUpperCase() })),
  };
}
