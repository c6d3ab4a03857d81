import { createDetector, createRouter, loadRules, starterRules, toAlertRow, toChatAlert } from 'audit-rules';
import type { Alert, Attachment } from 'audit-rules';

/** What your pipeline offers: one transaction for everything a unit leaves behind. */
interface Storage {
  attachments(): Attachment[];
  commit(unitId: string, attachments: readonly Attachment[], alerts: readonly Alert[]): Promise<void>;
}

export async function runUnits(
  storage: Storage,
  units: AsyncIterable<{ id: string; contentType: string; records: AsyncIterable<unknown> }>,
): Promise<void> {
  const rules = await loadRules(starterRules, { tenants: { 'a-tenant-id': { domains: ['contoso.com'] } } });
  const detector = createDetector(rules, { state: storage.attachments() });
  for await (const { id, contentType, records } of units) {
    const unit = detector.openUnit(id, { contentType });
    try {
      for await (const record of records) unit.push(record);
      const { alerts, attachments } = unit.finish();
      await storage.commit(id, attachments, alerts);
      unit.commit();
      deliver(alerts);
    } catch (error) {
      unit.abandon();
      throw error;
    }
  }
}

const route = createRouter([
  { to: 'workspace', kind: 'store' },
  { to: 'soc-chat', kind: 'chat', minLevel: 'high' },
]);

function deliver(alerts: readonly Alert[]): void {
  for (const alert of alerts)
    for (const output of route(alert))
      console.log(output, JSON.stringify(output === 'soc-chat' ? toChatAlert(alert) : toAlertRow(alert)));
}
