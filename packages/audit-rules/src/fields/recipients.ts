import { toJson } from './to-json.js';
import type { NestedJson } from './walk.js';

/** Parameters that name where mail is sent: inbox rules, mailboxes, transport and journal rules. */
export const forwardingParameters: readonly string[] = [
  'ForwardTo',
  'ForwardAsAttachmentTo',
  'RedirectTo',
  'ForwardingSmtpAddress',
  'ForwardingAddress',
  'BlindCopyTo',
  'CopyTo',
  'RedirectMessageTo',
  'AddToRecipients',
  'JournalEmailAddress',
];

/** Longer fields are cut: addresses beyond are not looked at. */
const maxFieldChars = 20_000;
/** Recipients of one record beyond these are not listed. */
const maxAddresses = 200;

const names = new Set(forwardingParameters.map((name) => name.toLowerCase()));

/** Every address that a record's forwarding parameters or rule actions send mail to, in lower case. */
export function getRecipients(record: Readonly<Record<string, unknown>>, nested: NestedJson): string[] {
  const found = new Set<string>();
  for (const { name, value } of pairs(record['Parameters']))
    if (names.has(name)) addAddresses(text(value), found);
  for (const { name, value } of pairs(record['OperationProperties'])) {
    if (name !== 'ruleactions') continue;
    const actions = typeof value === 'string' ? nested.read(value) : value;
    if (actions === undefined) addAddresses(text(value), found);
    else addRecipients(actions, false, found, 0);
  }
  return [...found];
}

function* pairs(list: unknown): Generator<{ name: string; value: unknown }> {
  if (!Array.isArray(list)) return;
  for (const pair of list as unknown[]) {
    if (typeof pair !== 'object' || pair === null) continue;
    const { Name, Value } = pair as { Name?: unknown; Value?: unknown };
    if (typeof Name === 'string') yield { name: Name.toLowerCase(), value: Value };
  }
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? toJson(value) : '';
}

/** Addresses under a key that speaks of recipients. */
function addRecipients(value: unknown, inside: boolean, found: Set<string>, depth: number): void {
  if (depth > 12) return;
  if (typeof value === 'string') {
    if (inside) addAddresses(value, found);
  } else if (Array.isArray(value))
    for (const member of value) addRecipients(member, inside, found, depth + 1);
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value))
      addRecipients(member, inside || /recipient/i.test(key), found, depth + 1);
}

/** Splits first and looks afterwards: one pass over the text, whatever it holds. */
function addAddresses(value: string, found: Set<string>): void {
  for (const word of value.slice(0, maxFieldChars).split(/[\s"'<>()[\]{},;:|\\]+/)) {
    const at = word.lastIndexOf('@');
    if (at > 0 && at < word.length - 1 && found.size < maxAddresses) found.add(word.toLowerCase());
  }
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
