import { ResponseFormatError } from '../errors.js';
import type { StandardSchema } from './parse-envelope.js';

export interface ValidatedOptions {
  /** Called with a record that does not fit, which is skipped then. Without it: thrown. */
  onInvalid?(mismatch: { record: unknown; paths: string[] }): void | Promise<void>;
}

/**
 * Checks records with your schema (zod, valibot, arktype: any Standard Schema) and yields its output. No client checks
 * records by itself: an unknown field must never lose one.
 * @throws ResponseFormatError naming the paths that do not fit, never their values, unless `onInvalid` is given.
 */
export async function* validated<Output>(
  records: AsyncIterable<unknown>,
  schema: StandardSchema<Output>,
  options: ValidatedOptions = {},
): AsyncGenerator<Output, void, undefined> {
  for await (const record of records) {
    const result = await schema['~standard'].validate(record);
    if (!result.issues) {
      yield result.value;
      continue;
    }
    const paths = [...new Set(result.issues.map(({ path }) => formatPath(path)))];
    if (!options.onInvalid)
      throw new ResponseFormatError(
        `A record does not fit the schema at ${paths.slice(0, 5).join(', ')}. Give onInvalid to go on without it.`,
      );
    await options.onInvalid({ record, paths });
  }
}

function formatPath(path: readonly unknown[] | undefined): string {
  const keys = (path ?? []).map((part) =>
    typeof part === 'object' && part !== null ? String((part as { key?: unknown }).key) : String(part),
  );
  return keys.join('.') || '(root)';
}
