/** One value per key, made on first use. */
export function perKey<T>(make: () => T): (key: string) => T {
  const values = new Map<string, T>();
  return (key) => {
    let value = values.get(key);
    if (value === undefined) values.set(key, (value = make()));
    return value;
  };
}
