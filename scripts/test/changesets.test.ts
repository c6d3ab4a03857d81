import { describe, expect, it } from 'vitest';
import { carriers, missingCarriers, packagesNamedIn } from '../changesets.js';

const changeset = `---\n'mcas-client': minor\n"loganalytics-ingest": patch\n---\n\nText with other-name: patch\n`;

describe('changesets of client-core', () => {
  it('reads the front matter only', () => {
    expect(packagesNamedIn(changeset)).toEqual(['mcas-client', 'loganalytics-ingest']);
  });

  it('names every carrier that a change of client-core leaves out', () => {
    const changed = ['packages/client-core/src/http/http.ts'];
    expect(missingCarriers(changed, [changeset])).toEqual([
      'o365-activity-client',
      'audit-pipeline',
      'audit-rules',
    ]);
    expect(missingCarriers(changed, [])).toEqual([...carriers]);
  });

  it('asks nothing when client-core is untouched', () => {
    expect(missingCarriers(['packages/client-core/test/http.test.ts', 'README.md'], [])).toEqual([]);
  });
});
