/** Dashes of command lines that stand for each other, as the Sigma specification lists them. */
const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'] as const;
/** 5^5 forms. */
const maxDashes = 5;

/** Every form of a text with its leading dashes replaced; undefined when it has too many. */
export function expandDashes(text: string): string[] | undefined {
  const places = [...text.matchAll(/(?<!\w)[-/](?=\w)/g)].map((match) => match.index);
  if (places.length > maxDashes) return undefined;
  let forms = [text];
  for (const place of places)
    forms = forms.flatMap((form) =>
      dashes.map((dash) => form.slice(0, place) + dash + form.slice(place + 1)),
    );
  return forms;
}

export type Utf16 = 'wide' | 'utf16le' | 'utf16be' | 'utf16';

export function encodeUtf16(text: string, form: Utf16): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  if (form === 'utf16be') return bytes.swap16();
  return form === 'utf16' ? Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]) : bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** What is the same in the Base64 of any text that holds the bytes, for each of the three offsets. */
export function encodeBase64Offsets(bytes: Uint8Array): string[] {
  const starts = [0, 2, 3];
  const ends = [0, -3, -2];
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset, ' '), bytes]).toString('base64');
    const end = ends[(bytes.length + offset) % 3] as number;
    return text.slice(starts[offset], end === 0 ? undefined : end);
  });
}
