import { quickGuid } from '../shapes.js';
import type { Built, Draft } from '../shapes.js';
import { recordTypeNames } from '../record-types.js';
import { documents, people } from '../people.js';

type Builder = (draft: Draft) => Built;

const teams: Builder = ({ random, domain, user }) => ({
  operation: random.pick(['TeamsSessionStarted', 'MemberAdded', 'ChannelAdded', 'MessageSent']),
  workload: 'MicrosoftTeams',
  fields: {
    TeamName: 'Projekt Süd',
    TeamGuid: `19:${quickGuid(random).replaceAll('-', '')}@thread.tacv2`,
    AADGroupId: quickGuid(random),
    Members: [{ DisplayName: user.displayName, Role: 1, UPN: `${random.pick(people).alias}@${domain}` }],
    ExtraProperties: [{ Key: 'TimeZone', Value: 'Europe/Zürich' }],
  },
});

const powerBi: Builder = ({ random }) => ({
  operation: random.pick(['ViewReport', 'ExportReport', 'GetGroupsAsAdmin']),
  workload: 'PowerBI',
  fields: {
    Activity: 'ViewReport',
    ItemName: 'Umsatz',
    WorkSpaceName: 'Finance',
    WorkspaceId: quickGuid(random),
    DatasetId: quickGuid(random),
    ReportId: quickGuid(random),
    CapacityId: quickGuid(random),
    IsSuccess: true,
    RequestId: quickGuid(random),
  },
});

/** Alerts carry their substance as JSON in a string. */
const alert: Builder = ({ random, user, domain }) => ({
  operation: random.pick(['AlertTriggered', 'AlertEntityGenerated', 'AlertUpdated']),
  workload: 'SecurityComplianceCenter',
  resultStatus: random.pick(['Succeeded', 'New']),
  userId: 'SecurityComplianceAlerts',
  userType: 4,
  fields: {
    AlertId: quickGuid(random),
    AlertType: 'System',
    Name: 'Creation of forwarding/redirect rule',
    Category: 'ThreatManagement',
    Severity: 'Informational',
    Source: 'Office 365 Security & Compliance',
    Status: 'Active',
    Comments: 'New alert',
    EntityType: 'User',
    Data: JSON.stringify({ etype: 'User', eid: `${user.alias}@${domain}`, lon: 'MailRedirect', msid: '' }),
  },
});

const copilot: Builder = ({ random, domain }) => ({
  operation: 'CopilotInteraction',
  workload: 'Copilot',
  fields: {
    ClientRegion: 'DE',
    CopilotLogVersion: '1.0.0.0',
    CopilotEventData: {
      AppHost: random.pick(['Word', 'Teams', 'BizChat']),
      ThreadId: quickGuid(random),
      Contexts: [
        { Id: `https://${domain}/sites/hr/Shared Documents/${random.pick(documents)}`, Type: 'docx' },
      ],
      Messages: [
        { Id: '1', Size: 42, isPrompt: true },
        { Id: '2', isPrompt: false },
      ],
      AccessedResources: [],
      AISystemPlugin: [{ Id: 'BingWebSearch', Name: 'BingWebSearch' }],
      ModelTransparencyDetails: [{ ModelName: 'gpt' }],
    },
  },
});

const label: Builder = ({ random, user, domain }) => ({
  operation: random.pick(['SensitivityLabelApplied', 'SensitivityLabelUpdated', 'Access', 'Discover']),
  workload: 'Aip',
  fields: {
    SensitiveInfoTypeData: [],
    ProtectionEventData: {
      ProtectionType: 'Custom',
      IsProtected: true,
      ProtectionOwner: `${user.alias}@${domain}`,
    },
    Common: { ApplicationName: 'Word', ProcessName: 'WINWORD', Platform: 1, DeviceName: 'pc-0042' },
    DataState: 'Use',
    SensitivityLabelEventData: { SensitivityLabelId: quickGuid(random), LabelEventType: 4, ActionSource: 1 },
    Scope: 1,
  },
});

const builders: Readonly<Record<number, Builder>> = {
  20: powerBi,
  25: teams,
  40: alert,
  93: label,
  94: label,
  95: label,
  261: copilot,
};

/** Everything of Audit.General: the types known by shape, any other as the common schema with a few fields. */
export function general(draft: Draft): Built {
  const known = builders[draft.recordType];
  if (known) return known(draft);
  const name = recordTypeNames[draft.recordType] ?? 'Unknown';
  return {
    operation: `${name}Changed`,
    workload: name,
    resultStatus: draft.random.pick(['Success', 'Succeeded', 'Failed', 'TRUE', 'Successful']),
    objectId: quickGuid(draft.random),
    userType: draft.random.pick([0, 2, 4, 5, 6]),
    fields: {
      CorrelationId: quickGuid(draft.random),
      AssociatedAdminUnits: [],
      ModifiedProperties: [{ Name: 'State', OldValue: 'Off', NewValue: `On — ${draft.user.displayName}` }],
      ExtendedProperties: [
        { Name: 'Context', Value: JSON.stringify({ area: name, size: draft.random.int(1000) }) },
      ],
    },
  };
}
