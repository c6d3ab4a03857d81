import { createEmulator, generateAuditRecords } from 'audit-emulator';
import { entraCredential } from 'o365-activity-client';
import type { AuditRecord } from 'o365-activity-client/records';
import { describe, expect, it } from 'vitest';
import { attachmentNames, clientName, createClientReport } from '../lib/client-report.js';
import { messageFinder } from '../lib/graph-messages.js';

describe('the report', () => {
  it('counts every record of a mail client once, by hour, client and user', () => {
    const to = Date.UTC(2026, 10, 20, 12);
    const records = [...generateAuditRecords({ seed: 'mail', count: 3000, from: to - 86_400_000, to })].map(
      ({ text }) => JSON.parse(text) as AuditRecord,
    );
    const mail = records.filter(
      (one) => one.Workload === 'Exchange' && one['ClientInfoString'] !== undefined,
    );
    const report = createClientReport();
    for (const record of records) report.add(record);
    const { uses, deleted, records: counted } = report.result();
    expect(mail.length).toBeGreaterThan(50);
    expect(counted).toBe(mail.length);
    const sum = uses.flatMap(({ operations }) => Object.values(operations)).reduce((a, b) => a + b, 0);
    expect(sum).toBe(mail.length);
    const moved = mail
      .filter((one) => one.Operation === 'MoveToDeletedItems')
      .flatMap((one) => one['AffectedItems'] as unknown[]);
    expect(moved.length).toBeGreaterThan(0);
    expect(deleted).toHaveLength(moved.length);
    expect(new Set(deleted.flatMap(({ attachments }) => attachments))).toEqual(
      new Set(['invoice.pdf', 'scan 01.docx']),
    );
  });

  it.each([
    ['Client=OWA;Action=ViaProxy', 'OWA'],
    ['Client=REST;Client=RESTSystem;;', 'RESTSystem'],
    ['Client=Microsoft.Exchange.ActiveSync; Client=Outlook-iOS/2.0;', 'Outlook-iOS/2.0'],
    ['something else', 'something else'],
    ['', '(not given)'],
  ])('calls %s %s', (info, name) => expect(clientName(info)).toBe(name));

  it('reads attachment names', () => {
    expect(attachmentNames('a (1).pdf (8192b); b.docx (1b)')).toEqual(['a (1).pdf', 'b.docx']);
    expect(attachmentNames(undefined)).toEqual([]);
  });
});

describe('looking messages up', () => {
  const emulator = createEmulator();
  const env = emulator.env('https://login.microsoftonline.com');
  const find = messageFinder({
    endpoint: 'https://graph.microsoft.com',
    credential: entraCredential({
      tenantId: env['AUDIT_TENANT_ID'] ?? '',
      clientId: env['AUDIT_CLIENT_ID'] ?? '',
      clientSecret: env['AUDIT_CLIENT_SECRET'] ?? '',
      fetch: emulator.fetch,
      clock: emulator.clock,
    }),
    fetch: emulator.fetch,
  });
  const adele = 'adele.vance@contoso.example';

  it('finds one in the mailbox, and one that only the recoverable items still hold', async () => {
    await expect(find(adele, '<message-0@contoso.example>')).resolves.toMatchObject({
      place: 'mailbox',
      from: 'billing@fabrikam.example',
    });
    await expect(find(adele, '<message-0-deleted@contoso.example>')).resolves.toMatchObject({
      place: 'recoverable items',
    });
  });

  it('says which is unknown: the message or the mailbox', async () => {
    await expect(find(adele, "<it's-gone@contoso.example>")).resolves.toBe('not found');
    await expect(find('nobody@contoso.example', '<a@b>')).resolves.toBe('no such mailbox');
  });

  it('names a mailbox it may not read', async () => {
    emulator.faults.add({ service: 'graph', times: 1, effect: { status: 403, body: '{}' } });
    await expect(find(adele, '<message-0@contoso.example>')).resolves.toBe('no access to this mailbox');
  });
});
