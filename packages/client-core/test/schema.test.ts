import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseEnvelope } from '../src/index.js';

describe('parseEnvelope', () => {
  const schema: z.ZodType<{ value: { id: string }[] }> = z.looseObject({
    value: z.array(z.looseObject({ id: z.string() })),
  });

  it('lets unknown fields pass', () => {
    const answer = { value: [{ id: 'a', extra: 1 }], more: true };
    expect(parseEnvelope(schema, answer, 'things.list')).toEqual(answer);
  });

  it('names the path that is wrong, not what stands there', () => {
    const answer = { value: [{ id: { name: 'alice' } }] };
    expect(() => parseEnvelope(schema, answer, 'things.list')).toThrow(/things\.list.*value\.0\.id/);
    expect(() => parseEnvelope(schema, answer, 'things.list')).not.toThrow(/alice/);
    expect(() => parseEnvelope(schema, 'alice', 'things.list')).toThrow(/\(root\)/);
  });
});
