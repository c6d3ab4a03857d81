import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  RecordType,
  UserType,
  isRecord,
  nestedJson,
  pairsToObject,
  parseClientIp,
  pseudonymize,
  recordTypeName,
  redactSecrets,
  userIdKind,
  utcTime,
} from '../src/records.js';
import type { AuditRecord } from '../src/records.js';

const record: AuditRecord = {
  Id: '1',
  RecordType: 6,
  CreationTime: '2026-05-20T10:00:00',
  Operation: 'FileDownloaded',
  OrganizationId: 'x',
  UserType: 0,
  SourceFileName: 'a.docx',
};

describe('record types', () => {
  it('are the numbers of the metadata, also where the schema page was renumbered', () => {
    expect(RecordType).toMatchObject({
      ExchangeAdmin: 1,
      CrossTenantAccessPolicy: 370,
      UniversalPrintPrintJob: 375,
      SentinelKQLOnLake: 379,
      CopilotInteraction: 261,
    });
    expect(Object.keys(RecordType)).toHaveLength(473);
    expect(UserType.DcAdmin).toBe(3);
  });

  it('lead to every documented schema of records', () => {
    const source = readFileSync(new URL('../src/record-types/schemas.generated.ts', import.meta.url), 'utf8');
    const schemas = [...source.matchAll(/^export interface (\w+Record) extends/gm)].map(([, name]) => name);
    const map = /interface RecordSchemas \{\n(.*?)\n\}/s.exec(source)?.[1] ?? '';
    const reached = new Set([...map.matchAll(/: (\w+);/g)].map(([, name]) => name));
    expect(reached.size).toBe(90);
    // What others extend, and one of which the documents do not say whose it is.
    expect(schemas.filter((name) => !reached.has(name))).toEqual([
      'SharePointBaseRecord',
      'ExchangeMailboxRecord',
      'AzureActiveDirectoryBaseRecord',
      'DataCenterSecurityBaseRecord',
      'Dynamics365BaseRecord',
      'ComplianceManagerRecord',
    ]);
  });

  it('have names, or none when they are new', () => {
    expect(recordTypeName(15)).toBe('AzureActiveDirectoryStsLogon');
    expect(recordTypeName('15')).toBe('AzureActiveDirectoryStsLogon');
    for (const value of [99_999, -1, 367, undefined, 'x']) expect(recordTypeName(value)).toBeUndefined();
  });

  it('narrow a record to its schema', () => {
    expect(isRecord(record, 'ExchangeAdmin')).toBe(false);
    if (!isRecord(record, 'SharePointFileOperation')) throw new Error('not narrowed');
    const name: string | undefined = record.SourceFileName;
    expect(name).toBe('a.docx');
  });
});

