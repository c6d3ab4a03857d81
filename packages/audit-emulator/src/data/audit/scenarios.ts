import { createRandom } from '../random.js';
import { contoso } from '../contoso.js';
import { admin, people } from './people.js';
import type { Built, Draft, GeneratedRecord, Person } from './shapes.js';
import { directoryChange, stsLogon } from './entra.js';
import { exchangeAdmin } from './exchange.js';
import { fileOperation, sharing } from './sharepoint.js';
import { dlpRuleMatch } from './dlp.js';
import { makeRecord } from './generate.js';

export const auditScenarioNames = [
  'external-sharing',
  'password-spray',
  'mass-download',
  'forwarding-rule',
  'admin-consent',
  'dlp-hit',
] as const;
export type AuditScenarioName = (typeof auditScenarioNames)[number];

/** Something an alert rule must find, and its innocent twin, which the rule must leave. */
export interface AuditScenario {
  readonly name: AuditScenarioName;
  readonly hit: readonly GeneratedRecord[];
  readonly nearMiss: readonly GeneratedRecord[];
}

const minute = 60_000;
const attackerIp = '203.0.113.66';
const guestIp = '203.0.113.9';

/** How a guest's account is named in the tenant that invited them. */
function guestOf(address: string, domain: string): Pick<Built, 'userId' | 'userType' | 'clientIp'> {
  return { userId: `${address.replace('@', '_')}#ext#@${domain}`, userType: 0, clientIp: guestIp };
}

type Make = (recordType: number, atMinute: number, user: Person) => Draft;

const plots: Readonly<
  Record<
    AuditScenarioName,
    (make: Make, domain: string) => { hit: GeneratedRecord[]; nearMiss: GeneratedRecord[] }
  >
