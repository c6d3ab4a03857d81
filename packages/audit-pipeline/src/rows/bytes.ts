/** One row's JSON, put together from text and from bytes that are not to be touched. */
export interface RowBytes {
  /** A member with a value of our own. Undefined is left out. */
  add(name: string, value: string | number | boolean | undefined): void;
  /** A member whose value is JSON already. */
  addJson(name: string, json: Uint8Array | undefined): void;
  bytes(): Uint8Array<ArrayBuffer>;
}

export function rowBytes(): RowBytes {
  const parts: (string | Uint8Array)[] = [];
  let text = '{';
  const separator = (): string => (text === '{' && parts.length === 0 ? '' : ',');
  return {
    add(name, value) {
      if (value !== undefined) text += `${separator()}"${name}":${JSON.stringify(value)}`;
    },
    addJson(name, json) {
      if (!json) return;
      text += `${separator()}"${name}":`;
      parts.push(text, json);
      text = '';
    },
    bytes() {
      parts.push(`${text}}`);
      let size = 0;
      for (const part of parts) size += typeof part === 'string' ? Buffer.byteLength(part) : part.byteLength;
      const row = Buffer.from(new ArrayBuffer(size));
      let at = 0;
      for (const part of parts) {
        if (typeof part === 'string') at += row.write(part, at);
        else {
          row.set(part, at);
          at += part.byteLength;
        }
      }
      return row;
    },
  };
}