describe('normalisers', () => {
  it.each([
    ['2026-05-20T10:00:00', '2026-05-20T10:00:00.000Z'],
    ['2026-05-20T10:00:00Z', '2026-05-20T10:00:00.000Z'],
    ['2026-05-20T10:00:00.1234567', '2026-05-20T10:00:00.123Z'],
    ['2026-05-20T12:00:00+02:00', '2026-05-20T10:00:00.000Z'],
    ['no time', undefined],
    [undefined, undefined],
  ])('time %s', (text, expected) => expect(utcTime(text)).toBe(expected));

  it.each([
    ['1.2.3.4', { address: '1.2.3.4', kind: 'ipv4' }],
    ['1.2.3.4:8085', { address: '1.2.3.4', port: 8085, kind: 'ipv4' }],
    ['[::ffff:10.11.12.13]:12345', { address: '10.11.12.13', port: 12345, kind: 'ipv4' }],
    ['[2001:db8::abcd]', { address: '2001:db8::abcd', kind: 'ipv6' }],
    ['[2001:DB8::1]:443', { address: '2001:db8::1', port: 443, kind: 'ipv6' }],
    ['::1', { address: '::1', kind: 'ipv6' }],
    ['ffff:192.0.2.44', { address: '192.0.2.44', kind: 'ipv4' }],
    ['::ffff:192.0.2.44', { address: '192.0.2.44', kind: 'ipv4' }],
    ['fe80::1%eth0', { address: 'fe80::1%eth0', kind: 'ipv6' }],
    ['64:ff9b::192.0.2.33', { address: '64:ff9b::192.0.2.33', kind: 'ipv6' }],
    ['localhost:12345', { address: 'localhost', port: 12345, kind: 'host' }],
    ['mail.contoso.example', { address: 'mail.contoso.example', kind: 'host' }],
    ['<null>', undefined],
    ['10.0.0.1, 10.0.0.2', undefined],
    ['x'.repeat(400), undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('client address %s', (text, expected) => expect(parseClientIp(text)).toEqual(expected));

  it('pairs become an object', () => {
    const pairs = [{ Name: 'a', Value: '1' }, { Key: 'b', Value: '2' }, { Name: 'a', Value: '3' }, 'x'];
    expect(pairsToObject(pairs)).toEqual({ a: ['1', '3'], b: '2' });
    expect(pairsToObject('text')).toEqual({});
    expect(Object.keys(pairsToObject([{ Name: '__proto__', Value: 1 }]))).toEqual(['__proto__']);
  });

  it('JSON inside strings is read, other strings stay', () => {
    expect(nestedJson('{"a":[1]}')).toEqual({ a: [1] });
    for (const value of ['plain', '[broken', 7, undefined]) expect(nestedJson(value)).toBe(value);
  });

  it.each([
    ['ann@contoso.example', 'upn'],
    ['5c0a7050-0365-4e11-8a0d-c0de0000c050', 'guid'],
    ['S-1-5-18', 'system'],
    ['S-1-5-21-1', 'sid'],
    ['NT AUTHORITY\\SYSTEM (Microsoft.Exchange)', 'system'],
    ['ServicePrincipal_5c0a7050', 'service-principal'],
    ['Not Available', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
    ['DlpAgent', 'other'],
  ])('user id %s', (id, kind) => expect(userIdKind(id)).toBe(kind));

  it('redacts keys and what DLP has matched, and leaves the original alone', () => {
    const original = {
      ModifiedProperties: [
        { Name: 'KeyDescription', OldValue: 'old', NewValue: 'new' },
        { Name: 'DisplayName', OldValue: 'a', NewValue: 'b' },
      ],
      SensitiveInformationDetections: { DetectedValues: [{ Name: '4111', Value: 'card 4111', Other: 1 }] },
    };
    const before = structuredClone(original);
    const text = JSON.stringify(redactSecrets(original));
    expect(text).not.toMatch(/4111|"old"|"new"/);
    expect(text).toContain('"NewValue":"b"');
    expect(original).toEqual(before);
  });

  it('secrets are hidden in parameters, and in JSON inside of strings', () => {
    const detections = { SensitiveInformationDetections: { DetectedValues: [{ Name: '4111' }] } };
    const plain = '{ "spaced" : [1, 2] }';
    const original = {
      Parameters: [
        { Name: 'Password', Value: 'hunter2' },
        { Name: 'Identity', Value: 'ada' },
      ],
      Data: JSON.stringify(detections),
      Other: plain,
      ModifiedProperties: [{ Name: 'x', NewValue: '[{"Name":"ClientSecret","Value":"hunter2"}]' }],
    };
    expect(redactSecrets(original)).toEqual({
      Parameters: [
        { Name: 'Password', Value: '[redacted]' },
        { Name: 'Identity', Value: 'ada' },
      ],
      Data: '{"SensitiveInformationDetections":{"DetectedValues":[{"Name":"[redacted]"}]}}',
      Other: plain,
      ModifiedProperties: [{ Name: 'x', NewValue: '[{"Name":"ClientSecret","Value":"[redacted]"}]' }],
    });
  });

  it('secrets are hidden in fields that are named so, and ids, flags and times are not', () => {
    const original = {
      Password: 'hunter2',
      accessToken: 'hunter2',
      ApiKey: 'hunter2',
      PasswordCredentials: [{ secretText: 'hunter2' }],
      ExtendedProperties: [{ Name: 'additional', Value: '{"app":{"client_secret":"hunter2"}}' }],
      Pairs: [{ Key: 'SharedSecret', Value: 'hunter2' }],
      UserKey: '10032001',
      UniqueTokenId: 'kept',
      TokenType: 'kept',
      PasswordChangedTime: 'kept',
      HasPassword: true,
      Secret: '',
    };
    const hidden = redactSecrets(original);
    expect(JSON.stringify(hidden)).not.toContain('hunter2');
    expect(hidden).toMatchObject({
      Password: '[redacted]',
      PasswordCredentials: '[redacted]',
      ExtendedProperties: [{ Name: 'additional', Value: '{"app":{"client_secret":"[redacted]"}}' }],
      UserKey: '10032001',
      UniqueTokenId: 'kept',
      TokenType: 'kept',
      PasswordChangedTime: 'kept',
      HasPassword: true,
      Secret: '',
    });
  });

  it('what is nested deeper than any record is hidden, not followed', () => {
    const deep = `${'['.repeat(5000)}{"Password":"hunter2"}${']'.repeat(5000)}`;
    expect(JSON.stringify(redactSecrets({ Data: deep }))).not.toContain('hunter2');
  });

  it('the same person has the same pseudonym', async () => {
    const key = new TextEncoder().encode('fake-key');
    expect(await pseudonymize('Ann@contoso.example', key)).toBe(
      await pseudonymize('ann@contoso.example', key),
    );
    expect(await pseudonymize('bob@contoso.example', key)).toMatch(/^[0-9a-f]{64}$/);
  });
});
