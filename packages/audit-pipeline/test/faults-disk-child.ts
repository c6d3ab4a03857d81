/** Commits until the disk refuses; says what was thrown and how many commits are safe. */
import { sqliteState } from '../src/index.js';

const state = await sqliteState(process.env['STATE'] as string);
await state.lock();
let safe = Number((await state.load()).cursor);
try {
  for (let n = safe + 1; n < 3000; n += 1) {
    const add = [{ id: `u${n}`, expires: 9e15 }];
    const keys = [{ id: `${'record'.repeat(20)} ${n}`, expires: 9e15 }];
    await state.commit([{ id: `u${n}`, delta: { cursor: String(n), add, expire: [] }, keys }]);
    safe = n;
  }
  console.log(`done ${safe}`);
} catch (error) {
  console.log(`${(error as Error).name} ${safe}`);
}
// As a process that dies: nothing is closed.
process.kill(process.pid, 'SIGKILL');
