import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { versionFiles } from '../versions.js';

const files = versionFiles(join(import.meta.dirname, '../..'));

describe('versions in the sources', () => {
  it('are there for each package that names itself', () => {
    expect(files.map(({ path }) => basename(dirname(dirname(path))))).toEqual([
      'audit-collector',
      'audit-pipeline',
      'loganalytics-ingest',
      'mcas-client',
      'o365-activity-client',
    ]);
  });

  it.each(files)('are those of the packages: $path', ({ text, wanted }) => expect(text).toBe(wanted));
});
