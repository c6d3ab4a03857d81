import ky, { HTTPError } from 'ky';
import type { TokenCredential } from 'o365-activity-client';

export interface FoundMessage {
  /** Where it is now. */
  place: 'mailbox' | 'recoverable items';
  subject: string;
  from: string;
  received: string;
}

/** Why nothing is known of a message. */
export type NotFound = 'not found' | 'no access to this mailbox' | 'no such mailbox';

const places = [
  ['mailbox', 'messages'],
  // What was deleted from Deleted Items too.
  ['recoverable items', 'mailFolders/recoverableitemsdeletions/messages'],
] as const;

/**
 * Looks messages up in Microsoft Graph by their internet message id, in the mailbox first and then among its
 * recoverable items. Throttling and short failures are waited for (429, 503, Retry-After).
 */
export function messageFinder(settings: {
  endpoint: string;
  /** Default: the public cloud's. */
  scope?: string;
  credential: TokenCredential;
  /** Default: the platform's. */
  fetch?: (request: Request) => Promise<Response>;
}): (mailbox: string, internetMessageId: string) => Promise<FoundMessage | NotFound> {
  const { endpoint, scope = 'https://graph.microsoft.com/.default', credential, fetch } = settings;
  const graph = ky.create({
    prefix: `${endpoint.replace(/\/+$/, '')}/v1.0/`,
    timeout: 30_000,
    ...(fetch && {
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => fetch(new Request(input, init)),
    }),
  });
  return async (mailbox, internetMessageId) => {
    const { token = '' } = (await credential.getToken(scope)) ?? {};
    // A quote in an OData string is written twice.
    const filter = `internetMessageId eq '${internetMessageId.replaceAll("'", "''")}'`;
    const searchParams = { $filter: filter, $select: 'subject,from,receivedDateTime' };
    for (const [place, path] of places) {
      try {
        const { value } = await graph
          .get(`users/${encodeURIComponent(mailbox)}/${path}`, {
            searchParams,
            headers: { authorization: `Bearer ${token}` },
          })
          .json<{ value: Record<string, unknown>[] }>();
        const [message] = value;
        if (message) return found(place, message);
      } catch (error) {
        // Without its cause: ky's errors hold the bearer token.
        // eslint-disable-next-line preserve-caught-error
        if (!(error instanceof HTTPError)) throw new Error('Microsoft Graph did not answer.');
        const { status } = error.response;
        if (status === 403) return 'no access to this mailbox';
        if (status === 404 && place === 'mailbox') return 'no such mailbox';
        // eslint-disable-next-line preserve-caught-error
        if (status !== 404) throw new Error(`Microsoft Graph answered ${status}.`);
      }
    }
    return 'not found';
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function found(place: FoundMessage['place'], message: Record<string, unknown>): FoundMessage {
  const from = message['from'] as { emailAddress?: { address?: string } } | undefined;
  return {
    place,
    subject: text(message['subject']),
    from: from?.emailAddress?.address ?? '',
    received: text(message['receivedDateTime']),
  };
}
