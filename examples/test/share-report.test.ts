import { describe, expect, it } from 'vitest';
import { mismatch } from '../lib/flow.js';
import { toShareReportRow } from '../lib/share-report.js';

const columns = [
  'Description',
  'Operation',
  'Severity',
  'Collaborator',
  'EventDateTime',
  'CreatedDateTime',
  'UserId',
  'ResolvedUser',
  'UserKey',
  'SiteUrl',
  'SourceFileName',
  'SourceRelativeUrl',
  'FileUrl',
  'ObjectId',
  'AccessLocation',
  'AppName',
];

describe('toShareReportRow', () => {
  it('flattens an activity', () => {
    const row = toShareReportRow({
      _id: 'a',
      timestamp: 1_700_000_000_000,
      created: 1_700_000_200_000,
      description: 'Accept sharing invitation',
      severity: 'INFO',
      appName: 'Microsoft SharePoint Online',
      description_metadata: { target_object: 'https://contoso.example/sites/a/x.docx' },
      location: { countryCode: 'DE', city: 'null' },
      resolvedActor: { id: 'guest', name: 'Ada Guest' },
      rawDataJson: {
        Operation: 'SharingInvitationAccepted',
        UserId: 'ada@fabrikam.example',
        UserKey: 'key',
        SiteUrl: 'https://contoso.example/sites/a/',
        SourceFileName: 'x.docx',
        SourceRelativeUrl: 'Shared Documents',
        ObjectId: 'https://contoso.example/sites/a/x.docx',
      },
    });
    expect(Object.keys(row)).toEqual(columns);
    expect(row).toMatchObject({
      Collaborator: 'ada@fabrikam.example',
      CreatedDateTime: '2023-11-14T22:16:40.000Z',
      ResolvedUser: 'Ada Guest',
      AccessLocation: 'DE',
    });
  });

  it('names the invited user where there is one', () => {
    const rawDataJson = { UserId: 'owner@contoso.example', TargetUserOrGroupName: 'ada@fabrikam.example' };
    expect(toShareReportRow({ _id: 'a', timestamp: 0, rawDataJson }).Collaborator).toBe(
      'ada@fabrikam.example',
    );
  });

  it('makes a whole row of an activity that holds nothing', () => {
    const row = toShareReportRow({ _id: 'a', timestamp: 0, rawDataJson: {} });
    expect(Object.keys(row)).toEqual(columns);
    const { EventDateTime, ...rest } = row;
    expect(EventDateTime).toBe('1970-01-01T00:00:00.000Z');
    expect(new Set(Object.values(rest))).toEqual(new Set(['']));
  });
});

describe('mismatch', () => {
  const good = {
    flow: 'f',
    table: 'T',
    requests: 1,
    throttled: 0,
    read: 5,
    accepted: 5,
    found: 5,
    duplicates: 0,
    seconds: 1,
  };

  it('is nothing when the numbers add up, verified or not', () => {
    expect(mismatch(good)).toBeUndefined();
    const { found: _found, duplicates: _duplicates, ...unverified } = good;
    expect(mismatch(unverified)).toBeUndefined();
    // A quiet span is none.
    expect(mismatch({ ...good, read: 0, accepted: 0, found: 0 })).toBeUndefined();
  });

  it.each([{ accepted: 4 }, { found: 4 }, { found: 6 }, { duplicates: 1 }])(
    'names what does not: %o',
    (change) => {
      expect(mismatch({ ...good, ...change })).toContain('f: ');
    },
  );
});
