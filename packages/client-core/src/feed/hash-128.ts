const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

function mixLast(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * 128 bits of a text: MurmurHash3_x86_128 over its UTF-16 code units. Two of a billion ids share them with a
 * probability of about 10^-21. The last word is never 0. Not for secrets, nor against texts made to collide.
 */
export function hash128(text: string): [number, number, number, number] {
  const { length } = text;
  let [h1, h2, h3, h4] = [0x9747b28c, 0x9747b28c, 0x9747b28c, 0x9747b28c];
  // Two code units make a word; past the end `charCodeAt` gives NaN, which is 0 here.
  const word = (index: number): number => text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16);
  for (let index = 0; index < length; index += 8) {
    h1 ^= Math.imul(rotate(Math.imul(word(index), c1), 15), c2);
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(word(index + 2), c2), 16), c3);
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(word(index + 4), c3), 17), c4);
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(word(index + 6), c4), 18), c1);
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = mixLast(h1);
  h2 = mixLast(h2);
  h3 = mixLast(h3);
  h4 = mixLast(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  return [h1 >>> 0, h2 >>> 0, h3 >>> 0, h4 >>> 0 || 1];
}
