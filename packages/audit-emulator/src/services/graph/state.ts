import { contoso } from '../../data/contoso.js';
import type { StateBasics } from '../../server/state-basics.js';

/** A user or a message as Graph returns it; any field may be there. */
export interface GraphObject {
  id: string;
  [field: string]: unknown;
}

export interface GraphMessage extends GraphObject {
  internetMessageId: string;
  /** True: not in the mailbox any more, only in the recoverable items. */
  deleted: boolean;
}

export interface GraphState {
  readonly tenantId: string;
  readonly users: GraphObject[];
  /** By user id. */
  readonly messages: Map<string, GraphMessage[]>;
}

export function createGraphState(basics: StateBasics): GraphState {
  const random = basics.random.fork('graph');
  const user = (name: string, displayName: string, department: string): GraphObject => ({
    id: random.guid(),
    userPrincipalName: `${name}@${contoso.domain}`,
    mail: `${name}@${contoso.domain}`,
    displayName,
    department,
    accountEnabled: true,
  });
  const users = [
    user('adele.vance', 'Adele Vance', 'Retail'),
    user('alex.wilber', 'Alex Wilber', 'Marketing'),
    user('megan.bowen', 'Megan Bowen', 'Security'),
  ];
  const received = new Date(basics.clock.now() - 86_400_000).toISOString();
  const messages = new Map(
    users.map((one, index) => [
      one.id,
      [false, true].map((deleted) => ({
        id: `AAMk${random.guid().replaceAll('-', '')}`,
        internetMessageId: `<message-${index}${deleted ? '-deleted' : ''}@${contoso.domain}>`,
        subject: deleted ? 'Invoice (deleted)' : 'Quarterly report',
        from: { emailAddress: { name: 'Fabrikam', address: 'billing@fabrikam.example' } },
        receivedDateTime: received,
        hasAttachments: false,
        deleted,
      })),
    ]),
  );
  return { tenantId: contoso.tenantId, users, messages };
}
