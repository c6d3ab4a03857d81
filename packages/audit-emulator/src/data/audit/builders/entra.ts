import { pairs, quickGuid } from '../shapes.js';
import type { Built, Draft } from '../shapes.js';
import { people } from '../people.js';

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
  'python-requests/2.32.3',
];

/** What a story says about a sign-in; the rest is drawn. */
export interface SignIn {
  failed?: boolean;
  ip?: string;
  userAgent?: string;
  /** `Cmsi:Cmsi` is the device-code flow. */
  requestType?: string;
  applicationId?: string;
}

/** RecordType 15, AzureActiveDirectoryStsLogon: `Succeeded` says only that the HTTP call worked. */
export function stsLogon(draft: Draft, forced: SignIn = {}): Built {
  const { random, user } = draft;
  const failed = forced.failed ?? random.int(12) === 0;
  return {
    operation: failed ? 'UserLoginFailed' : 'UserLoggedIn',
    workload: 'AzureActiveDirectory',
    resultStatus: failed ? 'Failed' : random.pick(['Succeeded', 'Success']),
    objectId: '00000003-0000-0000-c000-000000000000',
    clientIp: forced.ip ?? user.ip,
    fields: {
      AzureActiveDirectoryEventType: 1,
      ExtendedProperties: pairs({
        ResultStatusDetail: failed ? 'UserError' : 'Redirect',
        UserAgent: forced.userAgent ?? random.pick(agents),
        RequestType: forced.requestType ?? 'OAuth2:Authorize',
      }),
      ModifiedProperties: [],
      Actor: [
        { ID: user.objectId, Type: 0 },
        { ID: `${user.alias}@${draft.domain}`, Type: 5 },
      ],
      ActorContextId: draft.tenantId,
      ActorIpAddress: forced.ip ?? user.ip,
      InterSystemsId: quickGuid(random),
      IntraSystemId: quickGuid(random),
      SupportTicketId: '',
      Target: [{ ID: '00000003-0000-0000-c000-000000000000', Type: 0 }],
      TargetContextId: draft.tenantId,
      ApplicationId: forced.applicationId ?? '89bee1f7-5e6e-4d8a-9f3d-ecd601259da7',
      DeviceProperties: pairs({ OS: 'Windows 10', BrowserType: 'Chrome', IsCompliantAndManaged: 'False' }),
      ErrorNumber: failed ? '50126' : '0',
      ...(failed && { LogonError: 'InvalidUserNameOrPassword' }),
    },
  };
}

/** RecordType 9, AzureActiveDirectoryAccountLogon. */
export function accountLogon(draft: Draft): Built {
  const failed = draft.random.int(4) === 0;
  return {
    operation: 'PasswordLogonInitialAuthUsingPassword',
    workload: 'AzureActiveDirectory',
    resultStatus: failed ? 'failed' : 'success',
    objectId: `${draft.user.alias}@${draft.domain}`,
    fields: {
      AzureActiveDirectoryEventType: 0,
      ...(failed && {
        ExtendedProperties: pairs({
          LoginError: '-2147217390;PP_E_BAD_PASSWORD;The entered and stored passwords do not match.',
        }),
      }),
      Client: 'Exchange',
      LoginStatus: failed ? -2147217390 : 0,
      UserDomain: draft.domain,
    },
  };
}

/** RecordType 8, AzureActiveDirectory: directory changes. Operations end in a full stop. */
export function directoryChange(
  draft: Draft,
  forced: {
    operation?: string;
    target?: string;
    modified?: [name: string, oldValue: string, newValue: string][];
  } = {},
): Built {
  const { random, user } = draft;
  const target = random.pick(people);
  const operation =
    forced.operation ??
    random.pick([
      'Add user.',
      'Update user.',
      'Add member to group.',
      'Reset user password.',
      'Update device.',
    ]);
  const modified = forced.modified ?? [['DisplayName', '[]', JSON.stringify([target.displayName])]];
  return {
    operation,
    workload: 'AzureActiveDirectory',
    resultStatus: 'Success',
    objectId: forced.target ?? `${target.alias}@${draft.domain}`,
    fields: {
      AzureActiveDirectoryEventType: 1,
      ExtendedProperties: pairs({
        additionalDetails: JSON.stringify({ 'User-Agent': 'Mozilla/5.0', UserType: 'Member' }),
        extendedAuditEventCategory: forced.target ? 'ServicePrincipal' : 'User',
      }),
      ModifiedProperties: modified.map(([Name, OldValue, NewValue]) => ({ Name, NewValue, OldValue })),
      Actor: [
        { ID: `${user.alias}@${draft.domain}`, Type: 5 },
        { ID: user.puid, Type: 3 },
        { ID: `User_${user.objectId}`, Type: 2 },
      ],
      ActorContextId: draft.tenantId,
      InterSystemsId: quickGuid(random),
      IntraSystemId: quickGuid(random),
      SupportTicketId: '',
      Target: [
        { ID: `User_${target.objectId}`, Type: 2 },
        { ID: target.displayName, Type: 1 },
      ],
      TargetContextId: draft.tenantId,
    },
  };
}
