import { createHash } from 'node:crypto';
import { levels } from '../rule.js';
import type { Level, Profile, RuleInfo, Suppression } from '../rule.js';
import { Refusal } from './problem.js';
import type { RuleProblem } from './problem.js';
import { parseTimespan } from './timespan.js';
import { getNode, getText, getTexts } from './yaml-tree.js';
import type { MapNode, YamlNode } from './yaml-tree.js';

const profiles: readonly string[] = ['page', 'ticket', 'hunt'];

/** Reads what a rule says about itself. A rule without id is known by its name or title. */
export function parseRuleInfo(document: MapNode, file: string, problems: RuleProblem[]): RuleInfo {
  const title = getText(document, 'title');
  if (!title) throw new Refusal(document, 'the rule has no title', 'Write `title:`.');
  const name = getText(document, 'name');
  const id = getText(document, 'id') ?? name ?? title;
  const level = (getText(document, 'level') ?? 'medium').toLowerCase();
  if (!(levels as readonly string[]).includes(level))
    throw new Refusal(
      getNode(document, 'level') ?? document,
      `unknown level \`${level}\``,
      `Levels: ${levels.join(', ')}.`,
    );
  if (id === title)
    problems.push({
      file,
      line: document.line,
      column: document.column,
      severity: 'warning',
      ruleId: id,
      problem: 'the rule has no id: its alerts are named by its title',
      hint: 'Write `id:` with a new UUID.',
    });
  const optional = {
    name,
    description: getText(document, 'description'),
    status: getText(document, 'status'),
    author: getText(document, 'author'),
    license: getText(document, 'license'),
  };
  return {
    id,
    title,
    level: level as Level,
    tags: getTexts(document, 'tags'),
    references: getTexts(document, 'references'),
    falsePositives: getTexts(document, 'falsepositives'),
    profile: parseProfile(document, level as Level),
    hash: createHash('sha256')
      .update(JSON.stringify(toPlain(document)))
      .digest('hex'),
    file,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as {
      [Name in keyof typeof optional]: string;
    }),
  };
}

/** Our own attributes stand under `audit:`; the specification allows more top-level keys. */
export function getExtension(document: MapNode): MapNode | undefined {
  const node = getNode(document, 'audit');
  if (node && node.kind !== 'map')
    throw new Refusal(node, '`audit` is a map', 'Write `audit: { profile: ticket }`.');
  return node;
}

function parseProfile(document: MapNode, level: Level): Profile {
  const extension = getExtension(document);
  const profile = extension && getText(extension, 'profile');
  if (profile === undefined) return level === 'critical' ? 'page' : level === 'high' ? 'ticket' : 'hunt';
  if (!profiles.includes(profile))
    throw new Refusal(
      extension as MapNode,
      `unknown profile \`${profile}\``,
      `Profiles: ${profiles.join(', ')}.`,
    );
  return profile as Profile;
}

/** `audit: { group-by: [...], suppress: 24h }` of a single-record rule. */
export function parseSuppression(document: MapNode): Suppression | undefined {
  const extension = getExtension(document);
  if (!extension) return undefined;
  const by = getTexts(extension, 'group-by');
  const suppress = getText(extension, 'suppress');
  if (by.length === 0 && suppress === undefined) return undefined;
  if (by.length === 0)
    throw new Refusal(extension, '`suppress` without `group-by`', 'Name the fields that make one alert.');
  return { by, forInMs: suppress === undefined ? 86_400_000 : parseTimespan(suppress, extension) };
}

/** The content without positions: the same text elsewhere in a file has the same hash. */
function toPlain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.members.map(toPlain);
  return node.entries.map(({ key, value }) => [key, toPlain(value)]);
}
