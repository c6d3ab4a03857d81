import type { GeneratedRecord, Person } from '../shapes.js';
import type { Plots } from './plot.js';
import { attackerIp } from './stage.js';
import type { Stage } from './stage.js';

/** The Azure CLI: first-party, and the usual client of device-code phishing. */
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const quoted = (text: string): string => JSON.stringify(text);

function consent(stage: Stage, atMinute: number, user: Person, scopes: string): GeneratedRecord {
  return stage.directory(
    atMinute,
    user,
    'Consent to application.',
    [
      ['ConsentContext.IsAdminConsent', 'False'],
      ['ConsentContext.OnBehalfOfAll', 'False'],
      ['ConsentAction.Permissions', `[] => [[ConsentType: Principal, Scope: ${scopes}]]`, '[]'],
    ],
    { target: '0b1ec700-0000-4000-8000-00000000a44b' },
  );
}

/** Failed sign-ins of one person within minutes, then a success. */
function guess(stage: Stage, user: Person, count: number, ip: string): GeneratedRecord[] {
  const failures = Array.from({ length: count }, (_, i) => stage.signIn(i * 0.8, user, { failed: true, ip }));
  return [...failures, stage.signIn(count * 0.8 + 1, user, { ip })];
}

export type IdentityScenarioName =
  | 'user-consent'
  | 'app-credential'
  | 'role-grant'
  | 'domain-federation'
  | 'mfa-weakened'
  | 'guessed-password'
  | 'device-code'
  | 'two-countries';

/** Consent, credentials, roles, domains, strong authentication, sign-ins: rows 7, 9, 10, 13, 14, 16, 17, 25. */
export const identityPlots: Plots<IdentityScenarioName> = {
  // A person lets an application read mail and files; another lets one know the name.
  'user-consent': (stage) => ({
    hit: [
      stage.signIn(0, stage.person(12)),
      consent(stage, 2, stage.person(12), 'Mail.ReadWrite Files.Read.All offline_access'),
    ],
    nearMiss: [consent(stage, 30, stage.person(13), 'openid profile User.Read')],
  }),
  // An application gets a secret and the right to read every mailbox; another is renamed.
  'app-credential': (stage) => {
    const target = '0b1ec700-0000-4000-8000-00000000c4ed';
    const admin = stage.person(1);
    return {
      hit: [
        stage.directory(0, admin, 'Update application – Certificates and secrets management ', [['KeyDescription', '[[KeyIdentifier=1,KeyType=Password]]', '[]']], { target }),
        stage.directory(3, admin, 'Add app role assignment to service principal.', [['AppRole.Value', quoted('Mail.ReadWrite')]], { target }),
      ],
      nearMiss: [
        stage.directory(30, admin, 'Update application.', [['DisplayName', quoted('collector')]], { target }),
        stage.directory(31, admin, 'Add app role assignment to service principal.', [['AppRole.Value', quoted('User.Read.All')]], { target }),
      ],
    };
  },
  // A role over everything, in a language that hides its name; a role that reads.
  'role-grant': (stage) => {
    const grant = (at: number, name: string, template: string): GeneratedRecord =>
      stage.directory(at, stage.person(1), 'Add member to role.', [
        ['Role.ObjectID', quoted('0b1ec700-0000-4000-8000-0000000000a0')],
        ['Role.DisplayName', quoted(name)],
        ['Role.TemplateId', quoted(template)],
      ]);
    return {
      hit: [
        stage.signIn(0, stage.person(1), { ip: attackerIp }),
        grant(2, 'Globaler Administrator', globalAdministrator),
        grant(4, 'Exchange Administrator', '29232cdf-9323-42fd-ade2-1d097af3e4de'),
      ],
      nearMiss: [grant(30, 'Directory Readers', '88d8e3e3-8f55-4a1e-953a-9b9898b8876b')],
    };
  },
  // A domain's sign-in moves to somebody else's server; an accepted domain goes.
  'domain-federation': (stage) => ({
    hit: [
      stage.directory(0, stage.person(1), 'Set domain authentication.', [['LiveType', quoted('Federated'), quoted('Managed')]]),
      stage.directory(1, stage.person(1), 'Set federation settings on domain.', [['IssuerUri', quoted('https://sts.fabrikam.example')]]),
    ],
    nearMiss: [stage.cmdlet(30, stage.person(1), 'Remove-AcceptedDomain', { Identity: 'old.contoso.example' })],
  }),
  // The second factor of a person goes, and trusted addresses come; a phone is registered.
  'mfa-weakened': (stage) => ({
    hit: [
      stage.directory(0, stage.person(1), 'Disable Strong Authentication.', []),
      stage.directory(2, stage.person(1), 'Set Company Information.', [['StrongAuthenticationPolicy', '203.0.113.0/24']]),
      stage.signIn(6, stage.person(9), { ip: attackerIp }),
    ],
    nearMiss: [
      stage.directory(30, stage.person(8), 'User registered security info', []),
      stage.directory(31, stage.person(1), 'Set Company Information.', [['TelephoneNumber', quoted('1')]]),
    ],
  }),
  // Fifteen wrong passwords and a right one from one address; eight at the own desk.
  'guessed-password': (stage) => ({
    hit: guess(stage, stage.person(15), 15, attackerIp),
    nearMiss: guess(stage, stage.person(16), 8, stage.person(16).ip),
  }),
  // A code typed by the victim signs the attacker's shell in; the same flow for an application of the house.
  'device-code': (stage) => ({
    hit: [
      stage.signIn(0, stage.person(17), { ip: attackerIp, requestType: 'Cmsi:Cmsi', applicationId: azureCli }),
      stage.mailbox(4, stage.person(17), 'MailItemsAccessed', {}, attackerIp),
    ],
    nearMiss: [stage.signIn(30, stage.person(18), { requestType: 'Cmsi:Cmsi' })],
  }),
  // The same account at home and abroad within half an hour; twice at home.
  'two-countries': (stage) => ({
    hit: [stage.signIn(0, stage.person(19), {}), stage.signIn(25, stage.person(19), { ip: '192.0.2.77' })],
    nearMiss: [stage.signIn(40, stage.person(18), {}), stage.signIn(70, stage.person(18), {})],
  }),
};
