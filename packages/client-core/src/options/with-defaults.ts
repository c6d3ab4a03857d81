/** The same options with `undefined` taken out of every type. */
export type WithoutUndefined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** A copy without the keys whose value is `undefined`: giving `undefined` is the same as not giving the option. */
export function withoutUndefined<T extends object>(options: T | undefined): WithoutUndefined<T> {
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as WithoutUndefined<T>;
}

/** Options over their defaults; `undefined` never overrides a default. */
export function withDefaults<T extends object, D extends Partial<WithoutUndefined<T>>>(
  options: T | undefined,
  defaults: D,
): WithoutUndefined<T> & { [K in keyof D & keyof T]-?: Exclude<T[K], undefined> } {
  return { ...defaults, ...withoutUndefined(options) } as WithoutUndefined<T> & {
    [K in keyof D & keyof T]-?: Exclude<T[K], undefined>;
  };
}
