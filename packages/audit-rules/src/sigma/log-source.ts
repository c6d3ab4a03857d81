import type { Expression } from '../engine/expression.js';
import { parsePattern } from '../engine/text-pattern.js';
import type { FieldPaths } from '../fields/field-path.js';
import { Refusal } from './problem.js';
import { getNode, getText } from './yaml-tree.js';
import type { MapNode } from './yaml-tree.js';

const products = ['m365', 'office365', 'o365'];
/** Services that carry their own conditions: a narrower mapping would lose records of other workloads. */
const everyRecord = ['audit', 'threat_management', 'threat_detection', 'm365', 'office365', 'o365'];

/** What a rule's log source asks of a record; undefined when it asks nothing. */
export function parseLogSource(document: MapNode, paths: FieldPaths): Expression | undefined {
  const node = getNode(document, 'logsource');
  if (node?.kind !== 'map')
    throw new Refusal(
      node ?? document,
      'there is no log source',
      'Write `logsource: { product: m365, service: audit }`.',
    );
  const product = getText(node, 'product')?.toLowerCase();
  const service = getText(node, 'service')?.toLowerCase();
  const category = getText(node, 'category');
  const isM365 =
    (product !== undefined && products.includes(product)) || (product === 'azure' && service === 'm365');
  if (product === 'azure' && !isM365)
    throw new Refusal(
      node,
      `azure/${service ?? '*'} is another schema (Microsoft Graph), not the audit records of this source`,
      'Use it on Entra logs of Azure Monitor.',
    );
  if (!isM365)
    throw new Refusal(
      node,
      `${product ?? category ?? 'no product'} is not for this source`,
      'Rules for audit records have `product: m365`.',
    );
  if (category !== undefined)
    throw new Refusal(node, `the category ${category} has no mapping`, 'Remove it and name a service.');
  if (service === undefined || everyRecord.includes(service)) return undefined;
  if (service !== 'exchange')
    throw new Refusal(
      node,
      `the service ${service} has no mapping`,
      'Use exchange, audit, threat_management or threat_detection.',
    );
  return {
    kind: 'item',
    path: paths.get('Workload'),
    tests: [{ kind: 'text', pattern: parsePattern('Exchange'), mode: 'exact', cased: false }],
    all: false,
    negated: false,
    line: node.line,
  };
}
