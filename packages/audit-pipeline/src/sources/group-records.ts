/** Arrays of up to `size` records: whoever reads on pays for a step once an array instead of once a record. */
export async function* groupRecords<R>(
  records: AsyncIterable<R>,
  size = 500,
): AsyncGenerator<R[], void, void> {
  let group: R[] = [];
  for await (const record of records) {
    group.push(record);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
