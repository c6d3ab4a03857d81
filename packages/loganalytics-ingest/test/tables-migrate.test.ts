import { describe, expect, it } from 'vitest';
import { migrationPlan } from '../src/tables.js';
import { world } from './tables-world.js';

const guid = '9909ed01-a74c-4874-8abf-d2678e3ae23d';
const row = {
  Message: 'Grüße',
  Count: 3,
  Ok: true,
  EventTime: '2026-11-20T11:00:00.000Z',
  Request: guid,
  Computer: 'host1',
};

/** A classic table, as rows have made it. */
async function classicTable() {
  const here = world();
  const target = { logType: 'Old', timeGeneratedField: 'EventTime' };
  await here.classic.upload(target, [row]);
  const { emulator } = here;
  return { ...here, json: await here.getTable('Old_CL'), rows: emulator.state.logAnalytics.rows };
}

describe('migrationPlan', () => {
  it('keeps properties that begin like the columns of the service', async () => {
    const here = world();
    const own = { Message: 'a', _host: 'server1', _id: 7 };
    await here.classic.upload({ logType: 'Under' }, [own]);
    const plan = migrationPlan(await here.getTable('Under_CL'));
    expect(plan.columns.map(({ property }) => property).toSorted()).toEqual([
      'Computer',
      'Message',
      '_host',
      '_id',
    ]);
    await here.migrateTable('Under_CL');
    const { upload } = await here.deploy(plan.inPlace);
    await upload([own]);
    expect(here.emulator.state.logAnalytics.rows('Under_CL')[1]).toMatchObject({
      Message_s: 'a',
      _host_s: 'server1',
      _id_d: 7,
    });
  });

  it('in place: the same rows fill the same columns', async () => {
    const { json, migrateTable, deploy, emulator } = await classicTable();
    const plan = migrationPlan(json, { timeGeneratedFrom: 'EventTime' });
    expect(plan).toMatchObject({ table: 'Old_CL', classic: true, drifted: [] });
    expect(plan.inPlace.migrate.path).toBe('tables/Old_CL/migrate?api-version=2025-07-01');
    await migrateTable('Old_CL');
    const { upload } = await deploy(plan.inPlace);
    await upload([row]);
    const [before = {}, after = {}] = emulator.state.logAnalytics.rows('Old_CL');
    const { SourceSystem: _written, ...columns } = before;
    expect(after).toMatchObject(columns);
    expect(after).toMatchObject({
      Count_d: 3,
      Request_g: guid,
      TimeGenerated: row.EventTime,
      Computer: 'host1',
    });
    expect(plan.inPlace.tableBody).toBeUndefined();
  });

  it('keeps the classic way open while the schema is not edited', async () => {
    const { json, migrateTable, deploy, classic, emulator } = await classicTable();
    await migrateTable('Old_CL');
    await deploy(migrationPlan(json).inPlace);
    await classic.upload({ logType: 'Old' }, [{ Message: 'still here' }]);
    expect(emulator.state.logAnalytics.rows('Old_CL').at(-1)).toMatchObject({ Message_s: 'still here' });
  });

  it('side by side: the new table has no suffixes, the old one is left alone', async () => {
    const { json, deploy, emulator } = await classicTable();
    const { sideBySide } = migrationPlan(json, { timeGeneratedFrom: 'EventTime' });
    const { upload } = await deploy(sideBySide);
    await upload([row]);
    expect(emulator.state.logAnalytics.rows('OldV2_CL')).toEqual([{ ...row, TimeGenerated: row.EventTime }]);
    expect(emulator.state.logAnalytics.rows('Old_CL')).toHaveLength(1);
    expect(sideBySide.unionKql).toBe(
      "union (Old_CL | project-rename ['Message'] = ['Message_s'], ['Count'] = ['Count_d'], ['Ok'] = ['Ok_b'], " +
        "['EventTime'] = ['EventTime_t'] | extend ['Request'] = tostring(['Request_g']) | " +
        "project-away ['Request_g']), OldV2_CL",
    );
  });

  const table = (names: string[], tableSubType = 'Classic') => ({
    properties: {
      schema: {
        name: 'Old_CL',
        tableSubType,
        columns: names.map((name) => ({ name, type: name.endsWith('_d') ? 'real' : 'string' })),
      },
    },
  });

  it('tells what has drifted, and goes on with text or with what is asked for', () => {
    const json = table(['Count_d', 'Count_s', 'Message_s']);
    expect(migrationPlan(json).drifted).toEqual([
      { property: 'Count', columns: ['Count_d', 'Count_s'], kept: 'Count_s' },
    ]);
    const plan = migrationPlan(json, { keep: { Count: 'Count_d' } });
    expect(plan.columns.find((one) => one.property === 'Count')).toMatchObject({
      classic: 'Count_d',
      type: 'real',
    });
    expect(() => migrationPlan(json, { keep: { Count: 'Count_b' } })).toThrow(/keep\.Count/);
  });

  it('keeps the suffix where the bare name is not allowed, and leaves standard columns out', () => {
    const json = table(['Type_s', 'a_s', 'TenantId', '_ResourceId', 'RawData', 'name_s', 'Name_s']);
    const { columns } = migrationPlan(json);
    expect(columns.map(({ property, renamed }) => [property, renamed])).toEqual([
      ['Type', 'Type_s'],
      ['a', 'a_s'],
      ['name', 'name'],
      ['Name', 'Name_s'],
    ]);
  });

  it('refuses a transform that is longer than a rule takes', () => {
    const json = table(Array.from({ length: 300 }, (_, at) => `${`C${at}`.padEnd(40, 'x')}_s`));
    const plan = migrationPlan(json);
    expect(plan.refusals).toMatchObject([{ message: expect.stringContaining('transform') as string }]);
    expect(() => plan.inPlace.migrate).toThrow(/Nothing was migrated/);
    expect(() => plan.inPlace.dataFlow()).toThrow(/15,360/);
    expect(migrationPlan(json).sideBySide.dataFlow().transformKql).toBe(
      'source | extend TimeGenerated = now()',
    );
  });

  it('knows a table that was migrated, and refuses what is none', () => {
    expect(migrationPlan(table(['Message_s'], 'DataCollectionRuleBased')).classic).toBe(false);
    expect(() => migrationPlan({ name: 'Old_CL' })).toThrow(/not a table/);
    expect(() => migrationPlan(table([]), { newTable: 'Old_CL' })).toThrow(/newTable/);
    expect(() => migrationPlan(table(['A1_d']), { timeGeneratedFrom: 'A1' })).toThrow(/timeGeneratedFrom/);
  });
});
