import { admin, people } from '../people.js';
import type { Built, Draft, GeneratedRecord, Person } from '../shapes.js';
import { directoryChange, stsLogon } from '../builders/entra.js';
import { exchangeAdmin } from '../builders/exchange.js';
import { fileOperation, sharing } from '../builders/sharepoint.js';
import { dlpRuleMatch } from '../builders/dlp.js';
import { makeRecord } from '../generate.js';

import type { Plots } from './plot.js';
import { attackerIp } from './stage.js';
import type { Stage } from './stage.js';

const guestIp = '203.0.113.9';

type Make = (recordType: number, atMinute: number, user: Person) => Draft;

function tools(stage: Stage): { make: Make; domain: string } {
  return { make: (recordType, atMinute, user) => stage.draft(atMinute, recordType, user), domain: stage.domain };
}

/** How a guest's account is named in the tenant that invited them. */
function guestOf(address: string, domain: string): Pick<Built, 'userId' | 'userType' | 'clientIp'> {
  return { userId: `${address.replace('@', '_')}#ext#@${domain}`, userType: 0, clientIp: guestIp };
}

export type ClassicScenarioName =
  | 'external-sharing'
  | 'password-spray'
  | 'mass-download'
  | 'forwarding-rule'
  | 'admin-consent'
  | 'dlp-hit';

/** The plots of the seeded week: rows 1 and 4, 8, 15, 18, 20 and 21. */
export const classicPlots: Plots<ClassicScenarioName> = {
  // Two files of two libraries for guests of another company, both accepted, one opened later; one for a colleague.
  'external-sharing': (stage) => {
    const { make, domain } = tools(stage);
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
  'password-spray': (stage) => {
    const { make } = tools(stage);
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
  'mass-download': (stage) => {
    const { make } = tools(stage);
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
  'forwarding-rule': (stage) => {
    const { make, domain } = tools(stage);
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
  'admin-consent': (stage) => {
    const { make } = tools(stage);
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
  'dlp-hit': (stage) => {
    const { make } = tools(stage);
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
