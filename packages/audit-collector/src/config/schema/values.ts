import * as z from 'zod';

/** A folder, a metric label and a lease name: lower case, digits and hyphens. */
export const Name = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
  error: 'is not a name: use 1 to 40 lower-case letters, digits and hyphens',
});

const durationUnits = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const durationPattern = /^(\d{1,6})([smhd])$/;

/** `30s`, `5m`, `2h`, `7d`. */
export const Duration = z
  .string()
  .regex(durationPattern, { error: 'is not a duration: use 30s, 5m, 2h or 7d' });

/** Milliseconds of a text that matches `Duration`. */
export function parseDuration(text: string): number {
  const match = durationPattern.exec(text);
  if (!match) throw new RangeError(`not a duration: ${text}`);
  return Number(match[1]) * durationUnits[match[2] as keyof typeof durationUnits];
}

const sizeUnits = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 } as const;
const sizePattern = /^(\d{1,9})(B|KiB|MiB|GiB|TiB)$/;

/** `64KiB`, `512MiB`, `1GiB`. */
export const Size = z.string().regex(sizePattern, { error: 'is not a size: use 64KiB, 512MiB or 1GiB' });

/** Bytes of a text that matches `Size`. */
export function parseSize(text: string): number {
  const match = sizePattern.exec(text);
  if (!match) throw new RangeError(`not a size: ${text}`);
  return Number(match[1]) * sizeUnits[match[2] as keyof typeof sizeUnits];
}

/** Where a first run begins. A time without a zone means another hour on another machine: refused. */
export const StartFrom = z
  .string()
  .refine(
    (text) =>
      text === 'oldest' ||
      text === 'now' ||
      (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))),
    { error: 'is not a start: use oldest, now, or a time with a zone such as 2026-11-20T00:00:00Z' },
  );

export const HttpsUrl = z.string().refine(
  (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const local = url && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
    return url?.protocol === 'https:' || (url?.protocol === 'http:' && local);
  },
  { error: 'is not an https URL' },
);

const secretProblem =
  'a secret is never written in the file. Use { env: NAME }, { file: path } or { keyVault: url, name: … }';

/** Where a secret is; never the secret itself. */
export const Secret = z.union(
  [
    z.strictObject({
      env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'is not a name of a variable' }),
    }),
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({ keyVault: HttpsUrl, name: z.string().min(1), identity: Name.optional() }),
  ],
  { error: secretProblem },
);

export const Guid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, { error: 'is not a GUID' });

/** A tenant: its GUID or a verified domain. */
export const TenantId = z
  .string()
  .refine((text) => Guid.safeParse(text).success || /^[a-z0-9][a-z0-9.-]*\.[a-z]{2,}$/i.test(text), {
    error: 'is neither a GUID nor a domain',
  });

/** Host and port to listen on; without a host, every address of the machine. */
export const Listen = z.string().regex(/^(?:[a-z0-9.-]*|\[[0-9a-f:]+\]):\d{1,5}$/i, {
  error: 'is not host and port: use 127.0.0.1:9477',
});
