import type * as z from 'zod';
import { nearMiss } from './near-miss.js';

type Issue = z.core.$ZodIssue;

/** A finding without its place in the file. */
export interface Problem {
  path: (string | number)[];
  problem: string;
  /** The key is wrong, not its value. */
  atKey: boolean;
}

/** What zod found, in the words of an operator. Never quotes a value: it may be a secret in the wrong place. */
export function describeIssue(issue: Issue, knownKeys: () => readonly string[]): Problem[] {
  const path = issue.path as (string | number)[];
  const found = (problem: string): Problem[] => [{ path, problem, atKey: false }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        problem: unknownKey(key, knownKeys()),
        atKey: true,
      }));
    case 'invalid_key':
      return [{ path, problem: issue.issues[0]?.message ?? 'is not a name', atKey: true }];
    case 'invalid_type':
      return found(
        issue.input === undefined ? missing(issue) : `must be ${kinds[issue.expected] ?? issue.expected}`,
      );
    case 'invalid_value':
      return found(isCustom(issue) ? issue.message : `must be one of ${issue.values.map(String).join(', ')}`);
    case 'invalid_union':
      return describeUnion(issue, path);
    case 'too_small':
      return found(issue.origin === 'array' ? 'must not be empty' : `must be at least ${issue.minimum}`);
    case 'too_big':
      return found(`must be at most ${issue.maximum}`);
    default:
      return found(issue.message);
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function missing(issue: Issue & { code: 'invalid_type' }): string {
  return `is missing: give ${kinds[issue.expected] ?? issue.expected}`;
}

function unknownKey(key: string, knownKeys: readonly string[]): string {
  const meant = nearMiss(
    key,
    knownKeys.filter((known) => known !== key),
  );
  return meant === undefined ? 'unknown key' : `unknown key. Did you mean ${meant}?`;
}

function describeUnion(issue: Issue & { code: 'invalid_union' }, path: (string | number)[]): Problem[] {
  if (issue.discriminator !== undefined) {
    const options = (issue as { options?: unknown[] }).options ?? [];
    return [
      {
        path: path.at(-1) === issue.discriminator ? path : [...path, issue.discriminator],
        problem: `must be one of ${options.map(String).join(', ')}`,
        atKey: false,
      },
    ];
  }
  return [{ path, problem: issue.message, atKey: false }];
}

/** zod's own words begin so; ours do not. */
function isCustom(issue: Issue): boolean {
  return !issue.message.startsWith('Invalid ');
}
