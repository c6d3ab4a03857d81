/**
 * Which content types of the Management Activity API bring an operation. Cmdlets are Exchange's unless they belong to
 * the compliance portal; names with spaces are Entra's; what is neither, nor known to be SharePoint's, is general.
 */
const compliance =
  /-(?:Compliance|Dlp|Retention|ProtectionAlert|CaseHold|Label|Hold|SupervisoryReview|AuditConfig|InformationBarrier|Cs)/i;
const sharePoint =
  /^(?:File|Folder|Page|Sharing|Shared|AnonymousLink|SecureLink|AddedToSecureLink|CompanyLink|Site|List|ManagedSync|UnmanagedSync|AccessRequest|AccessInvitation|ComplianceSetting|AddedToGroup|DocumentSensitivity|Search(?:Queried)?$)/i;
const mailbox =
  /^(?:UpdateInboxRules|MailItemsAccessed|SendAs$|SendOnBehalf|Send$|Create$|Copy$|Move|SoftDelete|HardDelete|FolderBind|MailboxLogin|AddFolderPermissions|ModifyFolderPermissions|RemoveFolderPermissions|Update$|UpdateFolderPermissions|RecordDelete|ApplyRecord)/i;

export function contentTypesOfOperation(operation: string): string[] {
  if (/^Dlp(?:Rule|Info)/i.test(operation)) return ['DLP.All'];
  if (/^[A-Z][a-z]+-[A-Z]/.test(operation))
    return compliance.test(operation) ? ['Audit.General', 'Audit.Exchange'] : ['Audit.Exchange'];
  if (mailbox.test(operation)) return ['Audit.Exchange'];
  if (/^User(?:LoggedIn|LoginFailed)$/i.test(operation) || /\w \w/.test(operation))
    return ['Audit.AzureActiveDirectory'];
  return sharePoint.test(operation) ? ['Audit.SharePoint'] : ['Audit.General'];
}

export function contentTypesOfWorkload(workload: string): string[] {
  switch (workload.toLowerCase()) {
    case 'exchange':
      return ['Audit.Exchange', 'DLP.All'];
    case 'sharepoint':
    case 'onedrive':
      return ['Audit.SharePoint', 'DLP.All'];
    case 'azureactivedirectory':
      return ['Audit.AzureActiveDirectory'];
    default:
      return ['Audit.General'];
  }
}
