import type { Random } from '../../random.js';
import type { Stage } from '../scenarios/stage.js';
import { pairs } from '../shapes.js';
import type { GeneratedRecord, Person } from '../shapes.js';

/**
 * What an ordinary week holds for every 1,000 users that looks like an attack and is none. A rule that alerts on one of
 * them is not wrong by itself; one that alerts on many of them cries wolf.
 */
export const lookAlikesPerThousandUsers = {
  /** A role activated for some hours through Privileged Identity Management. */
  roleActivation: 20,
  /** An administrator consents to a wanted application for everybody. */
  adminConsent: 2,
  /** A key of an application is replaced on schedule. */
  keyRotation: 5,
  /** Twelve people behind one office address mistype within an hour, after their passwords have expired. */
  officeSignInFailures: 1,
  /** A person mistypes twelve times, then remembers. */
  forgottenPassword: 3,
  /** A meeting-room device signs in by the legacy password grant. */
  meetingRoomSignIn: 5,
  /** A new device fetches eighty files within twenty minutes. */
  firstSync: 4,
  /** A partner becomes a guest. */
  guestInvitation: 15,
  /** The service desk opens a shared mailbox to its team. */
  sharedMailboxDelegation: 4,
  /** A link for anyone, wanted. */
  anonymousLink: 10,
  /** A policy in test mode reports a match of high severity. */
  testModeDlpMatch: 2,
  /** A person's rule moves newsletters that speak of payment to the archive. */
  newsletterRule: 1,
  /** The service desk removes the second factor of a lost phone. */
  lostPhone: 2,
  /** The legal department exports a search. */
  legalExport: 1,
} as const;

export type LookAlikeName = keyof typeof lookAlikesPerThousandUsers;

type Make = (stage: Stage, user: Person, random: Random) => GeneratedRecord[];

const quoted = (text: string): string => JSON.stringify(text);
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const makers: Readonly<Record<LookAlikeName, Make>> = {
  roleActivation: (stage, user) => [
    stage.directory(0, user, 'Add member to role completed (PIM activation).', [
      ['Role.DisplayName', quoted('Exchange Administrator')],
      ['Role.TemplateId', quoted('29232cdf-9323-42fd-ade2-1d097af3e4de')],
    ]),
  ],
  adminConsent: (stage) => [
    stage.directory(0, stage.person(1), 'Consent to application.', [
      ['ConsentContext.IsAdminConsent', 'True'],
      ['ConsentAction.Permissions', '[] => [[ConsentType: AllPrincipals, Scope: User.Read]]', '[]'],
    ]),
  ],
  keyRotation: (stage, _user, random) => [
    stage.directory(
      0,
      stage.person(1),
      'Update application – Certificates and secrets management ',
      [['KeyDescription', `[[KeyIdentifier=${random.guid()},KeyType=AsymmetricX509Cert]]`, '[]']],
      { userId: `ServicePrincipal_${random.guid()}`, userType: 4 },
    ),
  ],
  officeSignInFailures: (stage) =>
    times(12, (i) => stage.signIn(i * 4, stage.person(i), { failed: true, ip: '198.51.100.5' })),
  forgottenPassword: (stage, user) => [
    ...times(12, (i) => stage.signIn(i, user, { failed: true })),
    stage.signIn(14, user),
  ],
  meetingRoomSignIn: (stage, user) => [
    stage.signIn(0, { ...user, alias: `room.${user.alias}` }, { userAgent: 'BAV2ROPC' }),
  ],
  firstSync: (stage, user) =>
    times(80, (i) =>
      stage.file(i / 4, user, {
        operation: 'FileSyncDownloadedFull',
        oneDrive: true,
        document: `synced ${String(i).padStart(3, '0')}.docx`,
      }),
    ),
  guestInvitation: (stage, user) => [
    stage.directory(0, user, 'Invite external user.', [['UserType', '["Guest"]', '[]']]),
  ],
  sharedMailboxDelegation: (stage, user) => [
    stage.cmdlet(0, stage.person(1), 'Add-MailboxPermission', {
      Identity: `shared@${stage.domain}`,
      User: stage.address(user),
      AccessRights: 'FullAccess',
    }),
  ],
  anonymousLink: (stage, user) => [
    stage.share(0, user, { operation: 'AnonymousLinkCreated', site: 'sales-emea', document: 'brochure.pdf' }),
  ],
  testModeDlpMatch: (stage, user) => [
    stage.other(0, 13, user, 'DlpRuleMatch', 'Exchange', {
      PolicyDetails: [
        { PolicyName: 'Pilot', Rules: [{ RuleName: 'pilot', RuleMode: 'AuditOnly', Severity: 'High' }] },
      ],
    }),
  ],
  newsletterRule: (stage, user) => [
    stage.cmdlet(0, user, 'New-InboxRule', {
      Name: 'Newsletters',
      SubjectOrBodyContainsWords: 'payment tips',
      MoveToFolder: 'Archive',
    }),
  ],
  lostPhone: (stage) => [stage.directory(0, stage.person(1), 'Disable Strong Authentication.', [])],
  legalExport: (stage, user) => [
    stage.other(0, 24, user, 'SearchExported', 'SecurityComplianceCenter', {
      ExtendedProperties: pairs({ Case: 'Legal hold 2026' }),
    }),
  ],
};

/** How many of a kind a week of so many users holds. */
export function countLookAlikes(name: LookAlikeName, users: number): number {
  return Math.round((lookAlikesPerThousandUsers[name] * users) / 1000);
}

export function makeLookAlike(
  name: LookAlikeName,
  stage: Stage,
  user: Person,
  random: Random,
): GeneratedRecord[] {
  return makers[name](stage, user, random);
}
