import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionFiles } from './versions.js';

for (const { path, wanted } of versionFiles(join(import.meta.dirname, '..'))) writeFileSync(path, wanted);
