import type { Dice } from '../torture/dice.js';

/** A response as it was recorded. */
export interface RecordedResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array<ArrayBuffer>;
}

export function toResponse({ status, headers, body }: RecordedResponse): Response {
  const empty = [101, 204, 205, 304].includes(status);
  return new Response(empty ? null : body, { status, headers });
}

/** The same response, broken in one to three places. */
export function mutate(response: RecordedResponse, dice: Dice): RecordedResponse {
  let mutated = response;
  for (let count = 1 + dice.int(3); count > 0; count--)
    mutated = dice.pick([mutateJson, mutateJson, mutateJson, mutateBytes, mutateHeaders, mutateStatus])(
      mutated,
      dice,
    );
  return mutated;
}

function mutateStatus(response: RecordedResponse, dice: Dice): RecordedResponse {
  const status = dice.pick([200, 201, 204, 206, 301, 304, 400, 401, 403, 404, 408, 413, 429, 500, 503, 599]);
  return { ...response, status };
}

function mutateHeaders(response: RecordedResponse, dice: Dice): RecordedResponse {
  const headers = { ...response.headers };
  const name = dice.pick([
    'content-type',
    'retry-after',
    'date',
    'nextpageuri',
    'location',
    'content-length',
  ]);
  if (dice.int(3) === 0) delete headers[name];
  else
    headers[name] = dice.pick(['', '-1', '999999999999', 'text/html', 'NaN', 'https://evil.example/x', '/']);
  return { ...response, headers };
}

function mutateBytes(response: RecordedResponse, dice: Dice): RecordedResponse {
  const { body } = response;
  const at = dice.int(body.length + 1);
  const inserted = dice.pick([
    [0xff, 0xfe],
    [0xef, 0xbb, 0xbf],
    [0x00],
    [0x22],
    [0x7b],
    [0x5d],
    [0xc0, 0xaf],
    [0x5c, 0x75, 0x64, 0x38],
  ]);
  const parts =
    dice.int(2) === 0
      ? [body.subarray(0, at)]
      : [body.subarray(0, at), Uint8Array.from(inserted), body.subarray(at + dice.int(4))];
  return { ...response, body: concatenate(parts) };
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Changes one value of the JSON; a body that is none is broken as bytes. */
function mutateJson(response: RecordedResponse, dice: Dice): RecordedResponse {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(response.body));
  } catch {
    return mutateBytes(response, dice);
  }
  const text = JSON.stringify(change(value, dice, 1 + dice.int(4)));
  return { ...response, body: new TextEncoder().encode(text ?? '') };
}

/** Walks down at most `depth` steps and puts something else there. */
function change(value: unknown, dice: Dice, depth: number): unknown {
  if (depth > 0 && Array.isArray(value) && value.length > 0) {
    const at = dice.int(value.length);
    if (dice.int(6) === 0) return value.toSpliced(at, 1);
    if (dice.int(6) === 0) return [...value, value[at]];
    return value.with(at, change(value[at], dice, depth - 1));
  }
  if (depth > 0 && isObject(value)) {
    const keys = Object.keys(value);
    const key = keys.length > 0 ? dice.pick(keys) : 'key';
    if (dice.int(6) === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    if (dice.int(12) === 0) return JSON.parse(`{"__proto__":{"a":1},"constructor":{"b":2}}`) as unknown;
    return { ...value, [key]: change(value[key], dice, depth - 1) };
  }
  return createStrange(dice);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function createStrange(dice: Dice): unknown {
  return dice.pick<() => unknown>([
    () => null,
    () => true,
    () => '',
    () => -1,
    () => 1e308,
    () => 'x'.repeat(20_000),
    () => '<html><title>'.repeat(500),
    () => '2026-13-45T99:99:99',
    () => 'https://evil.example/api?x=1',
    () => 'javascript:alert(1)',
    () => '\u0000\uD800\r\n',
    () => [],
    () => ({}),
    () => [[[[[[]]]]]],
    () => ({ length: 5, toString: 'x', valueOf: null }),
    () => Array.from({ length: 50 }, (_, index) => index),
  ])();
}
