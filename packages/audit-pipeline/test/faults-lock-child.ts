/** Takes the lock, says so, and holds it until it is killed. */
import { sqliteState } from '../src/index.js';

const state = await sqliteState(process.env['STATE'] as string);
await state.lock();
console.log('held');
process.stdin.resume();
