/** The service takes 1,048,576 bytes of Content-Length; the margin is for nothing but caution. */
export const maxWireBytes: number = 1_048_576 - 4096;
/** The cautious reading of "1 MB, both compressed and uncompressed", which the official SDKs follow. */
const cautiousBytes = 1_000_000;

export interface WireLimitOptions {
  compression: 'gzip' | 'none';
  /** Largest body before compression. */
  maxDecompressedBytes: number;
  /** `raw`: the cautious reading from the start. */
  batch: 'wire' | 'raw';
}

/** Learns how far rows of one target shrink, and what the service really takes. */
export interface WireLimit {
  readonly fill: number;
  readonly most: number;
  /** A body was compressed: remembers its ratio. */
  packed(rawBytes: number, wireBytes: number): void;
  /** A body was refused for its size. Returns the new limit if bodies are kept smaller from now on. */
  refused(rawBytes: number, code: string | undefined): number | undefined;
}

export function wireLimit({ compression, maxDecompressedBytes, batch }: WireLimitOptions): WireLimit {
  // Until a body is seen: audit records shrink about fivefold, others less.
  let ratio = compression === 'gzip' ? 0.3 : 1;
  let known = false;
  let most = compression === 'gzip' ? maxDecompressedBytes : Math.min(maxDecompressedBytes, maxWireBytes);
  if (batch === 'raw') most = Math.min(most, cautiousBytes);
  return {
    get fill() {
      // Compressing twice costs more than a body that is a little too small.
      return ratio === 1 ? most : Math.min(most, Math.floor((0.96 * maxWireBytes) / ratio));
    },
    get most() {
      return most;
    },
    packed(rawBytes, wireBytes) {
      const seen = wireBytes / rawBytes;
      // Small bodies shrink less: they say little about large ones.
      if (rawBytes < 64 * 1024 || ratio === 1) return;
      ratio = !known || seen > ratio ? seen : (ratio + seen) / 2;
      known = true;
    },
    refused(rawBytes, code) {
      // The limit after decompression is known from one report only; that on the wire may count raw bytes.
      const wanted = code === 'PayloadSizeLimitExceeded' ? rawBytes >> 1 : cautiousBytes;
      if (rawBytes <= cautiousBytes || wanted >= most) return undefined;
      return (most = wanted);
    },
  };
}
