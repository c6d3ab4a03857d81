import { expect, it } from 'vitest';
import { describeError } from '../src/http/describe-error.js';
import {
  nestedJson,
  pairsToObject,
  parseClientIp,
  recordTypeName,
  redactSecrets,
  userIdKind,
  utcTime,
} from '../src/records.js';

const length = 400_000;
const texts: Record<string, string> = {
  'carriage returns': '\r'.repeat(length),
  'line ends': '\r\n'.repeat(length / 2),
  spaces: ' '.repeat(length),
  colons: ':'.repeat(length),
  dots: '.'.repeat(length),
  'words of a stack': ' at a'.repeat(length / 5),
  quotes: "'code' ".repeat(length / 7),
  'tags without end': '<title>'.repeat(length / 7),
  'hexadecimal groups': 'a:'.repeat(length / 2),
  'at signs': '@ '.repeat(length / 2),
  zeros: '0'.repeat(length),
  brackets: '['.repeat(length),
  tenants: 'Tenant '.repeat(length / 7),
};

/** Quadratic work on 400,000 characters takes a minute and more; linear work some milliseconds. */
const enoughInMs = 1000;

it.each(Object.entries(texts))('a text of 400,000 %s costs no more than reading it', (_, text) => {
  const started = performance.now();
  describeError({ status: 500, text });
  describeError({ status: 500, text: JSON.stringify({ error: { code: text, message: text } }) });
  for (const value of [text, `x${text}`, `${text}x`]) {
    parseClientIp(value);
    userIdKind(value);
    utcTime(value);
    nestedJson(value);
    recordTypeName(value);
    redactSecrets({ Name: value, Value: value });
  }
  expect(performance.now() - started).toBeLessThan(enoughInMs);
});

it('many pairs of one name cost no more than reading them', () => {
  const started = performance.now();
  const pairs = Array.from({ length: 100_000 }, (_, index) => ({ Name: 'same', Value: index }));
  expect(pairsToObject(pairs)['same']).toHaveLength(100_000);
  expect(performance.now() - started).toBeLessThan(enoughInMs);
});

it('of an exception the first line is told, without the stack', () => {
  const message = (text: string) =>
    describeError({ status: 500, text: JSON.stringify({ error: { code: 'AF50000', message: text } }) })
      .message;
  expect(message('It failed.\r\n   at X.Y()')).toBe('It failed.');
  expect(message('It failed.   at Microsoft.Office.X() in d:')).toBe('It failed.');
  expect(message('Try at least once.')).toBe('Try at least once.');
});
