import { nestedJson } from './normalize.js';

const redacted = '[redacted]';
/** No record is nested as deep; what is deeper is redacted instead of followed. */
const maxDepth = 200;

/**
 * A copy without what is known to hold secrets, also inside JSON that was put into a string:
 * - the matched text and its surroundings in DLP detections (`DetectedValues`),
 * - `Value`, `OldValue` and `NewValue` of properties and parameters whose name mentions a key, secret, password, token
 *   or credential,
 * - fields that are named as a secret, such as `Password`, `accessToken` or `client_secret`. Names of ids, types and
 *   times (`TokenObjectId`, `PasswordChangedTime`) are none.
 *
 * Text is not searched: a secret in a file name or a command line stays.
 */
export function redactSecrets<T>(record: T): T {
  return copy(record, { parent: undefined, depth: 0, count: { hidden: 0 } }) as T;
}

interface Place {
  /** The field whose value this is. */
  parent: string | undefined;
  depth: number;
  count: { hidden: number };
}

const propertyNames = /key|secret|password|token|credential/i;
const valueNames = new Set(['Value', 'OldValue', 'NewValue']);
const secretWords =
  /password|passwd|passphrase|secret|credential|accesstoken|refreshtoken|idtoken|bearertoken|authtoken|sastoken|securitytoken|sessiontoken|apikey|accesskey|accountkey|sharedkey|storagekey|privatekey|signingkey|encryptionkey|connectionstring|clientassertion/;
const secretNames = new Set(['token', 'pwd', 'authorization', 'bearer']);
const harmlessEnds =
  /(id|ids|type|types|name|names|time|date|count|kind|status|state|policy|policies|length|version|enabled|expiration|uri|url|hint)$/;

/** Whether a field of this name holds a secret itself. */
function isSecretName(name: string): boolean {
  if (name.length > 100) return false;
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return secretNames.has(plain) || (secretWords.test(plain) && !harmlessEnds.test(plain));
}

function copy(value: unknown, place: Place): unknown {
  if (place.depth > maxDepth) return hide(place);
  if (Array.isArray(value))
    return value.map((item: unknown) =>
      place.parent === 'DetectedValues'
        ? hideDetected(item, place)
        : copy(item, goDeeper(place, place.parent)),
    );
  if (typeof value === 'string') return copyNested(value, place);
  if (typeof value !== 'object' || value === null) return value;
  const { Name, Key } = value as { Name?: unknown; Key?: unknown };
  const property = Name ?? Key;
  const secret = typeof property === 'string' && propertyNames.test(property);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      hasContent(inner) && ((secret && valueNames.has(name)) || isSecretName(name))
        ? hide(place)
        : copy(inner, goDeeper(place, name)),
    ]),
  );
}

function goDeeper({ depth, count }: Place, parent: string | undefined): Place {
  return { parent, depth: depth + 1, count };
}

function hide({ count }: Place): string {
  count.hidden += 1;
  return redacted;
}

/** Empty values and flags say that there is no secret, or whether there is one. */
function hasContent(value: unknown): boolean {
  return typeof value !== 'boolean' && Boolean(value);
}

/** Text stays as it is written unless there is something in it to hide. */
function copyNested(text: string, place: Place): string {
  const value = nestedJson(text);
  if (value === text) return text;
  const before = place.count.hidden;
  const copied = copy(value, goDeeper(place, place.parent));
  return place.count.hidden === before ? text : JSON.stringify(copied);
}

function hideDetected(item: unknown, place: Place): unknown {
  if (typeof item !== 'object' || item === null) return hide(place);
  return Object.fromEntries(
    Object.entries(item).map(([name, inner]) => [
      name,
      name === 'Name' || name === 'Value' ? hide(place) : inner,
    ]),
  );
}
