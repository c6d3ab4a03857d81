/** Rules of every kind of test, to fill a set up to a number: each names an operation, but for every twentieth. */
export function makeRules(count: number): { file: string; text: string } {
  const operations = ['FileAccessed', 'FileDownloaded', 'FileModified', 'MailItemsAccessed', 'UserLoggedIn'];
  const items = [
    (i: number): object => ({ 'ClientIP|cidr': [`10.${i}.0.0/16`, '2001:db8:1::/48'] }),
    (i: number): object => ({ 'UserId|re': `^svc-[a-z]+${i}@` }),
    (i: number): object => ({ 'ObjectId|contains': [`/secret-${i}/`, `/payroll-${i}/`] }),
    (i: number): object => ({ 'RecordType|gte': 100 + i }),
    (i: number): object => ({ 'Parameters.Name|startswith': `rule ${i}` }),
    (i: number): object => ({ 'ModifiedProperties.Role.DisplayName|contains': `Administrator ${i}` }),
    (i: number): object => ({ 'SourceFileName|endswith': [`.${i}.exe`, `.${i}.ps1`] }),
  ];
  const rules = Array.from({ length: count }, (_, i) => {
    const item = items[i % items.length] as (i: number) => object;
    const selection =
      i % 20 === 0
        ? { 'UserAgent|contains': [`python-${i}`, `curl-${i}`] }
        : { Operation: operations[i % operations.length], ...item(i) };
    return {
      title: `Made ${i}`,
      id: `made-${i}`,
      logsource: { product: 'm365' },
      detection: { selection, other: { 'UserId|endswith': '#ext#' }, condition: 'selection and not other' },
    };
  });
  return { file: 'made.yml', text: rules.map((rule) => JSON.stringify(rule)).join('\n---\n') };
}
