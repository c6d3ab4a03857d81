import { contoso } from '../contoso.js';
import { createRandom } from '../random.js';
import type { Random } from '../random.js';
import type { McasAlert } from '../../services/mcas/records.js';
import { staff } from './people.js';

interface Policy {
  title: string;
  policyType: string;
  story: number;
  idValue: number;
  appId: number;
  appName: string;
}

const policies: readonly Policy[] = [
  policy('Mass download by a single user', 'AUDIT', 0, 15728641, 20892, 'Microsoft SharePoint Online'),
  policy(
    'File shared with unauthorised domain – “Verträge”',
    'FILE',
    5,
    15728642,
    15600,
    'Microsoft OneDrive for Business',
  ),
  policy('Activity from infrequent country', 'ANOMALY_DETECTION', 0, 15795461, 11161, 'Office 365'),
  policy('New high volume app', 'NEW_SERVICE', 4, 15794945, 20893, 'Microsoft Exchange Online'),
];

const day = 86_400_000;

/** `count` alerts of the thirty days before `to`, oldest first; the newer half is open. */
export function generateAlerts(options: { seed: string; count: number; to: number }): McasAlert[] {
  const { seed, count, to } = options;
  const random = createRandom(seed).fork('mcas-alerts');
  return Array.from({ length: count }, (_, n) => {
    const timestamp = Math.floor(to - 30 * day + ((n + random.next()) * 30 * day) / count);
    return buildAlert(random, timestamp, n >= count / 2);
  });
}

function buildAlert(random: Random, timestamp: number, open: boolean): McasAlert {
  const rule = random.pick(policies);
  const person = random.pick(staff());
  const _id = random.guid().replaceAll('-', '').slice(0, 24);
  const policyEntity = {
    id: `5f01dce13de79160fbec${rule.idValue % 10000}`,
    label: rule.title,
    policyType: rule.policyType,
    type: 'policyRule',
  };
  return {
    _id,
    timestamp,
    entities: [
      policyEntity,
      { id: rule.appId, label: rule.appName, type: 'service' },
      { id: '192.0.2.7', label: '192.0.2.7', type: 'ip', triggeredAlert: true },
      { id: 'CH', label: 'CH', type: 'country' },
      {
        id: person.id,
        label: person.name,
        pa: person.upn,
        inst: 0,
        saas: 11161,
        entityType: 2,
        type: 'account',
      },
      { id: person.upn, label: person.upn, type: 'user' },
    ],
    title: rule.title,
    description: `The policy '${rule.title}' __siteIcon__ was matched by '${person.name}'`,
    stories: [rule.story],
    policy: policyEntity,
    intent: [random.int(14)],
    evidence: [],
    contextId: contoso.tenantId,
    isSystemAlert: rule.policyType === 'ANOMALY_DETECTION',
    isPreview: false,
    idValue: rule.idValue,
    statusValue: open ? random.int(2) : 2,
    severityValue: random.int(3),
    resolutionStatusValue: open ? 0 : 3 + random.int(3),
    handledByUser: open ? null : `megan.bowen@${contoso.domain}`,
    comment: open ? null : 'Looked at.',
    ...(!open && { resolveTime: new Date(timestamp + 3_600_000).toISOString() }),
    URL: `https://${contoso.mcasHost}/#/alerts/${_id}`,
  };
}

function policy(
  title: string,
  policyType: string,
  story: number,
  idValue: number,
  appId: number,
  appName: string,
): Policy {
  return { title, policyType, story, idValue, appId, appName };
}
