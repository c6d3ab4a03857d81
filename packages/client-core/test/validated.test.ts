import { captureError } from '@repo/test-kit';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ResponseFormatError, validated } from '../src/index.js';

async function* records(): AsyncGenerator {
  yield { id: 1, name: 'a', more: true };
  yield { id: 'secret', name: 'b' };
  yield { id: 3, name: 'c' };
}
const schema = z.looseObject({ id: z.number() });

it('hands on what the schema gives, unknown fields too', async () => {
  const invalid: unknown[] = [];
  const seen = [];
  for await (const one of validated(records(), schema, { onInvalid: (one) => void invalid.push(one) }))
    seen.push(one);
  expect(seen).toEqual([
    { id: 1, name: 'a', more: true },
    { id: 3, name: 'c' },
  ]);
  expect(invalid).toEqual([{ record: { id: 'secret', name: 'b' }, paths: ['id'] }]);
});

it('throws without onInvalid, naming the place and not the content', async () => {
  const error = await captureError(
    (async () => {
      for await (const _one of validated(records(), schema));
    })(),
  );
  expect(ResponseFormatError.isInstance(error) && error.message).toContain('at id.');
  expect(String(error)).not.toContain('secret');
});
