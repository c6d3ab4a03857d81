import { ConnectionError } from '../errors.js';
import type { ConnectionErrorCode } from '../errors.js';
import type { Redact } from '../auth/redactor.js';

/** Codes of sockets, of Node's resolver and of undici. */
const codePatterns: readonly [RegExp, ConnectionErrorCode][] = [
  [/^(ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/, 'refused'],
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/, 'dns'],
  [/^(ETIMEDOUT|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/, 'timeout'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^ERR_(TLS|SSL)|DEPTH_ZERO/, 'tls'],
];

/** Words of undici and of Node's own agents for a CONNECT that was not answered with 200. */
const proxyRefusal = /proxy response|tunnel(l)?ing|proxy authentication|establish tunnel/i;
const busyProxy = /response \(5\d\d\)/;

export const proxyHint =
  'The proxy refused; on 407 put user and password into HTTPS_PROXY, or list the host in NO_PROXY.';

const problems: Record<ConnectionErrorCode, (host: string) => readonly [problem: string, hint: string]> = {
  timeout: (host) => [
    `no complete response from ${host} within the deadline`,
    'Raise timeoutInMs, or ask for less at a time.',
  ],
  reset: (host) => [`connection to ${host} was reset`, 'Check the network and try again.'],
  refused: (host) => [
    `request failed: cannot connect to ${host}`,
    'Check the endpoint, the network and firewalls.',
  ],
  dns: (host) => [
    `request failed: cannot resolve host ${host}`,
    'Check the endpoint; behind a proxy set NODE_USE_ENV_PROXY=1 with HTTPS_PROXY.',
  ],
  tls: (host) => [
    `request failed: the certificate of ${host} is not trusted`,
    'Behind an inspecting proxy point NODE_EXTRA_CA_CERTS at its CA certificate.',
  ],
  proxy: (host) => [`request failed: the proxy does not connect to ${host}`, proxyHint],
};

interface ConnectionFailure {
  error: ConnectionError;
  /** No proxy, no connection, no name: the service has seen nothing of the call. */
  nothingSent: boolean;
  retryable: boolean;
}

/** What a transport threw. Keeps only the error of the socket as cause: others print the request with its token. */
export function createConnectionFailure(
  thrown: unknown,
  context: { operation: string; host: string; contentType?: string | undefined },
  redact: Redact,
): ConnectionFailure {
  const { operation, host, contentType } = context;
  const causes = listCauses(thrown);
  const code = getConnectionCode(causes);
  const socketCode = causes.map((cause) => cause.code).find((value) => typeof value === 'string');
  const [problem, hint] = problems[code](host);
  const deepest = causes.at(-1);
  const cause =
    !deepest || (deepest === thrown && socketCode === undefined) ? undefined : copyCause(deepest, redact);
  const busy = causes.some(({ message }) => typeof message === 'string' && busyProxy.test(message));
  const retryable = code !== 'tls' && (code !== 'proxy' || busy);
  const about = contentType ? ` for ${contentType}` : '';
  const error = new ConnectionError(
    `${operation}${about}: ${problem}${socketCode ? ` (${redact(socketCode)})` : ''}. ${hint}`,
    { code, operation, host, contentType, cause, retryable },
  );
  return { error, nothingSent: code === 'refused' || code === 'dns' || code === 'proxy', retryable };
}

interface Cause {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
}

const causeFields = ['code', 'errno', 'syscall', 'hostname', 'address', 'port'] as const;

/** What a socket's error says, and nothing else: a transport of the caller may have put the request into it. */
function copyCause(cause: Cause, redact: Redact): Error {
  const copy = new Error(typeof cause.message === 'string' ? redact(cause.message) : '');
  const name = typeof cause.name === 'string' ? redact(cause.name) : 'Error';
  Object.defineProperty(copy, 'name', { value: name, configurable: true, writable: true });
  for (const field of causeFields) {
    const value = (cause as Record<string, unknown>)[field];
    if (typeof value === 'number') Object.assign(copy, { [field]: value });
    if (typeof value === 'string') Object.assign(copy, { [field]: redact(value) });
  }
  return copy;
}

function listCauses(thrown: unknown): Cause[] {
  const causes: Cause[] = [];
  let current = thrown as Cause | undefined;
  while (current && typeof current === 'object' && causes.length < 5) {
    causes.push(current);
    current = current.cause as Cause | undefined;
  }
  return causes;
}

function getConnectionCode(causes: readonly Cause[]): ConnectionErrorCode {
  for (const { name, code, message } of causes) {
    if (name === 'TimeoutError') return 'timeout';
    if (typeof message === 'string' && proxyRefusal.test(message)) return 'proxy';
    const known = codePatterns.find(([pattern]) => typeof code === 'string' && pattern.test(code));
    if (known) return known[1];
  }
  return 'reset';
}
