import type { Journal } from '../server/journal.js';
import type { QuotaReport } from '../server/quotas.js';
import type { EmulatorState } from '../server/emulator-state.js';

const newestRows = 5;
const newestRequests = 50;
const cellLength = 300;

/** One plain page for a person: tenants, tables with their newest rows, quotas, recent requests. */
export function rootPage(state: EmulatorState, journal: Journal, quotas: readonly QuotaReport[]): string {
  const { entra, logAnalytics, clock, quotaMinuteInMs } = state;
  const tables = [...logAnalytics.workspaces.values()].flatMap((one) => [...one.tables.values()]);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>audit-emulator</title>
<style>body{font:15px/1.4 system-ui,sans-serif;margin:2rem;max-width:80rem}table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}</style>
<h1>audit-emulator</h1>
<p>A local emulator of Microsoft's audit and ingestion APIs. Nothing here is real; every secret is fake. It is ${escape(new Date(clock.now()).toISOString())}.</p>
<h2>Tenants</h2>
${grid(
  ['Tenant', 'Id', 'Domains', 'Apps'],
  entra.tenants.map((one) => [
    one.displayName,
    one.tenantId,
    one.domains.join(', '),
    entra.apps
      .filter((app) => app.tenantId === one.tenantId)
      .map((app) => `${app.displayName} (${app.clientId})`)
      .join(', '),
  ]),
)}
<h2>Tables</h2>
${tables.map((table) => tableOf(table.name, table.entries)).join('\n') || '<p>None yet.</p>'}
<h2>Quotas</h2>
<p>A quota minute lasts ${quotaMinuteInMs} ms.</p>
${grid(['Service', 'Allowed for each', 'Requests', 'Bytes', 'Used in this minute'], quotas.map(quotaRow))}
<h2>Recent requests</h2>
${grid(
  ['Time', 'Service', 'Request', 'Status', 'Bytes in', 'Bytes out', 'Faults'],
  journal.entries
    .slice(-newestRequests)
    .toReversed()
    .map((one) => [
      one.time,
      one.service,
      `${one.method} ${one.path}`,
      one.status,
      one.requestBytes,
      one.responseBytes,
      one.faults.join(', '),
    ]),
)}
</html>`;
}

function quotaRow(one: QuotaReport): string[] {
  const used = Object.entries(one.used).map(
    ([key, { requests, bytes }]) =>
      `${key}: ${requests} requests${bytes === undefined ? '' : `, ${bytes} bytes`}`,
  );
  const limit = (value: number | null | undefined): string =>
    value === undefined ? 'not counted' : String(value ?? 'no bound');
  return [one.service, one.per, limit(one.requestsPerMinute), limit(one.bytesPerMinute), used.join('; ')];
}

function tableOf(name: string, entries: readonly { row: unknown }[]): string {
  const rows = entries.slice(-newestRows).toReversed();
  return `<h3>${escape(name)}</h3><p>${entries.length} rows</p>
${
  rows.length > 0
    ? grid(
        ['Newest'],
        rows.map(({ row }) => [JSON.stringify(row)]),
      )
    : ''
}`;
}

function grid(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = (tag: string, values: readonly (string | number)[]): string =>
    `<tr>${values.map((value) => `<${tag}>${escape(String(value).slice(0, cellLength))}</${tag}>`).join('')}</tr>`;
  return `<table>${cells('th', heads)}${rows.map((row) => cells('td', row)).join('')}</table>`;
}

function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
