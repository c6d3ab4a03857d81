import { text } from '../../server/service.js';
import type { Call } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';

/** A call and what its path names. */
export interface ArmRequest {
  readonly call: Call;
  readonly state: EmulatorState;
  readonly subscriptionId: string;
  /** In lower case, as it is compared; absent in lists of a whole subscription. */
  readonly resourceGroup: string | undefined;
  /** Path segments after the resource type. */
  readonly names: readonly string[];
}

export type ArmHandler = (request: ArmRequest) => Response;

export const same = (a: string, b: string | undefined): boolean => a.toLowerCase() === b?.toLowerCase();

/** The body as an object; empty when it is none. */
export function bodyOf(request: ArmRequest): Record<string, unknown> {
  try {
    return record(JSON.parse(text(request.call)));
  } catch {
    return {};
  }
}

export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