> = {
  // Two files of two libraries for guests of another company, both accepted, one opened later; one for a colleague.
  'external-sharing': (make, domain) => {
    const salaries = { document: 'Salaries — confidential.xlsx', site: 'hr' };
    const minutes = { document: 'Minutes of the board.docx', site: 'hr', library: 'Board Papers' };
    type File = typeof salaries;
    const share = (at: number, file: File, target: string, guest: boolean): GeneratedRecord => {
      const draft = make(14, at, people[6] as Person);
      return makeRecord(draft, sharing(draft, { ...file, operation: 'AddedToSecureLink', target, guest }));
    };
    const accept = (at: number, file: File, target: string): GeneratedRecord => {
      const draft = make(14, at, people[6] as Person);
      const built = sharing(draft, { ...file, operation: 'SharingInvitationAccepted', target, guest: true });
      return makeRecord(draft, { ...built, ...guestOf(target, domain) });
    };
    const open = (at: number, file: File, user: Person, who = {}): GeneratedRecord => {
      const draft = make(6, at, user);
      const built = fileOperation(draft, { ...file, operation: 'FileAccessed', oneDrive: false });
      return makeRecord(draft, { ...built, ...who });
    };
    const [kai, lou] = ['kai@fabrikam.example', 'lou@fabrikam.example'];
    const colleague = people[8] as Person;
    return {
      hit: [
        share(0, salaries, kai, true),
        accept(4, salaries, kai),
        share(5, minutes, lou, true),
        accept(9, minutes, lou),
        open(50, salaries, people[6] as Person, guestOf(kai, domain)),
      ],
      nearMiss: [
        share(30, salaries, `${colleague.alias}@${domain}`, false),
        open(35, salaries, colleague),
      ],
    };
  },
  // One address tries every account once and gets into one; one person mistypes six times at the own desk.
  'password-spray': (make) => {
    const logon = (at: number, user: Person, failed: boolean, ip: string): GeneratedRecord => {
      const draft = make(15, at, user);
      return makeRecord(draft, stsLogon(draft, { failed, ip }));
    };
    const victim = people[9] as Person;
    const forgetful = people[3] as Person;
    return {
      hit: [
        ...people.map((user, i) => logon(i * 0.5, user, true, attackerIp)),
        logon(11, victim, false, attackerIp),
      ],
      nearMiss: [
        ...Array.from({ length: 6 }, (_, i) => logon(i, forgetful, true, forgetful.ip)),
        logon(7, forgetful, false, forgetful.ip),
      ],
    };
  },
  // Sixty downloads in ten minutes; the same number over ten hours.
  'mass-download': (make) => {
    const download = (at: number, i: number, user: Person): GeneratedRecord => {
      const draft = make(6, at, user);
      const document = `design ${String(i).padStart(3, '0')}.pdf`;
      return makeRecord(
        draft,
        fileOperation(draft, { operation: 'FileDownloaded', site: 'engineering', oneDrive: false, document }),
      );
    };
    return {
      hit: Array.from({ length: 60 }, (_, i) => download(i / 6, i, people[14] as Person)),
      nearMiss: Array.from({ length: 60 }, (_, i) => download(i * 10, i, people[5] as Person)),
    };
  },
  // Mail forwarded out of the house; mail moved to a folder.
  'forwarding-rule': (make, domain) => {
    const rule = (user: Person, parameters: Record<string, string>): GeneratedRecord => {
      const draft = make(1, 0, user);
      const objectId = `${domain}/Users/${user.alias}\\${parameters['Name'] ?? ''}`;
      return makeRecord(draft, exchangeAdmin(draft, { operation: 'New-InboxRule', parameters, objectId }));
    };
    return {
      hit: [
        rule(people[16] as Person, {
          Name: '.',
          ForwardTo: 'collector@fabrikam.example',
          DeleteMessage: 'True',
        }),
      ],
      nearMiss: [rule(people[17] as Person, { Name: 'News', From: `news@${domain}`, MoveToFolder: 'News' })],
    };
  },
  // An application consented to for everyone; a person consenting for themselves.
  'admin-consent': (make) => {
    const consent = (user: Person, everyone: boolean): GeneratedRecord => {
      const draft = make(8, 0, user);
      const scope = everyone ? 'Mail.ReadWrite offline_access' : 'User.Read';
      const built = directoryChange(draft, {
        operation: 'Consent to application.',
        target: '0b1ec700-0000-4000-8000-00000000a44b',
        modified: [
          ['ConsentContext.IsAdminConsent', '', everyone ? 'True' : 'False'],
          ['ConsentContext.OnBehalfOfAll', '', everyone ? 'True' : 'False'],
          [
            'ConsentAction.Permissions',
            '[]',
            `[] => [[Scope: ${scope}, ConsentType: ${everyone ? 'AllPrincipals' : 'Principal'}]]`,
          ],
        ],
      });
      return makeRecord(draft, built);
    };
    return { hit: [consent(admin, true)], nearMiss: [consent(people[11] as Person, false)] };
  },
  // Twelve card numbers, severity high; one, severity low.
  'dlp-hit': (make) => {
    const match = (user: Person, count: number, severity: string): GeneratedRecord => {
      const draft = make(13, 0, user);
      return makeRecord(draft, dlpRuleMatch(draft, { policy: 'Card numbers', count, severity }));
    };
    return {
      hit: [match(people[7] as Person, 12, 'High')],
      nearMiss: [match(people[8] as Person, 1, 'Low')],
    };
  },
};

/** Builds a scenario whose first event happens at `at` (milliseconds since the epoch). */
export function auditScenario(
  name: AuditScenarioName,
  options: { at: number; seed?: string; tenantId?: string; domain?: string },
): AuditScenario {
  const { at, seed = 'contoso', tenantId = contoso.tenantId, domain = contoso.domain } = options;
  const random = createRandom(`${seed}/audit-scenario/${name}/${at}`);
  const make: Make = (recordType, atMinute, user) => ({
    random,
    at: Math.floor((at + atMinute * minute) / 1000) * 1000,
    recordType,
    tenantId,
    domain,
    user,
  });
  return { name, ...plots[name](make, domain) };
}
