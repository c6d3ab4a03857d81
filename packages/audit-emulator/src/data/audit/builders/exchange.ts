import { pairs, quickGuid } from '../shapes.js';
import type { Built, Draft, Fields } from '../shapes.js';
import { people } from '../people.js';

const clients = [
  'Client=OWA;Action=ViaProxy',
  'Client=MSExchangeRPC',
  'Client=REST;Client=RESTSystem;;',
  'Client=POP3/IMAP4;Protocol=IMAP4',
  'Client=Microsoft.Exchange.ActiveSync; Client=Outlook-iOS/2.0;',
];

/** RecordType 1, ExchangeAdmin: a cmdlet and its parameters. */
export function exchangeAdmin(
  draft: Draft,
  forced: { operation?: string; parameters?: Record<string, string>; objectId?: string } = {},
): Built {
  const { random, user, domain } = draft;
  const operation =
    forced.operation ?? random.pick(['Set-Mailbox', 'Add-MailboxPermission', 'New-TransportRule']);
  const target = random.pick(people);
  return {
    operation,
    workload: 'Exchange',
    resultStatus: 'True',
    objectId: forced.objectId ?? target.alias,
    userType: 2,
    clientIp: `${user.ip}:${49152 + random.int(16000)}`,
    fields: {
      ModifiedObjectResolvedName: target.displayName,
      Parameters: pairs(forced.parameters ?? { Identity: `${target.alias}@${domain}`, AuditEnabled: 'True' }),
      ModifiedProperties: [],
      ExternalAccess: false,
      OriginatingServer: 'VI1PR04MB0000 (15.20.8158.023)',
      OrganizationName: domain,
      SessionId: quickGuid(random),
      AppAccessContext: { IssuedAtTime: '1601-01-01T00:00:00', UniqueTokenId: '' },
    },
  };
}

function mailbox(draft: Draft): Fields {
  const { random, user, domain } = draft;
  return {
    LogonType: 0,
    InternalLogonType: 0,
    MailboxGuid: user.objectId.replace('0b1ec700', '0a1b0700'),
    MailboxOwnerUPN: `${user.alias}@${domain}`,
    MailboxOwnerSid: 'S-1-5-21-2020202020-303030303-404040404-1105',
    LogonUserSid: 'S-1-5-21-2020202020-303030303-404040404-1105',
    ExternalAccess: false,
    OriginatingServer: 'VI1PR04MB0000 (15.20.8158.023)\r\n',
    OrganizationName: domain,
    ClientInfoString: random.pick(clients),
    ClientIPAddress: user.ip,
    SessionId: quickGuid(random),
    ClientAppId: '00000002-0000-0ff1-ce00-000000000000',
  };
}

const subjects = ['Re: Angebot', 'Fwd: Q3 numbers', '会議の件', 'Urgent: payment', 'Lunch? 🥗', ''];

function mailItem(draft: Draft): Fields {
  const { random } = draft;
  return {
    Id: `RgAAAAD${quickGuid(random).replaceAll('-', '')}BwAAAA==`,
    InternetMessageId: `<${quickGuid(random)}@${draft.domain}>`,
    Subject: random.pick(subjects),
    ParentFolder: { Id: 'LgAAAAB0AAAB', Path: '\\Inbox' },
    SizeInBytes: 2048 + random.int(200_000),
    ...(random.int(2) === 0 && { Attachments: 'invoice.pdf (8192b); scan 01.docx (73728b)' }),
  };
}

/** RecordType 2, ExchangeItem. */
export function exchangeItem(draft: Draft): Built {
  return {
    operation: draft.random.pick(['Create', 'Update', 'Send', 'SendAs']),
    workload: 'Exchange',
    resultStatus: 'Succeeded',
    fields: { ...mailbox(draft), Item: mailItem(draft), SaveToSentItems: true },
  };
}

/** RecordType 3, ExchangeItemGroup. */
export function exchangeItemGroup(draft: Draft): Built {
  const items = Array.from({ length: 1 + draft.random.int(3) }, () => mailItem(draft));
  return {
    operation: draft.random.pick(['MoveToDeletedItems', 'SoftDelete', 'HardDelete', 'Move']),
    workload: 'Exchange',
    resultStatus: draft.random.pick(['Succeeded', 'PartiallySucceeded']),
    fields: {
      ...mailbox(draft),
      AffectedItems: items,
      CrossMailboxOperation: false,
      Folder: { Id: 'LgAAAAB0AAAB', Path: '\\Inbox' },
      DestFolder: { Id: 'LgAAAAB0AAAC', Path: '\\Deleted Items' },
    },
  };
}

/** RecordType 50, ExchangeItemAggregated. */
export function mailItemsAccessed(draft: Draft): Built {
  const items = Array.from({ length: 1 + draft.random.int(4) }, () => ({
    InternetMessageId: `<${quickGuid(draft.random)}@${draft.domain}>`,
    SizeInBytes: draft.random.int(90_000),
  }));
  return {
    operation: 'MailItemsAccessed',
    workload: 'Exchange',
    resultStatus: 'Succeeded',
    fields: {
      ...mailbox(draft),
      OperationProperties: pairs({ MailAccessType: 'Bind', IsThrottled: 'False' }),
      Folders: [{ Id: 'LgAAAAB0AAAB', Path: '\\Inbox', FolderItems: items }],
      OperationCount: items.length,
    },
  };
}
