/** Shorter secrets are not looked for: replacing a letter or two everywhere would only destroy messages. */
const minLength = 8;
const replacement = '[secret]';

/** Replaces every secret it knows in a text. */
export type Redact = (text: string) => string;

/** Knows secrets as they are, URL-encoded, form-encoded and inside JSON. */
export function createRedactor(secrets: Iterable<string>): Redact {
  const variants = new Set<string>();
  for (const secret of secrets)
    if (secret.length >= minLength) for (const variant of listVariants(secret)) variants.add(variant);
  // The longest first: an encoded secret may contain the plain one.
  const ordered = [...variants].toSorted((a, b) => b.length - a.length);
  return (text) => ordered.reduce((redacted, variant) => redacted.replaceAll(variant, replacement), text);
}

function listVariants(secret: string): string[] {
  const encoded = encodeURIComponent(secret.replaceAll(/\p{Surrogate}/gu, ''));
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const lowerCase = (text: string): string => text.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, encoded, lowerCase(encoded), form, lowerCase(form), json, json.replaceAll('/', '\\/')];
}

/** The secrets that a request carries: tokens and signatures in its headers, a SAS signature in its URL. */
export function listSecrets(url: string, headers: Readonly<Record<string, string>>): string[] {
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const credentials = value.slice(value.indexOf(' ') + 1);
    if (name.toLowerCase() === 'x-identity-header') secrets.push(value);
    // SharedKey: an id that is no secret, and the signature.
    if (name.toLowerCase() === 'authorization')
      secrets.push(
        value.startsWith('SharedKey ') ? credentials.slice(credentials.indexOf(':') + 1) : credentials,
      );
  }
  const signature = new URL(url).searchParams.get('sig');
  if (signature) secrets.push(signature);
  return secrets;
}
