import { pairs } from '../shapes.js';
import type { Fields, GeneratedRecord, Person } from '../shapes.js';
import type { Plots } from './plot.js';
import { attackerIp } from './stage.js';
import type { Stage } from './stage.js';

const drop = 'drop@fabrikam.example';

/** A rule as Outlook stores it: an item of the mailbox, not a cmdlet. */
function outlookRule(operation: string, actions: object[], condition: string): Fields {
  return {
    OperationProperties: pairs({
      RuleOperation: operation,
      RuleName: 'r',
      RuleActions: JSON.stringify(actions),
      RuleCondition: condition,
    }),
  };
}

/** Every theft of mail begins the same way: somebody signs in from an address nobody has used before. */
function breakIn(stage: Stage, victim: Person): GeneratedRecord {
  return stage.signIn(0, victim, { ip: attackerIp });
}

export type MailScenarioName =
  | 'outlook-rule-external'
  | 'mailbox-forwarding'
  | 'hidden-inbox-rule'
  | 'transport-rule'
  | 'mailbox-delegation'
  | 'audit-disabled'
  | 'protection-removed';

/** Rules of forwarding, hiding and delegation: rows 2 to 6 of the starter pack, and auditing of mailboxes. */
export const mailPlots: Plots<MailScenarioName> = {
  // Outlook sends everything on; another person removes such a rule.
  'outlook-rule-external': (stage) => {
    const victim = stage.person(2);
    const forward = [{ ActionType: 'Forward', Recipients: [drop], ForwardFlags: 'None' }];
    return {
      hit: [
        breakIn(stage, victim),
        stage.mailbox(3, victim, 'UpdateInboxRules', outlookRule('AddMailboxRule', forward, '(Exists)'), attackerIp),
        stage.mailbox(9, victim, 'Send', {}, attackerIp),
      ],
      nearMiss: [
        stage.mailbox(20, stage.person(4), 'UpdateInboxRules', outlookRule('RemoveMailboxRule', forward, '(Exists)')),
      ],
    };
  },
  // An administrator's account forwards a whole mailbox; another forwarding is taken away.
  'mailbox-forwarding': (stage) => {
    const victim = stage.person(5);
    const forward = { Identity: victim.alias, ForwardingSmtpAddress: `smtp:${drop}`, DeliverToMailboxAndForward: 'True' };
    return {
      hit: [
        breakIn(stage, stage.person(1)),
        stage.cmdlet(4, stage.person(1), 'Set-Mailbox', forward, { clientIp: `${attackerIp}:51233` }),
      ],
      nearMiss: [
        stage.cmdlet(25, stage.person(1), 'Set-Mailbox', { Identity: stage.person(7).alias, ForwardingSmtpAddress: '' }),
        stage.cmdlet(26, stage.person(1), 'Set-Mailbox', {
          Identity: stage.person(8).alias,
          ForwardingSmtpAddress: `smtp:${stage.address(stage.person(9))}`,
        }),
      ],
    };
  },
  // Replies to an invoice disappear in a folder nobody opens; a newsletter goes to its own folder.
  'hidden-inbox-rule': (stage) => {
    const victim = stage.person(3);
    const hide = { Name: '..', SubjectOrBodyContainsWords: 'invoice;payment;wire', MoveToFolder: 'RSS Subscriptions', MarkAsRead: 'True' };
    return {
      hit: [
        breakIn(stage, victim),
        stage.mailbox(2, victim, 'Send', {}, attackerIp),
        stage.cmdlet(3, victim, 'New-InboxRule', hide, { clientIp: `${attackerIp}:50112` }),
      ],
      nearMiss: [
        stage.cmdlet(30, stage.person(6), 'New-InboxRule', { Name: 'News', From: `news@${stage.domain}`, MoveToFolder: 'News' }),
      ],
    };
  },
  // All mail of the tenant is copied outside; a copy for the legal department stays inside.
  'transport-rule': (stage) => ({
    hit: [
      breakIn(stage, stage.person(1)),
      stage.cmdlet(5, stage.person(1), 'New-TransportRule', { Name: 'Disclaimer', BlindCopyTo: drop }),
    ],
    nearMiss: [
      stage.cmdlet(40, stage.person(1), 'New-TransportRule', { Name: 'Legal hold', CopyTo: `legal@${stage.domain}` }),
    ],
  }),
  // A mailbox is opened to another account, and read by it; the owner's own entry is no delegation.
  'mailbox-delegation': (stage) => {
    const [owner, reader] = [stage.person(10), stage.person(11)];
    const give = (user: string): Record<string, string> => ({
      Identity: stage.address(owner),
      User: user,
      AccessRights: 'FullAccess',
      InheritanceType: 'All',
    });
    return {
      hit: [
        stage.cmdlet(0, stage.person(1), 'Add-MailboxPermission', give(stage.address(reader))),
        stage.mailbox(12, reader, 'FolderBind', { LogonType: 2, MailboxOwnerUPN: stage.address(owner) }),
      ],
      nearMiss: [stage.cmdlet(30, stage.person(1), 'Add-MailboxPermission', give('NT AUTHORITY\\SELF'))],
    };
  },
  // Auditing of a mailbox, then of the tenant, is switched off; it is switched on elsewhere.
  'audit-disabled': (stage) => ({
    hit: [
      breakIn(stage, stage.person(1)),
      stage.cmdlet(2, stage.person(1), 'Set-Mailbox', { Identity: stage.person(5).alias, AuditEnabled: 'False' }),
      stage.cmdlet(4, stage.person(1), 'Set-AdminAuditLogConfig', { UnifiedAuditLogIngestionEnabled: 'False' }),
    ],
    nearMiss: [
      stage.cmdlet(40, stage.person(1), 'Set-AdminAuditLogConfig', { UnifiedAuditLogIngestionEnabled: 'True' }),
    ],
  }),
  // Protection against phishing goes, then signatures; a policy is renamed.
  'protection-removed': (stage) => ({
    hit: [
      stage.cmdlet(0, stage.person(1), 'Disable-AntiPhishRule', { Identity: 'Executives' }),
      stage.cmdlet(1, stage.person(1), 'Set-DkimSigningConfig', { Identity: stage.domain, Enabled: 'False' }),
    ],
    nearMiss: [
      stage.cmdlet(30, stage.person(1), 'Set-AntiPhishPolicy', { Identity: 'Executives', AdminDisplayName: 'Board' }),
      stage.cmdlet(31, stage.person(1), 'Set-DkimSigningConfig', { Identity: stage.domain, Enabled: 'True' }),
    ],
  }),
};
