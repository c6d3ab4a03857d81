import { receivedColumn } from '../frame.js';
import { isMissing } from '../values.js';
import type { KqlFunction } from './function.js';
import { bitFunctions, mathFunctions } from './math.js';
import { conversionFunctions } from './conversion.js';
import { dynamicFunctions } from './dynamic.js';
import { networkFunctions } from './network.js';
import { textFunctions } from './text.js';
import { timeFunctions } from './time.js';

const conditional: Readonly<Record<string, KqlFunction>> = {
  iff: ([condition, yes, no]) => (condition === true ? yes : no),
  iif: ([condition, yes, no]) => (condition === true ? yes : no),
  case: (args) => {
    for (let i = 0; i + 1 < args.length; i += 2) if (args[i] === true) return args[i + 1];
    return args.at(-1);
  },
  coalesce: (args) => args.find((value) => !isMissing(value) && value !== '') ?? null,
  not: ([value]) => (isMissing(value) ? null : value !== true),
  isnull: ([value]) => isMissing(value),
  isnotnull: ([value]) => !isMissing(value),
  isempty: ([value]) => isMissing(value) || value === '',
  isnotempty: ([value]) => !isMissing(value) && value !== '',
  notempty: ([value]) => !isMissing(value) && value !== '',
  // A column that is not there is the fallback: the binder has replaced what it knows.
  columnifexists: ([value, fallback], { row }) =>
    typeof value === 'string' && Object.hasOwn(row, value) ? row[value] : (fallback ?? null),
  column_ifexists: ([value, fallback], { row }) =>
    typeof value === 'string' && Object.hasOwn(row, value) ? row[value] : (fallback ?? null),
  ingestion_time: (_args, { row }) => row[receivedColumn] ?? null,
  materialize: ([value]) => value,
};

/** Every scalar function the emulator runs, by its name. */
export const functions: Readonly<Record<string, KqlFunction>> = {
  ...conditional,
  ...conversionFunctions,
  ...textFunctions,
  ...timeFunctions,
  ...mathFunctions,
  ...bitFunctions,
  ...dynamicFunctions,
  ...networkFunctions,
};
