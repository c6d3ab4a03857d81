import { describe, expect, it } from 'vitest';
import { countLookAlikes, generateOrdinaryWeek, lookAlikesPerThousandUsers } from '../src/index.js';
import type { LookAlikeName, OrdinaryRecord } from '../src/index.js';

const from = Date.UTC(2026, 0, 5);
type Fields = Record<string, unknown>;
const fieldsOf = ({ text }: OrdinaryRecord): Fields => JSON.parse(text) as Fields;

describe('an ordinary week', () => {
  const records = [...generateOrdinaryWeek({ from, recordsPerUser: 20 })];
  const everyday = records.filter((record) => record.lookAlike === undefined);

  it('is in order, inside the week, the same for the same seed', () => {
    // A repeated record keeps its time.
    const first = new Map(records.toReversed().map((record) => [record.id, record.at]));
    const times = [...new Set(records.map((record) => record.id))].map((id) => first.get(id) ?? 0);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times[0]).toBeGreaterThanOrEqual(from);
    expect(times.at(-1)).toBeLessThan(from + 7 * 86_400_000);
    const again = generateOrdinaryWeek({ from, recordsPerUser: 20 });
    for (const record of records.slice(0, 2_000)) expect(again.next().value).toEqual(record);
  });

  it('holds each look-alike in the number written down, and none by chance', () => {
    const firstOf: Partial<Record<LookAlikeName, (record: Fields) => boolean>> = {
      roleActivation: (record) => String(record['Operation']).startsWith('Add member to role'),
      adminConsent: (record) => String(record['Operation']).startsWith('Consent to application'),
      keyRotation: (record) => String(record['Operation']).startsWith('Update application – Certificates'),
      guestInvitation: (record) => record['Operation'] === 'Invite external user.',
      meetingRoomSignIn: (record) => JSON.stringify(record).includes('BAV2ROPC'),
      anonymousLink: (record) => record['Operation'] === 'AnonymousLinkCreated',
      testModeDlpMatch: (record) => JSON.stringify(record).includes('"Severity":"High"'),
      newsletterRule: (record) => record['Operation'] === 'New-InboxRule',
      lostPhone: (record) => record['Operation'] === 'Disable Strong Authentication.',
      legalExport: (record) => record['Operation'] === 'SearchExported',
    };
    for (const [name, matches] of Object.entries(firstOf)) {
      const found = records.filter((record) => matches(fieldsOf(record)));
      expect([name, found.length]).toEqual([name, lookAlikesPerThousandUsers[name as LookAlikeName]]);
      expect(found.every((record) => record.lookAlike === name)).toBe(true);
    }
    expect(records.filter((record) => record.lookAlike === 'firstSync')).toHaveLength(4 * 80);
    expect(countLookAlikes('guestInvitation', 20)).toBe(0);
    expect(countLookAlikes('guestInvitation', 5_000)).toBe(75);
  });

  it('has one address behind which ten people fail within the hour: the office', () => {
    const users = new Map<string, Set<unknown>>();
    for (const record of records) {
      const fields = fieldsOf(record);
      if (fields['Operation'] !== 'UserLoginFailed' || record.lookAlike === 'forgottenPassword') continue;
      const key = `${String(fields['ClientIP'])} ${Math.floor(record.at / 3_600_000)}`;
      users.set(key, (users.get(key) ?? new Set()).add(fields['UserId']));
    }
    const many = [...users].filter(([, names]) => names.size >= 10).map(([key]) => key.split(' ')[0]);
    expect(many).toEqual(['198.51.100.5']);
  });

  it('has nobody who takes fifty files in half an hour, but for first syncs', () => {
    const taken = new Map<string, number>();
    for (const record of everyday) {
      const fields = fieldsOf(record);
      if (!/^File(?:Sync)?Downloaded/.test(String(fields['Operation']))) continue;
      const key = `${String(fields['UserId'])} ${Math.floor(record.at / 1_800_000)}`;
      taken.set(key, (taken.get(key) ?? 0) + 1);
    }
    expect(Math.max(...taken.values())).toBeLessThan(50);
  });
});
