import type { EmulatorState } from '../../server/emulator-state.js';
import type { Service } from '../../server/service.js';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The settings of every service that has some. No bound is null: JSON knows no Infinity. */
export function readSettings(services: readonly Service[], state: EmulatorState): Fields {
  return Object.fromEntries(
    services.flatMap(({ name, settings }) => (settings ? [[name, toJson(settings(state))]] : [])),
  );
}

/**
 * Changes settings, all or none.
 *
 * @throws TypeError for a service or a setting that does not exist, or a value of another type.
 */
export function changeSettings(services: readonly Service[], state: EmulatorState, changes: Fields): void {
  const targets = Object.entries(changes).map(([name, wanted]) => {
    const settings = services.find((service) => service.name === name)?.settings?.(state);
    if (!settings || !isObject(wanted)) {
      const known = services.filter((service) => service.settings).map((service) => service.name);
      throw new TypeError(`Settings are objects of ${known.join(', ')}, not ${name}.`);
    }
    check(settings as Fields, wanted, name);
    return [settings as Fields, wanted] as const;
  });
  for (const [settings, wanted] of targets) assign(settings, wanted);
}

function check(settings: Fields, wanted: Fields, path: string): void {
  for (const [name, value] of Object.entries(wanted)) {
    const where = `${path}.${name}`;
    if (!Object.hasOwn(settings, name))
      throw new TypeError(`${where} is not known. Known: ${Object.keys(settings).join(', ')}.`);
    const now = settings[name];
    if (isObject(now) && isObject(value)) check(now, value, where);
    else if (
      typeof now === 'number'
        ? value !== null && typeof value !== 'number'
        : now !== undefined && typeof value !== typeof now
    )
      throw new TypeError(
        `${where} is ${typeof now === 'number' ? 'a number, or null for no bound' : `a ${typeof now}`}.`,
      );
  }
}

function assign(settings: Fields, wanted: Fields): void {
  for (const [name, value] of Object.entries(wanted)) {
    const now = settings[name];
    if (isObject(now) && isObject(value)) assign(now, value);
    else settings[name] = value === null && typeof now === 'number' ? Infinity : (value ?? undefined);
  }
}

function toJson(value: unknown): unknown {
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toJson(one)]));
  return value === Infinity ? null : (value ?? null);
}
