import { createHash } from 'node:crypto';
import { toRegExp } from '../comparisons.js';
import { isMissing, toText } from '../values.js';
import type { Value } from '../values.js';
import { conversionFunctions } from './conversion.js';
import type { KqlFunction } from './function.js';

const text = toText;

/** Kusto counts Unicode code points. */
const points = (value: Value): string[] => Array.from(text(value));

const replaceRegex: KqlFunction = ([value, pattern, replacement]) =>
  text(value).replace(toRegExp(pattern, 'g'), text(replacement).replaceAll(/\\(\d)/g, '$$$1'));

function convert(value: string, type: Value): Value {
  const name = text(type);
  const by = name === '' || name === 'string' ? undefined : conversionFunctions[`to${name}`];
  return by ? by([value], { now: 0, type: 'dynamic', row: {} }) : value;
}

const countOf = (value: string, part: string): number => {
  if (part === '') return 0;
  let count = 0;
  for (let at = value.indexOf(part); at >= 0; at = value.indexOf(part, at + 1)) count += 1;
  return count;
};

export const textFunctions: Readonly<Record<string, KqlFunction>> = {
  strcat: (args) => args.map(text).join(''),
  strcat_delim: ([delimiter, ...args]) => args.map(text).join(text(delimiter)),
  strcat_array: ([array, delimiter]) => (Array.isArray(array) ? array.map(text).join(text(delimiter)) : ''),
  strlen: ([value]) => points(value).length,
  string_size: ([value]) => Buffer.byteLength(text(value)),
  strrep: ([value, count, delimiter]) =>
    Array.from({ length: Number(count) }, () => text(value)).join(text(delimiter)),
  reverse: ([value]) => points(value).toReversed().join(''),
  tolower: ([value]) => text(value).toLowerCase(),
  toupper: ([value]) => text(value).toUpperCase(),
  substring: ([value, start, length]) => {
    const from = Math.max(0, Number(start) < 0 ? points(value).length + Number(start) : Number(start));
    return points(value)
      .slice(from, isMissing(length) ? undefined : from + Math.max(0, Number(length)))
      .join('');
  },
  indexof: ([value, part, start = 0]) => text(value).indexOf(text(part), Number(start)),
  countof: ([value, part, kind]) =>
    text(kind) === 'regex'
      ? [...text(value).matchAll(toRegExp(part, 'g'))].length
      : countOf(text(value), text(part)),
  split: ([value, delimiter, index]) => {
    const parts = text(value).split(text(delimiter));
    return isMissing(index) ? parts : [parts[Number(index)] ?? ''];
  },
  // The older function takes the text last.
  replace: ([pattern, replacement, value], context) => replaceRegex([value, pattern, replacement], context),
  replace_regex: replaceRegex,
  replace_string: ([value, part, replacement]) => text(value).split(text(part)).join(text(replacement)),
  extract: ([pattern, group, value, type]) => {
    const found = toRegExp(pattern).exec(text(value));
    return found ? convert(found[Number(group)] ?? '', type) : isMissing(type) ? '' : null;
  },
  extract_all: (args) => {
    const [pattern, value] = args.length > 2 ? [args[0], args[2]] : args;
    const groups = args.length > 2 && Array.isArray(args[1]) ? (args[1] as Value[]).map(Number) : undefined;
    const all = [...text(value).matchAll(toRegExp(pattern, 'g'))].map((found) => {
      const parts = groups ? groups.map((one) => found[one] ?? '') : found.slice(1).map((one) => one ?? '');
      return parts.length === 0 ? found[0] : parts.length === 1 ? parts[0] : parts;
    });
    return all.length > 0 ? all : null;
  },
  extractjson: ([path, value, type]) => extractJson(path, value, type),
  extract_json: ([path, value, type]) => extractJson(path, value, type),
  trim: ([pattern, value]) =>
    text(value).replace(toRegExp(`^(?:${text(pattern)})+|(?:${text(pattern)})+$`, 'g'), ''),
  trim_start: ([pattern, value]) => text(value).replace(toRegExp(`^(?:${text(pattern)})+`), ''),
  trim_end: ([pattern, value]) => text(value).replace(toRegExp(`(?:${text(pattern)})+$`), ''),
  base64_encodestring: ([value]) => Buffer.from(text(value)).toString('base64'),
  base64_encode_tostring: ([value]) => Buffer.from(text(value)).toString('base64'),
  base64_decodestring: ([value]) => Buffer.from(text(value), 'base64').toString(),
  base64_decode_tostring: ([value]) => Buffer.from(text(value), 'base64').toString(),
  hash_sha256: ([value]) => createHash('sha256').update(text(value)).digest('hex'),
  hash_md5: ([value]) => createHash('md5').update(text(value)).digest('hex'),
  url_decode: ([value]) => decode(text(value)),
  url_encode: ([value]) => encodeURIComponent(text(value)),
  parse_cef_dictionary: ([value, escape]) =>
    Object.fromEntries(
      [...text(value).matchAll(/(\w+)=((?:(?!\s\w+=).)*)/gs)].map(([, name = '', one = '']) => [
        name,
        text(escape) === '' ? one : one.replaceAll(text(escape), ''),
      ]),
    ),
};

function extractJson(path: Value, value: Value, type: Value): Value {
  let found = conversionFunctions['parse_json']?.([value], { now: 0, type: 'dynamic', row: {} });
  for (const [, name, index] of text(path).matchAll(/\.?([A-Za-z_]\w*)|\[(\d+)\]/g))
    found = (found as Record<string, Value> | null | undefined)?.[name ?? index ?? ''];
  return isMissing(found) ? null : convert(text(found), type);
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
