import { createEmulator, generateSharing } from 'audit-emulator';
import { McasClient, apiToken } from 'mcas-client';
import type { Activity } from 'mcas-client';
import { describe, expect, it } from 'vitest';
import { readShares } from '../lib/read-shares.js';
import { externalUser, fileKey, joinShares } from '../lib/share-join.js';

const to = Date.UTC(2026, 10, 20, 12);
const story = generateSharing({ seed: 'join', to }) as unknown as Activity[];

describe('joinShares', () => {
  it('is one row for each acceptance, with what the same user did to the same file later', () => {
    const rows = joinShares(story);
    // Twenty of the story and the early one; an invitation nobody accepted is none.
    expect(rows).toHaveLength(21);
    expect(rows.map((row) => row.AccessCount).toSorted((a, b) => b - a)).toEqual([
      ...Array<number>(8).fill(2),
      1,
      1,
      ...Array<number>(11).fill(0),
    ]);
    for (const row of rows) {
      expect(row.Event).toBe('accept');
      expect(row.AcceptedDateTime).toBe(row.EventDateTime);
      if (row.AccessCount > 0) expect(row.FirstAccessDateTime > row.AcceptedDateTime).toBe(true);
      else expect(row.FirstAccessDateTime).toBe('');
    }
  });

  it('leaves the namesake out, who downloads the file without having been invited', () => {
    const rows = joinShares(story, { events: ['download'] });
    expect(rows).toHaveLength(8);
    expect(rows.map((row) => row.UserId)).not.toContain('dieter.gross@contoso.example');
  });

  it('keeps to libraries, however their address is written', () => {
    const encoded = 'https://contoso.sharepoint.com/sites/projects/Vertr%C3%A4ge/';
    const plain = 'HTTPS://contoso.sharepoint.com/sites/projects/Verträge/';
    expect(joinShares(story, { libraries: [encoded] })).toEqual(joinShares(story, { libraries: [plain] }));
    expect(joinShares(story, { libraries: [plain] }).map((row) => row.SourceRelativeUrl)).toEqual(
      Array<string>(joinShares(story, { libraries: [plain] }).length).fill('Verträge'),
    );
    expect(joinShares(story, { libraries: [plain] }).length).toBeGreaterThan(5);
    expect(joinShares(story, { libraries: ['https://contoso.sharepoint.com/sites/other/'] })).toEqual([]);
  });

  it('does not count an access before the acceptance', () => {
    const [first] = joinShares(story);
    const before = story.find(
      (one) =>
        one.mainInfo?.rawOperationName === 'FileAccessed' &&
        (one.rawDataJson as { ObjectId?: string }).ObjectId === first?.ObjectId,
    ) as Activity;
    const early = { ...before, _id: 'early', timestamp: Date.parse(first?.AcceptedDateTime ?? '') - 1 };
    const rows = joinShares([...story, early], { events: ['accept', 'view'] });
    expect(rows.some((row) => row.ActivityId === 'early')).toBe(false);
    expect(rows[0]?.AccessCount).toBe(first?.AccessCount);
  });
});

it('reads the story of the last three hours from the service', async () => {
  const emulator = createEmulator();
  const { AUDIT_MCAS_TOKEN = '' } = emulator.env('https://localhost', '');
  const client = new McasClient('contoso.eu2.portal.cloudappsecurity.com', apiToken(AUDIT_MCAS_TOKEN), {
    fetch: emulator.fetch,
    clock: emulator.clock,
  });
  const now = emulator.clock.now();
  const rows = joinShares(await readShares(client, { from: now - 3 * 3_600_000, to: now }));
  expect(rows).toHaveLength(20);
  expect(rows.filter((row) => row.AccessCount > 0)).toHaveLength(10);
});

it('finds the accesses of who accepted under one name and comes under the other', async () => {
  const emulator = createEmulator();
  const { AUDIT_MCAS_TOKEN = '' } = emulator.env('https://localhost', '');
  const { fetch, clock, state } = emulator;
  const client = new McasClient('contoso.eu2.portal.cloudappsecurity.com', apiToken(AUDIT_MCAS_TOKEN), {
    fetch,
    clock,
  });
  const now = clock.now();
  const span = { from: now - 3 * 3_600_000, to: now };
  const before = joinShares(await readShares(client, span));
  const guest = (user: string) => `${user.replace(/@(?=[^@]*$)/, '_')}#EXT#@contoso.onmicrosoft.com`;
  const external = new Set(before.map(({ UserId }) => UserId));
  // Now all of them accept as guests, and come by their address; or the other way round.
  for (const asGuest of ['accept', 'access'] as const) {
    const original = state.mcas.activities;
    state.mcas.activities = original.map((activity) => {
      const { user } = activity as unknown as Activity;
      const accepts = activity.eventTypeName === 'EVENT_CATEGORY_ACCEPT_SHARE_FILE';
      if (!external.has(user?.userName ?? '') || accepts !== (asGuest === 'accept')) return activity;
      const name = guest(user?.userName ?? '');
      const raw = { ...(activity['rawDataJson'] as object), UserId: name };
      return { ...activity, user: { ...user, userName: name }, rawDataJson: raw };
    });
    const rows = joinShares(await readShares(client, span));
    expect(rows.map(({ AccessCount }) => AccessCount)).toEqual(before.map(({ AccessCount }) => AccessCount));
    state.mcas.activities = original;
  }
});

describe('keys of the join', () => {
  it.each([
    ['Ada@Fabrikam.example', 'ada@fabrikam.example'],
    ['ada_fabrikam.example#EXT#@contoso.example', 'ada@fabrikam.example'],
    ['ada_b_fabrikam.example#ext#@contoso.example', 'ada_b@fabrikam.example'],
  ])('%s is %s', (name, user) => expect(externalUser(name)).toBe(user));

  it('takes an address that is no valid escape as it is', () => {
    expect(fileKey('https://contoso.example/100%/A.docx?web=1')).toBe('https://contoso.example/100%/a.docx');
  });
});
