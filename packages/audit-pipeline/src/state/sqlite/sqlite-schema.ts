export const schemaVersion = 3;

/** Dedupe keys are kept a unit at a time: they expire together, and a commit adds one row instead of hundreds. */
const keyColumns =
  '(id INTEGER PRIMARY KEY, expires REAL NOT NULL, count INTEGER NOT NULL, ids TEXT NOT NULL) STRICT';
const attachments =
  'CREATE TABLE attachments (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL NOT NULL) STRICT, WITHOUT ROWID;';

export const schema: string = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE seen (id TEXT PRIMARY KEY, expires REAL NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE dedupe_keys ${keyColumns};
  ${attachments}
`;

/** From version n + 1 to the next. */
export const migrations: readonly string[] = [
  `
  ALTER TABLE marks RENAME TO marks1;
  CREATE TABLE marks ${keyColumns};
  INSERT INTO marks (expires, count, ids)
    SELECT expires, count(*), json_group_array(id) FROM marks1 GROUP BY expires ORDER BY expires;
  DROP TABLE marks1;
  `,
  `
  ALTER TABLE marks RENAME TO dedupe_keys;
  ${attachments}
  `,
];
