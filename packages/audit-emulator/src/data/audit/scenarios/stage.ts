import { createRandom } from '../../random.js';
import { directoryChange, stsLogon } from '../builders/entra.js';
import type { SignIn } from '../builders/entra.js';
import { exchangeAdmin, exchangeItem } from '../builders/exchange.js';
import { fileOperation, sharing } from '../builders/sharepoint.js';
import type { FileForced } from '../builders/sharepoint.js';
import { makeRecord } from '../generate.js';
import { people } from '../people.js';
import type { Built, Draft, Fields, GeneratedRecord, Person } from '../shapes.js';

/** An address that only attackers use: of RFC 5737's third range. */
export const attackerIp = '203.0.113.66';

const minute = 60_000;

interface StageOptions {
  /** Minute 0 of the story, in milliseconds since the epoch. */
  at: number;
  seed: string;
  tenantId: string;
  domain: string;
}

/** Where a story is played: makes records of each workload at a minute of the story. */
export class Stage {
  readonly domain: string;
  readonly #options: StageOptions;
  readonly #random;

  constructor(options: StageOptions) {
    this.domain = options.domain;
    this.#options = options;
    this.#random = createRandom(options.seed);
  }

  /** The n-th person of the cast. */
  person(n: number): Person {
    return people[n % people.length] as Person;
  }

  address(user: Person): string {
    return `${user.alias}@${this.domain}`;
  }

  /** What a guest's account is called in the tenant that invited them. */
  guestAccount(address: string): string {
    return `${address.replace('@', '_')}#EXT#@${this.domain}`;
  }

  draft(atMinute: number, recordType: number, user: Person): Draft {
    const { at, tenantId, domain } = this.#options;
    const time = Math.floor((at + atMinute * minute) / 1000) * 1000;
    return { random: this.#random, at: time, recordType, tenantId, domain, user };
  }

  signIn(atMinute: number, user: Person, how: SignIn = {}): GeneratedRecord {
    const draft = this.draft(atMinute, 15, user);
    return makeRecord(draft, stsLogon(draft, { failed: false, ...how }));
  }

  /** A cmdlet of Exchange. */
  cmdlet(
    atMinute: number,
    user: Person,
    operation: string,
    parameters: Record<string, string>,
    built: Partial<Built> = {},
  ): GeneratedRecord {
    const draft = this.draft(atMinute, 1, user);
    return makeRecord(draft, { ...exchangeAdmin(draft, { operation, parameters }), ...built });
  }

  /** A mailbox action, with fields of its own beside those of every such record. */
  mailbox(atMinute: number, user: Person, operation: string, fields: Fields, ip?: string): GeneratedRecord {
    const draft = this.draft(atMinute, 2, user);
    const built = exchangeItem(draft);
    const clientIp = ip ?? user.ip;
    return makeRecord(draft, {
      ...built,
      operation,
      clientIp,
      fields: { ...built.fields, ClientIPAddress: clientIp, ...fields },
    });
  }

  /** A change in the directory. */
  directory(
    atMinute: number,
    user: Person,
    operation: string,
    modified: readonly [name: string, newValue: string, oldValue?: string][],
    built: Partial<Built> & { target?: string } = {},
  ): GeneratedRecord {
    const draft = this.draft(atMinute, 8, user);
    const { target, ...rest } = built;
    const change = directoryChange(draft, {
      operation,
      modified: modified.map(([name, newValue, oldValue = '']) => [name, oldValue, newValue]),
      ...(target !== undefined && { target }),
    });
    return makeRecord(draft, { ...change, ...rest });
  }

  file(atMinute: number, user: Person, forced: FileForced, built: Partial<Built> = {}): GeneratedRecord {
    const draft = this.draft(atMinute, 6, user);
    return makeRecord(draft, { ...fileOperation(draft, { oneDrive: false, ...forced }), ...built });
  }

  share(
    atMinute: number,
    user: Person,
    forced: Parameters<typeof sharing>[1],
    built: Partial<Built> = {},
  ): GeneratedRecord {
    const draft = this.draft(atMinute, 14, user);
    return makeRecord(draft, { ...sharing(draft, forced), ...built });
  }

  /** Any other record. */
  other(
    atMinute: number,
    recordType: number,
    user: Person,
    operation: string,
    workload: string,
    fields: Fields,
    built: Partial<Built> = {},
  ): GeneratedRecord {
    return makeRecord(this.draft(atMinute, recordType, user), { operation, workload, fields, ...built });
  }
}
