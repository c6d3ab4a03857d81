import { describe, expect, expectTypeOf, it } from 'vitest';
import { RecordType, isRecord, match } from '../src/records.js';
import type {
  AuditRecord,
  MicrosoftFormsRecord,
  MicrosoftTeamsRecord,
  SharePointFileOperationRecord,
  ThreatIntelligenceRecord,
} from '../src/records.js';

const record: AuditRecord = {
  Id: 'r',
  RecordType: RecordType.SharePointFileOperation,
  CreationTime: '2026-05-20T10:00:00',
  Operation: 'FileAccessed',
  OrganizationId: 't',
  UserType: 0,
  SourceFileName: 'a.docx',
};

describe('isRecord', () => {
  it('takes the number of a record type as well as its name, and narrows by both', () => {
    expect(isRecord(record, RecordType.ExchangeAdmin)).toBe(false);
    if (!isRecord(record, RecordType.SharePointFileOperation)) throw new Error('not narrowed');
    expectTypeOf(record).toExtend<SharePointFileOperationRecord>();
    expect(record.SourceFileName).toBe('a.docx');
    expect(
      isRecord({ ...record, RecordType: '6' as unknown as number }, RecordType.SharePointFileOperation),
    ).toBe(true);
  });
});

describe('match', () => {
  const describeRecord = (given: AuditRecord): string =>
    match(given, {
      SharePointFileOperation: ({ SourceFileName }) => `file ${SourceFileName}`,
      ExchangeAdmin: ({ OriginatingServer }) => `server ${OriginatingServer}`,
      _: ({ RecordType: type }) => `other ${type}`,
    });

  it('calls the function of the type, and _ for all others', () => {
    expect(describeRecord(record)).toBe('file a.docx');
    expect(describeRecord({ ...record, RecordType: RecordType.Discovery })).toBe('other 24');
    expect(describeRecord({ ...record, RecordType: 99_999 })).toBe('other 99999');
  });
});

describe('fields that records contradict the documents in', () => {
  it('are typed as what was documented or seen', () => {
    expectTypeOf<number>().toExtend<MicrosoftFormsRecord['FormType']>();
    expectTypeOf<number>().toExtend<MicrosoftFormsRecord['FormsUserType']>();
    expectTypeOf<string>().toExtend<ThreatIntelligenceRecord['Policy']>();
    expectTypeOf<string[]>().toExtend<ThreatIntelligenceRecord['ThreatsAndDetectionTech']>();
    expectTypeOf<string[]>().toExtend<MicrosoftTeamsRecord['MessageURLs']>();
    expectTypeOf<MicrosoftTeamsRecord['MessageURLs']>().not.toExtend<string | undefined>();
  });
});
