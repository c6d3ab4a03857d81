import { defineService } from '../../../server/define-service.js';
import { json, text } from '../../../server/service.js';
import type { Call, Service } from '../../../server/service.js';
import type { EmulatorState } from '../../../server/emulator-state.js';
import { isObject } from '../json.js';
import { KqlError } from '../kql/errors.js';
import type { Frame, FrameColumn } from '../kql/frame.js';
import { toCell, toFrame } from '../kql/rows.js';
import { runQuery } from '../kql/run.js';
import type { Table } from '../tables.js';
import { parseTimespan } from './timespan.js';
import type { Interval } from './timespan.js';
import type { Workspace } from '../workspaces.js';

const hosts = /^api\.loganalytics\.(?:io|us|azure\.cn)$/i;
const path = /^\/v1\/workspaces\/([^/]+)\/query$/i;
const allAudiences = [
  'https://api.loganalytics.io',
  'https://api.loganalytics.us',
  'https://api.loganalytics.azure.cn',
];

/** The Log Analytics query API: `POST /v1/workspaces/{id}/query`. */
export const queryService: Service = defineService({
  name: 'query',
  hosts: [hosts],
  paths: [path],
  resources: [
    { name: 'Log Analytics API', appId: 'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5', audiences: allAudiences },
  ],
  maxBodyBytes: 4 * 1024 * 1024,
  handle: async (call, state) => {
    const host = call.url.hostname.toLowerCase();
    const audiences = (hosts.test(host) ? [`https://${host}`] : allAudiences).flatMap((one) => [
      one,
      `${one}/`,
    ]);
    const verdict = await state.entra.verify(call.headers.get('authorization'), audiences);
    if (!verdict.ok) {
      return failure(
        state,
        401,
        'InvalidTokenError',
        'The provided authentication is not valid for this resource',
        {
          'www-authenticate': 'Bearer',
        },
      );
    }
    const id = path.exec(call.url.pathname)?.[1]?.toLowerCase();
    const workspace = id === undefined ? undefined : state.logAnalytics.workspaces.get(id);
    if (call.method !== 'POST' || id === undefined)
      return failure(state, 404, 'PathNotFoundError', 'No such path');
    if (state.logAnalytics.settings.query.roleMissing) {
      const message = 'The provided credentials have insufficient access to perform the requested operation';
      return failure(state, 403, 'InsufficientAccessError', message);
    }
    if (!workspace) return failure(state, 404, 'WorkspaceNotFoundError', 'The workspace could not be found');
    return answer(call, state, workspace);
  },
});

function answer(call: Call, state: EmulatorState, workspace: Workspace): Response {
  const body = parse(text(call));
  const query = isObject(body) ? body['query'] : undefined;
  if (typeof query !== 'string') return invalid(state, 'BadArgumentError', 'The query is missing');
  const timespan = isObject(body) ? body['timespan'] : undefined;
  const interval = typeof timespan === 'string' ? parseTimespan(timespan, state.clock.now()) : undefined;
  if (typeof timespan === 'string' && !interval)
    return invalid(state, 'BadArgumentError', 'The timespan is not valid');
  try {
    const open = (name: string): Frame | undefined => {
      const table = workspace.tables.get(name);
      return table && openTable(table, workspace, state, interval);
    };
    const schema = schemaOf(workspace);
    const frame = runQuery(query, { schema, open, now: state.clock.now() });
    return json(200, {
      tables: [
        {
          name: 'PrimaryResult',
          columns: frame.columns.map(({ name, type }) => ({
            name,
            type: type === 'boolean' ? 'bool' : type,
          })),
          rows: frame.rows.map((row) => frame.columns.map((column) => toCell(row[column.name], column))),
        },
      ],
    });
  } catch (error) {
    if (error instanceof KqlError)
      return invalid(state, error.code === 'Unsupported' ? 'EmulatorUnsupported' : error.code, error.message);
    throw error;
  }
}

/** The columns that queries see of every table. */
function schemaOf(workspace: Workspace): Map<string, readonly FrameColumn[]> {
  return new Map([...workspace.tables.values()].map((table) => [table.name, columnsOf(table)]));
}

/** A table's own columns, those that every table has, and those of the service. */
function columnsOf({ columns }: Table): readonly FrameColumn[] {
  const standard = ['TenantId', 'Type'].filter((name) => !columns.some((column) => column.name === name));
  return [
    ...columns.map(({ name, type }) => ({ name, type })),
    ...standard.map((name) => ({ name, type: 'string' as const })),
  ];
}

/** What queries see of a table: its visible rows. */
function openTable(
  table: Table,
  workspace: Workspace,
  state: EmulatorState,
  interval: Interval | undefined,
): Frame {
  const { latencyInMs, newTableDelayInMs } = state.logAnalytics.settings.query;
  const now = state.clock.now();
  const visible = now >= table.createdAt + newTableDelayInMs;
  const entries = visible ? table.entries.filter((entry) => now >= entry.receivedAt + latencyInMs) : [];
  const inInterval = (time: unknown): boolean =>
    !interval || (Date.parse(String(time)) >= interval.from && Date.parse(String(time)) <= interval.to);
  return toFrame(
    columnsOf(table),
    entries
      .filter((entry) => inInterval(entry.row['TimeGenerated']))
      .map(({ row, receivedAt }) => ({
        row: { TenantId: workspace.id, Type: table.name, ...row },
        receivedAt,
      })),
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function invalid(state: EmulatorState, code: string, message: string): Response {
  const semantic = code.startsWith('SEM');
  return json(400, {
    error: {
      message: 'The request had some invalid properties',
      code: 'BadArgumentError',
      correlationId: state.logAnalytics.random.guid(),
      innererror:
        code === 'BadArgumentError' || code === 'EmulatorUnsupported'
          ? { code, message }
          : {
              code: semantic ? 'SemanticError' : 'SyntaxError',
              message: semantic ? 'A semantic error occurred.' : 'A syntax error occurred.',
              innererror: { code, message },
            },
    },
  });
}

function failure(
  state: EmulatorState,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return json(status, { error: { message, code, correlationId: state.logAnalytics.random.guid() } }, headers);
}
