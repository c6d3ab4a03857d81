export const schemaVersion = 2;

/** DedupeKeys are kept a unit at a time: they expire together, and a commit adds one row instead of hundreds. */
const marks = `
  CREATE TABLE marks (id INTEGER PRIMARY KEY, expires REAL NOT NULL, count INTEGER NOT NULL, ids TEXT NOT NULL) STRICT;
`;

export const schema: string = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE seen (id TEXT PRIMARY KEY, expires REAL NOT NULL) STRICT, WITHOUT ROWID;
  ${marks}
`;

/** From version n + 1 to the next. */
export const migrations: readonly string[] = [
  `
  ALTER TABLE marks RENAME TO marks1;
  ${marks}
  INSERT INTO marks (expires, count, ids)
    SELECT expires, count(*), json_group_array(id) FROM marks1 GROUP BY expires ORDER BY expires;
  DROP TABLE marks1;
  `,
];
