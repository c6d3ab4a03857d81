import { quickGuid } from '../shapes.js';
import type { Built, Draft, Fields } from '../shapes.js';
import { documents, sites } from '../people.js';

const extension = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

export interface FileForced {
  operation?: string;
  document?: string;
  site?: string;
  /** Document library. Default `Shared Documents`. */
  library?: string;
  oneDrive?: boolean;
}

function location(draft: Draft, forced: FileForced): { url: string; file: string; fields: Fields } {
  const { random } = draft;
  const root = `https://${draft.domain}`;
  const site = forced.oneDrive
    ? `${root}/personal/${draft.user.alias.replace('.', '_')}/`
    : `${root}/sites/${forced.site ?? random.pick(sites)}/`;
  const file = forced.document ?? random.pick(documents);
  const { library = 'Shared Documents' } = forced;
  return {
    url: `${site}${library}/${file}`,
    file,
    fields: {
      CorrelationId: quickGuid(random),
      EventSource: 'SharePoint',
      ItemType: 'File',
      ListId: quickGuid(random),
      ListItemUniqueId: quickGuid(random),
      Site: quickGuid(random),
      UserAgent: 'Microsoft SkyDriveSync 24.201.1006.0005 ship; Windows NT 10.0 (19045)',
      WebId: quickGuid(random),
      DeviceDisplayName: '198.51.100.7',
      IsManagedDevice: random.int(2) === 0,
      SiteUrl: site,
      SourceRelativeUrl: library,
      SourceFileName: file,
      SourceFileExtension: extension(file),
    },
  };
}

/** RecordType 6, SharePointFileOperation. */
export function fileOperation(draft: Draft, forced: FileForced = {}): Built {
  const oneDrive = forced.oneDrive ?? draft.random.int(3) === 0;
  const place = location(draft, { ...forced, oneDrive });
  const operation =
    forced.operation ??
    draft.random.pick([
      'FileAccessed',
      'FileModified',
      'FileDownloaded',
      'FileUploaded',
      'FileDeleted',
      'FileRenamed',
    ]);
  return {
    operation,
    workload: oneDrive ? 'OneDrive' : 'SharePoint',
    objectId: place.url,
    fields: {
      ...place.fields,
      HighPriorityMediaProcessing: false,
      ...(operation === 'FileRenamed' && {
        DestinationRelativeUrl: 'Shared Documents',
        DestinationFileName: `neu ${place.file}`,
        DestinationFileExtension: extension(place.file),
      }),
    },
  };
}

/** RecordType 14, SharePointSharingOperation. */
export function sharing(draft: Draft, forced: FileForced & { target?: string; guest?: boolean } = {}): Built {
  const place = location(draft, forced);
  const guest = forced.guest ?? false;
  return {
    operation:
      forced.operation ?? draft.random.pick(['SharingSet', 'AddedToSecureLink', 'SharingInvitationCreated']),
    workload: 'SharePoint',
    objectId: place.url,
    fields: {
      ...place.fields,
      EventData: `<Type>${guest ? 'Guest' : 'View'}</Type><MembersCanShareApplied>False</MembersCanShareApplied>`,
      TargetUserOrGroupType: guest ? 'Guest' : 'Member',
      TargetUserOrGroupName: forced.target ?? `${draft.user.alias}@${draft.domain}`,
      UniqueSharingId: quickGuid(draft.random),
    },
  };
}

/** RecordType 36, SharePointListOperation: `ListBaseType` comes as a string or a number. */
export function listOperation(draft: Draft): Built {
  const place = location(draft, {});
  const template = draft.random.int(2) === 0;
  return {
    operation: draft.random.pick(['ListViewed', 'ListUpdated', 'ListCreated']),
    workload: 'SharePoint',
    objectId: place.url,
    fields: {
      ...place.fields,
      ListTitle: 'Übersicht',
      ListName: '',
      ListUrl: 'Lists/overview',
      ListBaseType: template ? 'DocumentLibrary' : 1,
      ListBaseTemplateType: '101',
      IsHiddenList: false,
      IsDocLib: true,
    },
  };
}

/** RecordType 4, SharePoint: site administration. */
export function siteChange(draft: Draft): Built {
  const place = location(draft, {});
  return {
    operation: draft.random.pick(['SiteCollectionAdminAdded', 'PermissionLevelModified', 'PageViewed']),
    workload: 'SharePoint',
    objectId: place.url,
    fields: {
      ...place.fields,
      ModifiedProperties: [{ Name: 'SiteAdmin', NewValue: draft.user.displayName, OldValue: '' }],
    },
  };
}
