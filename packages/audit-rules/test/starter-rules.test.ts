import { auditScenario, auditScenarioNames, contoso, generateOrdinaryWeek } from 'audit-emulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDetector, loadRules, starterRules, testRules } from '../src/index.js';
import type { Alert, RuleSet } from '../src/index.js';

const at = Date.UTC(2026, 10, 20, 10, 25);
let rules: RuleSet;

beforeAll(async () => {
  rules = await loadRules(starterRules, {
    tenant: { domains: [contoso.domain] },
    country: (address) => (address === '192.0.2.77' ? 'NL' : 'DE'),
  });
});

/** The last revision of each alert. */
function run(records: Iterable<{ text: string }>): Alert[] {
  const detector = createDetector(rules);
  const alerts: Alert[] = [];
  for (const { text } of records) alerts.push(...detector.push(JSON.parse(text)));
  alerts.push(...detector.flush());
  return [...new Map(alerts.map((alert) => [alert.id, alert])).values()];
}

/** The detection that each scenario of the emulator is made for. */
const detections: Readonly<Record<(typeof auditScenarioNames)[number], string>> = {
  'external-sharing': 'guest_invited',
  'password-spray': 'password_spray',
  'mass-download': 'mass_download',
  'forwarding-rule': 'inbox_rule_external',
  'admin-consent': 'consent_admin',
  'dlp-hit': 'dlp_high',
  'outlook-rule-external': 'update_inbox_rules_external',
  'mailbox-forwarding': 'mailbox_forwarding_external',
  'hidden-inbox-rule': 'inbox_rule_hides',
  'transport-rule': 'transport_rule_external',
  'mailbox-delegation': 'mailbox_delegation',
  'audit-disabled': 'audit_disabled',
  'protection-removed': 'protection_removed',
  'user-consent': 'consent_user',
  'app-credential': 'app_credential_or_role',
  'role-grant': 'role_grant',
  'domain-federation': 'domain_federation',
  'mfa-weakened': 'mfa_weakened',
  'guessed-password': 'guessed_password',
  'device-code': 'legacy_or_device_code',
  'two-countries': 'impossible_travel',
  'anonymous-link': 'anonymous_link',
  'guest-invited': 'guest_invited',
  'ediscovery-export': 'ediscovery_export',
  'copilot-abuse': 'copilot_abuse',
  'help-desk-chat': 'teams_external_helpdesk',
};

describe('the starter rules', () => {
  it('pass their own tests: 188 events judged exactly, and each has a hit and a near miss', async () => {
    const report = await testRules([starterRules]);
    expect(report.failures).toEqual([]);
    expect(report.untested).toEqual([]);
    expect(report.passed).toBe(188 + 14);
  });

  it('are at least 25, each with tags, false positives and a profile', () => {
    const detections = rules.rules.filter(({ level }) => level !== 'informational');
    expect(detections.length).toBeGreaterThanOrEqual(25);
    for (const { name, tags, falsePositives, author, license } of detections) {
      // A correlation that is only a base of another makes no alerts.
      if (name === 'base_many_failed') continue;
      expect(
        tags.some((tag) => /^attack\.t\d{4}/.test(tag)),
        name,
      ).toBe(true);
      expect(falsePositives.length, name).toBeGreaterThan(0);
      expect({ author, license }, name).toEqual({ author: 'audit-sdk', license: 'MIT' });
    }
    expect(rules.problems).toEqual([]);
  });

  it.each(auditScenarioNames)('find the attack %s and leave its innocent twin', (name) => {
    const { hit, nearMiss, noise } = auditScenario(name, { at });
    const found = run([...noise, ...hit]);
    expect(found.map(({ ruleName }) => ruleName)).toContain(detections[name]);
    for (const alert of found) {
      expect(alert.actor, alert.title).toBeTruthy();
      expect(alert.recordIds.length).toBeGreaterThan(0);
      expect(alert.evidence.length, alert.title).toBeGreaterThan(0);
      expect(alert.query).toContain('RecordId in');
    }
    expect(run(nearMiss).map(({ ruleName }) => ruleName)).toEqual([]);
  });

  it('are quiet in an ordinary week of 1,000 users with its look-alikes', () => {
    const counts = new Map<string, number>();
    const byProfile = { page: 0, ticket: 0, hunt: 0 };
    for (const { ruleName = '', profile } of run(generateOrdinaryWeek({ from: at, recordsPerUser: 20 }))) {
      counts.set(`${profile} ${ruleName}`, (counts.get(`${profile} ${ruleName}`) ?? 0) + 1);
      byProfile[profile] += 1;
    }
    console.log(
      [
        'alerts in an ordinary week of 1,000 users:',
        ...[...counts].map(([name, count]) => `${count} ${name}`),
      ].join('\n'),
    );
    expect(byProfile.page).toBe(0);
    expect(byProfile.ticket).toBeLessThanOrEqual(5);
    // The look-alikes are there, and somebody who hunts sees them.
    expect(byProfile.hunt).toBeGreaterThan(20);
  }, 120_000);
});
