import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SeenEntry } from '@repo/client-core';
import type { SavedAttachment, SavedState, UnitCommit } from '../../ports.js';
import { groupByExpiry } from '../group-by-expiry.js';

/** Prepared once for each connection. */
export interface Statements {
  readonly db: DatabaseSync;
  readonly cursor: StatementSync;
  readonly setCursor: StatementSync;
  readonly owner: StatementSync;
  readonly setOwner: StatementSync;
  readonly seen: StatementSync;
  readonly addSeen: StatementSync;
  readonly dropSeen: StatementSync;
  readonly keys: StatementSync;
  readonly addKeys: StatementSync;
  readonly expireKeys: StatementSync;
  readonly trimKeys: StatementSync;
  readonly attachments: StatementSync;
  readonly setAttachment: StatementSync;
  readonly dropAttachment: StatementSync;
  readonly expireAttachments: StatementSync;
}

export function prepareStatements(db: DatabaseSync): Statements {
  return {
    db,
    cursor: db.prepare("SELECT value FROM meta WHERE key = 'cursor'"),
    setCursor: db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('cursor', ?)"),
    owner: db.prepare("SELECT value FROM meta WHERE key = 'identity'"),
    setOwner: db.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('identity', ?)"),
    seen: db.prepare('SELECT id, expires FROM seen'),
    addSeen: db.prepare('INSERT OR REPLACE INTO seen (id, expires) VALUES (?, ?)'),
    dropSeen: db.prepare('DELETE FROM seen WHERE id = ?'),
    keys: db.prepare('SELECT expires, ids FROM dedupe_keys ORDER BY id'),
    addKeys: db.prepare('INSERT INTO dedupe_keys (expires, count, ids) VALUES (?, ?, ?)'),
    expireKeys: db.prepare(
      'DELETE FROM dedupe_keys WHERE id IN (SELECT id FROM dedupe_keys ORDER BY id LIMIT 16) AND expires < ?',
    ),
    trimKeys: db.prepare(
      `DELETE FROM dedupe_keys WHERE id IN (
         SELECT id FROM (SELECT id, sum(count) OVER (ORDER BY id DESC) AS newer FROM dedupe_keys) WHERE newer > ?)`,
    ),
    attachments: db.prepare('SELECT key, value, expires FROM attachments ORDER BY key'),
    setAttachment: db.prepare('INSERT OR REPLACE INTO attachments (key, value, expires) VALUES (?, ?, ?)'),
    dropAttachment: db.prepare('DELETE FROM attachments WHERE key = ?'),
    expireAttachments: db.prepare('DELETE FROM attachments WHERE expires < ?'),
  };
}

/** Everything that is saved. */
export function readState({ cursor, seen, keys, attachments }: Statements): SavedState {
  const row = cursor.get() as { value: string } | undefined;
  const lists = {
    seen: seen.all() as unknown as SeenEntry[],
    keys: (keys.all() as { expires: number; ids: string }[]).flatMap(({ expires, ids }) =>
      (JSON.parse(ids) as string[]).map((id) => ({ id, expires })),
    ),
    attachments: attachments.all() as unknown as SavedAttachment[],
  };
  return row ? { cursor: row.value, ...lists } : lists;
}

/** All units in one transaction, on disk when this returns. */
export function writeUnits(
  statements: Statements,
  units: readonly UnitCommit[],
  { now, trimTo }: { now: number; trimTo?: number | undefined },
): void {
  const { db } = statements;
  try {
    db.exec('BEGIN IMMEDIATE');
    for (const unit of units) writeUnit(statements, unit);
    statements.expireKeys.run(now);
    statements.expireAttachments.run(now);
    if (trimTo !== undefined) statements.trimKeys.run(trimTo);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function writeUnit(statements: Statements, { delta, keys = [], attachments = [] }: UnitCommit): void {
  if (delta) statements.setCursor.run(delta.cursor);
  for (const { id, expires } of delta?.add ?? []) statements.addSeen.run(id, expires);
  for (const id of delta?.expire ?? []) statements.dropSeen.run(id);
  for (const [expires, ids] of groupByExpiry(keys))
    statements.addKeys.run(expires, ids.length, JSON.stringify(ids));
  for (const { key, value, expires } of attachments)
    if (value === undefined) statements.dropAttachment.run(key);
    else statements.setAttachment.run(key, value, expires);
}
