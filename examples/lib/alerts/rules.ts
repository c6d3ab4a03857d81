import { isRecord, pairsToObject, parseClientIp } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';
import type { Rule } from './engine.js';

const minute = 60_000;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const domainOf = (address: string): string => address.split('@').at(-1)?.toLowerCase() ?? '';
const addresses = (value: unknown): string[] =>
  text(value)
    .replace(/^smtp:/i, '')
    .split(/[;,\s]+/)
    .filter((one) => one.includes('@'));

/** One address tries many accounts. */
export const passwordSpray: Rule = {
  name: 'password-spray',
  threshold: 10,
  windowInMs: 60 * minute,
  match(record) {
    if (!isRecord(record, 'AzureActiveDirectoryStsLogon') || record.Operation !== 'UserLoginFailed')
      return undefined;
    const ip = parseClientIp(record.ClientIP)?.address;
    return ip ? { key: ip, distinct: text(record.UserId).toLowerCase() } : undefined;
  },
};

/** One user downloads many different files. */
export const massDownload: Rule = {
  name: 'mass-download',
  threshold: 50,
  windowInMs: 30 * minute,
  match(record) {
    if (!/^File(Sync)?Downloaded/.test(record.Operation)) return undefined;
    return { key: text(record.UserId).toLowerCase(), distinct: text(record.ObjectId) };
  },
};

const forwarding = [
  'ForwardTo',
  'ForwardAsAttachmentTo',
  'RedirectTo',
  'ForwardingSmtpAddress',
  'ForwardingAddress',
];

/** An inbox rule or a mailbox setting that sends mail out of the user's own domain. */
export const forwardingRule: Rule = {
  name: 'forwarding-rule',
  threshold: 1,
  windowInMs: 60 * minute,
  match(record) {
    if (!/^((New|Set)-InboxRule|Set-Mailbox)$/.test(record.Operation)) return undefined;
    const parameters = pairsToObject(record['Parameters']);
    const home = domainOf(text(record.UserId));
    const targets = forwarding.flatMap((name) => addresses(parameters[name]));
    return targets.some((one) => domainOf(one) !== home) ? { key: text(record.ObjectId) } : undefined;
  },
};

/** An application is consented to for everyone. */
export const adminConsent: Rule = {
  name: 'admin-consent',
  threshold: 1,
  windowInMs: 60 * minute,
  match(record) {
    if (!/^Consent to application\.?$/.test(record.Operation)) return undefined;
    const changes = Array.isArray(record['ModifiedProperties']) ? record['ModifiedProperties'] : [];
    const forAll = (changes as { Name?: unknown; NewValue?: unknown }[]).some(
      ({ Name, NewValue }) => Name === 'ConsentContext.IsAdminConsent' && /true/i.test(text(NewValue)),
    );
    return forAll ? { key: text(record.ObjectId) } : undefined;
  },
};

/** A file is opened to somebody outside, or to anybody who has the link. */
export const externalSharing: Rule = {
  name: 'external-sharing',
  threshold: 1,
  windowInMs: 60 * minute,
  match(record) {
    const shared = /^(AddedToSecureLink|SharingInvitationCreated|SharingSet)$/.test(record.Operation);
    const outside =
      record['TargetUserOrGroupType'] === 'Guest' || record.Operation === 'AnonymousLinkCreated';
    return outside && (shared || record.Operation === 'AnonymousLinkCreated')
      ? { key: text(record.ObjectId) }
      : undefined;
  },
};

interface DlpRule {
  Severity?: unknown;
  ConditionsMatched?: { SensitiveInformation?: { Count?: unknown }[] };
}

/** A DLP rule of high severity, or one that has found much. Looks at counts, never at what was found. */
export const dlpHit: Rule = {
  name: 'dlp-hit',
  threshold: 1,
  windowInMs: 60 * minute,
  match(record) {
    if (record.Operation !== 'DlpRuleMatch') return undefined;
    const severe = dlpRules(record).some(
      ({ Severity, ConditionsMatched }) =>
        Severity === 'High' ||
        (ConditionsMatched?.SensitiveInformation ?? []).some(({ Count }) => Number(Count) >= 10),
    );
    return severe ? { key: text(record['IncidentId']) || record.Id } : undefined;
  },
};

function dlpRules(record: AuditRecord): DlpRule[] {
  const details = Array.isArray(record['PolicyDetails']) ? record['PolicyDetails'] : [];
  return (details as { Rules?: DlpRule[] }[]).flatMap(({ Rules }) => Rules ?? []);
}

export const alertRules: readonly Rule[] = [
  passwordSpray,
  massDownload,
  forwardingRule,
  adminConsent,
  externalSharing,
  dlpHit,
];
