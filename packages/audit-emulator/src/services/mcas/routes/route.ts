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

export function methodNotAllowed(method: string): Response {
  return json(405, { detail: `Method "${method}" not allowed.` });
}
