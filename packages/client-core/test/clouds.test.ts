import { describe, expect, it } from 'vitest';
import { clouds, resolveCloud } from '../src/index.js';

describe('resolveCloud', () => {
  it('knows the presets, takes a cloud of your own, and says which names it knows', () => {
    expect(resolveCloud(undefined)).toBe(clouds.public);
    expect(resolveCloud('gcc').authority).toBe(clouds.public.authority);
    const own = { ...clouds.public, name: 'mine' };
    expect(resolveCloud(own)).toBe(own);
    expect(() => resolveCloud('mars' as 'public')).toThrow(/public, gcc, gcc-high, dod, china/);
    // Not a name that every object has.
    expect(() => resolveCloud('constructor' as 'public')).toThrow(/not known/);
  });
});
