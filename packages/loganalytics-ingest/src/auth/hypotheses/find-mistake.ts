import { encodeBase64, signText } from '../signing.js';
import { slowDateMistakes } from './date-mistakes.js';
import { formatMistakes } from './format-mistakes.js';
import { keyMistakes } from './key-mistakes.js';
import { getOtherLengths } from './length-mistakes.js';
import { partMistakes } from './part-mistakes.js';
import { joinParts, getParts, signVariants } from './signed-request.js';
import type { SignedRequest } from './signed-request.js';

/** Any length up to this is tried. */
const longestLength = 60_000;

/** The mistake that makes this signature; undefined when no known one does, `''` when it is right. */
export function findMistake(request: SignedRequest): string | undefined {
  const { signature, key, body } = request;
  const fits = (signatures: Iterable<string>): boolean => {
    for (const one of signatures) if (one === signature) return true;
    return false;
  };
  if (key && signature === encodeBase64(signText(key, joinParts(getParts(request))))) return '';
  for (const { finding, signatures } of [...partMistakes, ...keyMistakes, ...formatMistakes])
    if (fits(signatures(request))) return finding;
  for (const [finding, lengths] of getOtherLengths(body))
    if (fits(signVariants(request, 'length', lengths))) return finding;
  for (const { finding, signatures } of slowDateMistakes) if (fits(signatures(request))) return finding;
  if (!key) return undefined;
  const longest = Math.min(longestLength, 4 * body.byteLength + 4096);
  for (let length = 0; length <= longest; length++)
    if (fits(signVariants(request, 'length', [length])))
      return `The signature was made over a body of ${length} bytes, this one has ${body.byteLength}: it was changed or compressed after it was signed.`;
  return undefined;
}
