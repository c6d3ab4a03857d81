import { fieldsOf, parsed } from './fields.js';
import type { Field } from './fields.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A field above the limit at which the service cuts values, and its size in bytes. */
export interface LongField extends Field {
  bytes: number;
}

/**
 * Fields of a row whose value has more bytes than the service keeps: UTF-8 of a text, JSON of anything else. How the
 * service counts is not documented.
 */
export function longFields(row: Uint8Array, limit: number): LongField[] {
  const long: LongField[] = [];
  for (const field of fieldsOf(row)) {
    if (field.to - field.from <= limit) continue;
    const bytes = field.isText ? textBytes(row, field).byteLength : field.to - field.from;
    if (bytes > limit) long.push({ ...field, bytes });
  }
  return long;
}

/** The row with these texts, in its order, cut to `limit` bytes of UTF-8, between characters. */
export function cutFields<F extends Field>(
  row: Uint8Array,
  fields: readonly F[],
  limit: (field: F) => number,
): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const field of fields) {
    if (!field.isText) continue;
    const text = textBytes(row, field);
    let end = Math.max(0, Math.min(limit(field), text.byteLength));
    while (end > 0 && ((text[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    const cut = JSON.stringify(decoder.decode(text.subarray(0, end)));
    pieces.push(row.subarray(at, field.from), encoder.encode(cut));
    at = field.to;
  }
  return concat([...pieces, row.subarray(at)]);
}

/** The row made to fit by cutting its longest texts, one after another; undefined when that is not enough. */
export function shrink(row: Uint8Array, most: number): Uint8Array<ArrayBuffer> | undefined {
  let now: Uint8Array<ArrayBuffer> = new Uint8Array(row);
  while (now.byteLength > most) {
    let excess = now.byteLength - most;
    const longest = [...fieldsOf(now)].filter(isCuttable).toSorted((a, b) => sizeOf(b) - sizeOf(a));
    if (longest.length === 0) return undefined;
    const cuts: (Field & { limit: number })[] = [];
    for (const field of longest) {
      if (excess <= 0) break;
      const wanted = Math.max(0, sizeOf(field) - excess) / sizeOf(field);
      cuts.push({ ...field, limit: Math.floor((textBytes(now, field).byteLength - 1) * wanted) });
      excess -= sizeOf(field) - 2;
    }
    // Escapes take more bytes in JSON than in the text: what is still too long goes round again.
    now = cutFields(
      now,
      cuts.toSorted((a, b) => a.from - b.from),
      ({ limit }) => limit,
    );
  }
  return now;
}

const sizeOf = ({ from, to }: Field): number => to - from;

const isCuttable = ({ isText, from, to }: Field): boolean => isText && to - from > 2;

const textBytes = (row: Uint8Array, { from, to }: Field): Uint8Array =>
  encoder.encode(parsed(row, from, to) ?? '');

function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
