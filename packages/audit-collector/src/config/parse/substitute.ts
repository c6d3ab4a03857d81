/** A `${env:NAME}` without a value. */
export interface MissingVariable {
  path: (string | number)[];
  name: string;
}

const pattern = /\$\$\{|\$\{env:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Replaces `${env:NAME}` and `${env:NAME:-default}` in every text, once: a substituted value is never looked at again
 * and stays a text, so that a password with `$` or a number keeps its characters. `$${` is a literal `${`.
 */
export function substitute(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  missing: MissingVariable[],
  path: (string | number)[] = [],
): unknown {
  if (typeof value === 'string')
    return value.replace(pattern, (whole: string, name: string | undefined, fallback: string | undefined) => {
      if (name === undefined) return '${';
      const found = env[name];
      if (found !== undefined && found !== '') return found;
      if (fallback !== undefined) return fallback;
      missing.push({ path, name });
      return whole;
    });
  if (Array.isArray(value))
    return value.map((item, index) => substitute(item, env, missing, [...path, index]));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, substitute(item, env, missing, [...path, key])]),
    );
  return value;
}
