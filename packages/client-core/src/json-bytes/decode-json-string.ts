const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The text of the JSON string whose content (without its quotes) stands in [from, to). Bytes that are not UTF-8 become
 * U+FFFD, as in a body that is decoded as a whole. Undefined when its escapes are not those of JSON.
 */
export function decodeJsonString(bytes: Uint8Array, from: number, to: number): string | undefined {
  const text = decoder.decode(bytes.subarray(from, to));
  if (isPlainText(text)) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return undefined;
  }
}

/** Whether JSON.parse would give the text back as it is: no escapes, no control characters. */
function isPlainText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/[\\"\x00-\x1f]/.test(text);
}
