import { shareReport } from './flows/share-report.js';
import { runAsScript } from './lib/script.js';

await runAsScript(shareReport);
