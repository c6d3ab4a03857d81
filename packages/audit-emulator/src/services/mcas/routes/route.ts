import { decoded } from '../../../server/unescape-path.js';
import { json } from '../../../server/service.js';
import type { Call } from '../../../server/service.js';
import type { EmulatorState } from '../../../server/emulator-state.js';
import type { Access, Role } from '../access.js';
import type { McasState } from '../state.js';

export interface Visit {
  call: Call;
  state: EmulatorState;
  mcas: McasState;
  /** The variable part of the path, percent-decoded; empty where there is none. */
  pk: string;
}

export interface Route {
  methods: readonly string[];
  /** Path after `/api` or `/cas/api`, with its final slash; `:pk` stands for one segment. */
  path: string;
  /** Left out where no Authorization is looked at. */
  access?: Access;
  handle(visit: Visit): Response | Promise<Response>;
}

export const listMethods: readonly string[] = ['GET', 'POST'];

export function reads(...roles: Role[]): Access {
  return { roles, changes: false };
}

export function changes(...roles: Role[]): Access {
  return { roles, changes: true };
}

export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; pk: string } | 'no-path' | 'no-method' {
  let known = false;
  for (const route of routes) {
    const pk = matchPath(route.path, path);
    if (pk === undefined) continue;
    known = true;
    if (route.methods.includes(method)) return { route, pk };
  }
  return known ? 'no-method' : 'no-path';
}

function matchPath(pattern: string, path: string): string | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  let pk = '';
  for (const [n, segment] of wanted.entries()) {
    const one = given[n] ?? '';
    if (segment === ':pk' && one !== '') pk = decoded(one);
    else if (segment !== one) return undefined;
  }
  return pk;
}

export function methodNotAllowed(method: string): Response {
  return json(405, { detail: `Method "${method}" not allowed.` });
}
