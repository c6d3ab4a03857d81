import { contoso } from 'audit-emulator';
import { optional } from './settings.js';

/** Whether an address is this machine's: an emulator, where an example may write rows of its own. */
export function isLocal(address: string | undefined): boolean {
  return (
    address !== undefined &&
    URL.canParse(address) &&
    /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(address).hostname)
  );
}

/** Subscription and workspace from the command line, or the environment; on the emulator its own. */
export function workspaceFrom(given: { subscription?: string | undefined; workspace?: string | undefined }): {
  subscriptionId: string;
  workspace: string;
} {
  const emulated = isLocal(optional('AUDIT_EMULATOR')) ? contoso : undefined;
  const subscriptionId = given.subscription ?? optional('AZURE_SUBSCRIPTION_ID') ?? emulated?.subscriptionId;
  const workspace = given.workspace ?? emulated?.workspaceName;
  if (!subscriptionId) throw new RangeError('Give --subscription, or set AZURE_SUBSCRIPTION_ID.');
  if (!workspace) throw new RangeError('Give --workspace: the name of the Log Analytics workspace.');
  return { subscriptionId, workspace };
}
