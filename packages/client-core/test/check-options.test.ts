import { describe, expect, it } from 'vitest';
import {
  ArgumentError,
  checkOptions,
  clientOptionTable,
  hasMethods,
  isBoolean,
  isCloud,
  isEither,
  isListOf,
  isNumber,
  isOneOf,
  isStart,
  isText,
  withDefaults,
  withoutUndefined,
} from '../src/index.js';
import type { ClientOptions, OptionTable } from '../src/index.js';

interface Options extends ClientOptions {
  compression?: 'gzip' | 'none' | undefined;
  level?: number | undefined;
  contentTypes?: string[] | undefined;
  settleDelayInMs?: number | undefined;
  verify?: boolean | undefined;
  cloud?: string | undefined;
  startFrom?: string | number | Date | undefined;
  name?: string | undefined;
  store?: object | undefined;
}

const table: OptionTable<Options> = {
  ...clientOptionTable,
  compression: isOneOf(['gzip', 'none']),
  level: isNumber({ min: 1, max: 9, whole: true }),
  contentTypes: isListOf(isText),
  settleDelayInMs: isNumber(),
  verify: isBoolean,
  cloud: isCloud,
  startFrom: isStart,
  name: isEither(isText, isBoolean),
  store: hasMethods('load', 'save'),
};

const check = (options: unknown): unknown => checkOptions(options as Options, table);

describe('checkOptions', () => {
  it.each([
    [{ level: 42 }, 'options.level: is 42. Give a whole number from 1 to 9.'],
    [{ level: 1.5 }, 'options.level: is 1.5'],
    [{ level: NaN }, 'options.level: is NaN'],
    [{ level: '6' }, "options.level: is '6'"],
    [{ settleDelayInMs: -1 }, 'options.settleDelayInMs: is -1. Give a number from 0 upwards.'],
    [{ requestsPerMinute: 0 }, 'options.requestsPerMinute: is 0. Give a number above 0.'],
    [{ timeoutInMs: Infinity }, 'options.timeoutInMs: is Infinity'],
    [{ compression: 'gz' }, "options.compression: is 'gz'. Use one of 'gzip', 'none'."],
    [{ verify: 'yes' }, "options.verify: is 'yes'. Give true or false."],
    [{ fetch: {} }, 'options.fetch: is of type object. Give a function.'],
    [{ clock: { now: () => 0 } }, 'options.clock: has no sleep(). Give an object with now(), sleep().'],
    [{ limiter: 5 }, 'options.limiter: is 5. Give an object with acquire(), pauseUntil().'],
    [{ retry: { maxRetries: -1 } }, 'options.retry.maxRetries: is -1'],
    [{ retry: { maxAttempts: 3 } }, 'options.retry.maxAttempts: is not an option. Did you mean maxRetries?'],
    [{ retry: 3 }, 'options.retry: is not an object'],
    [{ events: { onRetrys() {} } }, 'options.events.onRetrys: is not an option. Did you mean onRetry?'],
    [{ contentTypes: ['Audit.General', ''] }, 'options.contentTypes[1]: is empty'],
    [{ contentTypes: 'Audit.General' }, "options.contentTypes: is 'Audit.General'. Give an array."],
    [{ cloud: 'mars' }, "options.cloud: 'mars' is not known"],
    [{ startFrom: 'yesterday' }, 'options.startFrom: is not a time with a zone'],
    [{ startTime: 1 }, 'options.startTime: is not an option. Did you mean startFrom?'],
    [{ settleDelayInMS: 1 }, 'Did you mean settleDelayInMs?'],
    [{ setleDelayInMs: 1 }, 'Did you mean settleDelayInMs?'],
    [{ levle: 1 }, 'Did you mean level?'],
    [{ userAgentPrefix: 'a\nb' }, 'options.userAgentPrefix: cannot be sent in a header'],
    [{ name: 7 }, 'options.name: is 7. Give true or false.'],
    [{ store: { load() {} } }, 'options.store: has no save()'],
    [null, 'options: is not an object'],
    ['fast', 'options: is not an object'],
    [[], 'options: is not an object'],
  ])('refuses %o', (options, words) => {
    expect(() => check(options)).toThrow(words);
    expect(() => check(options)).toThrow(ArgumentError);
  });

  it('does not repeat a text that may be a secret', () => {
    expect(() => check({ compression: 'Bearer abc/def=' })).toThrow('is a string that does not fit');
  });

  it('takes undefined for not given, of every option', () => {
    const nothing = Object.fromEntries(Object.keys(table).map((name) => [name, undefined]));
    expect(check({ ...nothing, retry: { maxRetries: undefined } })).toEqual({
      retry: { maxRetries: undefined },
    });
    expect(check({ ...nothing, maxAttempts: undefined })).toEqual({});
    expect(check(undefined)).toEqual({});
  });

  it('ignores unknown keys, so that a configuration object can be spread', () => {
    const options = { level: 6, tenantName: 'contoso', cloudy: 'x', cloud: 'gcc', colour: 1, startTime: 0 };
    expect(check({ ...options, startFrom: 'now' })).toMatchObject({
      level: 6,
      cloud: 'gcc',
      tenantName: 'contoso',
    });
  });
});

describe('withDefaults', () => {
  it('never lets undefined override a default', () => {
    const options: { a?: number | undefined; b?: string | undefined } = { a: undefined, b: 'x' };
    const full = withDefaults(options, { a: 5 });
    const a: number = full.a;
    expect(a).toBe(5);
    expect(full).toEqual({ a: 5, b: 'x' });
    expect(withDefaults(undefined as { a?: number } | undefined, { a: 5 })).toEqual({ a: 5 });
  });

  it('leaves null and false alone', () => {
    expect(withoutUndefined({ a: null, b: false, c: undefined, d: 0 })).toEqual({ a: null, b: false, d: 0 });
  });
});
