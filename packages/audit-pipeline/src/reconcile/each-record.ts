/** The records of a unit, one by one. */
export async function* eachRecord<R>(batches: AsyncIterable<readonly R[]>): AsyncGenerator<R, void, void> {
  for await (const records of batches) yield* records;
}
