import { fieldsOf } from '../../rows/fields.js';

const decoder = new TextDecoder();
const longestText = 64;
const maxFeatures = 100;

/**
 * What rows can have in common: of each top-level field its kind, a short value, and the shape of a short text (letters
 * as `a`, digits as `0`). Only compared, never shown.
 */
export function getFeatures(row: Uint8Array): Set<string> {
  const features = new Set<string>();
  for (const { name, from, to, isText } of fieldsOf(row)) {
    if (features.size >= maxFeatures) break;
    const key = JSON.stringify(name);
    features.add(`${key} ${getKind(row[from])}`);
    if (to - from > longestText) continue;
    const value = decoder.decode(row.subarray(from, to));
    features.add(`${key}=${value}`);
    if (isText) features.add(`${key}~${value.replace(/\d/g, '0').replace(/[a-z]+/gi, 'a')}`);
  }
  return features;
}

function getKind(first: number | undefined): string {
  if (first === 0x22) return 'text';
  if (first === 0x7b) return 'object';
  if (first === 0x5b) return 'array';
  if (first === 0x74 || first === 0x66) return 'boolean';
  return first === 0x6e ? 'null' : 'number';
}
