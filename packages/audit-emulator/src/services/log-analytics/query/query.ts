import { json, text } from '../../../server/service.js';
import type { Call, Service } from '../../../server/service.js';
import type { World } from '../../../server/emulator-state.js';
import { isObject } from '../json.js';
import { KqlError } from '../kql/errors.js';
import { receivedColumn } from '../kql/frame.js';
import type { Frame, FrameColumn } from '../kql/frame.js';
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
export const queryService: Service = {
  name: 'query',
  ownsHost: (host) => hosts.test(host.replace(/:\d+$/, '')),
  ownsPath: (candidate) => path.test(candidate),
  handle: async (call, world) => {
    const host = call.url.hostname.toLowerCase();
    const audiences = (hosts.test(host) ? [`https://${host}`] : allAudiences).flatMap((one) => [
      one,
      `${one}/`,
    ]);
    const verdict = await world.entra.verify(call.headers.get('authorization'), audiences);
    if (!verdict.ok) {
      return failure(
        world,
        401,
        'InvalidTokenError',
        'The provided authentication is not valid for this resource',
        {
          'www-authenticate': 'Bearer',
        },
      );
    }
    const id = path.exec(call.url.pathname)?.[1]?.toLowerCase();
    const workspace = id === undefined ? undefined : world.logAnalytics.workspaces.get(id);
    if (call.method !== 'POST' || id === undefined)
      return failure(world, 404, 'PathNotFoundError', 'No such path');
    if (world.logAnalytics.settings.query.roleMissing) {
      const message = 'The provided credentials have insufficient access to perform the requested operation';
      return failure(world, 403, 'InsufficientAccessError', message);
    }
    if (!workspace) return failure(world, 404, 'WorkspaceNotFoundError', 'The workspace could not be found');
    return answer(call, world, workspace);
  },
};

function answer(call: Call, world: World, workspace: Workspace): Response {
  const body = parse(text(call));
  const query = isObject(body) ? body['query'] : undefined;
  if (typeof query !== 'string') return invalid(world, 'BadArgumentError', 'The query is missing');
  const timespan = isObject(body) ? body['timespan'] : undefined;
  const interval = typeof timespan === 'string' ? parseTimespan(timespan, world.clock.now()) : undefined;
  if (typeof timespan === 'string' && !interval)
    return invalid(world, 'BadArgumentError', 'The timespan is not valid');
  try {
    const open = (name: string): Frame | undefined => {
      const table = workspace.tables.get(name);
      return table && openTable(table, workspace, world, interval);
    };
    const frame = runQuery(query, open, world.clock.now());
    return json(200, {
      tables: [
        {
          name: 'PrimaryResult',
          columns: frame.columns.map(({ name, type }) => ({
            name,
            type: type === 'boolean' ? 'bool' : type,
          })),
          rows: frame.rows.map((row) => frame.columns.map((column) => cell(row[column.name], column))),
        },
      ],
    });
  } catch (error) {
    if (error instanceof KqlError) return invalid(world, error.code, error.message);
    throw error;
  }
}

/** What queries see of a table: its visible rows, with the columns that every table has. */
function openTable(table: Table, workspace: Workspace, world: World, interval: Interval | undefined): Frame {
  const { latencyInMs, newTableDelayInMs } = world.logAnalytics.settings.query;
  const now = world.clock.now();
  const visible = now >= table.createdAt + newTableDelayInMs;
  const entries = visible ? table.entries.filter((entry) => now >= entry.receivedAt + latencyInMs) : [];
  const standard = ['TenantId', 'Type'].filter(
    (name) => !table.columns.some((column) => column.name === name),
  );
  const inInterval = (time: unknown): boolean =>
    !interval || (Date.parse(String(time)) >= interval.from && Date.parse(String(time)) <= interval.to);
  return {
    columns: [...table.columns, ...standard.map((name) => ({ name, type: 'string' as const }))],
    rows: entries
      .filter((entry) => inInterval(entry.row['TimeGenerated']))
      .map(({ row, receivedAt }) => ({
        TenantId: workspace.id,
        Type: table.name,
        ...row,
        [receivedColumn]: receivedAt,
      })),
  };
}

/** Texts have no null, dynamic values are JSON in a text. */
function cell(value: unknown, column: FrameColumn): unknown {
  if (value === null || value === undefined) return column.type === 'string' ? '' : null;
  return column.type === 'dynamic' && typeof value !== 'string' ? JSON.stringify(value) : value;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function invalid(world: World, code: string, message: string): Response {
  const semantic = code.startsWith('SEM');
  return json(400, {
    error: {
      message: 'The request had some invalid properties',
      code: 'BadArgumentError',
      correlationId: world.logAnalytics.random.guid(),
      innererror:
        code === 'BadArgumentError'
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
  world: World,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return json(status, { error: { message, code, correlationId: world.logAnalytics.random.guid() } }, headers);
}
