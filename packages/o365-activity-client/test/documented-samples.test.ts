import { collect } from '@repo/test-kit';
import { documentedRecords, generateAuditRecords } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { isRecord, recordTypeName } from '../src/records.js';
import type { AuditRecord, RecordTypeName } from '../src/records.js';
import { world } from './helpers.js';

/** What the records printed in Microsoft's documents are, by the documents' own words. */
const names: readonly RecordTypeName[] = [
  'AipDiscover',
  'AipSensitivityLabelAction',
  'AipFileDeleted',
  'AipHeartBeat',
  'OMEPortal',
  'AzureActiveDirectoryAccountLogon',
  'AzureActiveDirectory',
];

describe('the records printed in the documents', () => {
  it('are recognised by name', () => {
    expect(documentedRecords).toHaveLength(10);
    const seen = new Set<string>();
    for (const { text } of documentedRecords) {
      const record = JSON.parse(text) as AuditRecord;
      const name = recordTypeName(record.RecordType);
      expect(name, String(record.RecordType)).toBeDefined();
      if (name) {
        seen.add(name);
        expect(isRecord(record, name)).toBe(true);
      }
    }
    for (const name of names) expect([...seen]).toContain(name);
  });

  it('pass through byte for byte', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(['Audit.General']);
    const texts = documentedRecords.map(({ text }) => text);
    const { contentId, created, expires } = emulator.state.managementActivity.publish('Audit.General', texts);
    const blob = {
      contentType: 'Audit.General',
      contentId,
      contentUri: `https://manage.office.com/api/v1.0/5c0a7050-0365-4e11-8a0d-c0de0000c050/activity/feed/audit/${contentId}`,
      contentCreated: new Date(created).toISOString(),
      contentExpiration: new Date(expires).toISOString(),
    };
    const raw = await collect(client.content.streamRaw(blob));
    expect(raw.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(texts);
    expect(raw.map(({ id }) => id)).toEqual(texts.map((text) => (JSON.parse(text) as { Id: string }).Id));
  });
});

it('narrows to what the documents show by sample only', () => {
  const records = documentedRecords.map(({ text }) => JSON.parse(text) as AuditRecord);
  const discovered = records.find((record) => isRecord(record, 'AipDiscover'));
  if (!discovered || !isRecord(discovered, 'AipDiscover')) throw new Error('no sample');
  const owner: string | undefined = discovered.ProtectionEventData?.ProtectionOwner;
  expect(owner).toMatch(/@/);
  expect(discovered.Common?.ApplicationName).toMatch(/Information Protection/);
  const mail = records.find((record) => isRecord(record, 'OMEPortal'));
  if (!mail || !isRecord(mail, 'OMEPortal')) throw new Error('no sample');
  expect(mail.OperationProperties?.[0]?.Name).toBe('MailSubject');
});

it('a record type that nobody has seen has no name, and passes through like any other', () => {
  const types = new Map<number, string | undefined>();
  for (const { text } of generateAuditRecords({ seed: 'names', count: 3000, from: 0, to: 1e12 })) {
    const { RecordType } = JSON.parse(text) as AuditRecord;
    types.set(RecordType, recordTypeName(RecordType));
  }
  const unnamed = [...types].filter(([, name]) => name === undefined);
  expect(types.size).toBeGreaterThan(300);
  expect(unnamed.length).toBeGreaterThan(0);
  expect(unnamed.length).toBeLessThan(10);
});
