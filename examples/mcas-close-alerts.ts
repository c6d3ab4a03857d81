/**
 * Closes open alerts whose title contains a text. Prints what it would close; acts only with --yes.
 *
 *     pnpm example mcas-close-alerts [--emulated] --title "Impossible travel" [--as benign] [--comment text] [--yes]
 */
import { BenignReason, BulkError, FalsePositiveReason } from 'mcas-client';
import type { Alert, McasClient } from 'mcas-client';
import { readArguments } from './lib/arguments.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { oneOf, runScript } from './lib/script.js';

const { values } = readArguments({
  options: {
    title: { type: 'string', default: '' },
    as: { type: 'string', default: 'benign' },
    comment: { type: 'string' },
    yes: { type: 'boolean', default: false },
  },
});

await runScript(async () => {
  const as = oneOf('--as', values.as, ['benign', 'false-positive', 'true-positive']);
  if (values.yes && values.title.trim() === '')
    throw new RangeError('--yes needs --title: without it every open alert would be closed.');
  const mcas = mcasFromEnvironment();
  const alerts: Alert[] = [];
  for await (const alert of mcas.alerts.list({ filters: { alertOpen: { eq: true } } }))
    if ((alert.title ?? '').toLowerCase().includes(values.title.toLowerCase())) alerts.push(alert);
  for (const alert of alerts) console.log(`${alert._id}  ${alert.title ?? '(no title)'}`);
  if (!values.yes) {
    console.log(
      `${alerts.length} alerts would be closed as ${as}. Nothing was changed; add --yes to close them.`,
    );
    return 0;
  }
  if (alerts.length === 0) return 0;
  try {
    const { closed, notFound } = await close(
      mcas,
      as,
      alerts.map((alert) => alert._id),
    );
    console.log(`${closed} closed as ${as}, ${notFound.length} not found.`);
    return 0;
  } catch (error) {
    if (!BulkError.isInstance(error)) throw error;
    console.error(error.message);
    // What may have been closed is for a person to look at: it is not sent again.
    for (const status of ['rejected', 'unknown', 'notSent'] as const)
      for (const id of error[status]) console.error(`${status}  ${id}`);
    return 1;
  }
});

async function close(
  mcas: McasClient,
  as: string,
  ids: string[],
): Promise<{ closed: number; notFound: string[] }> {
  const { comment } = values;
  const details = { ids, ...(comment && { comment }) };
  if (as === 'true-positive') return mcas.alerts.closeTruePositive(details);
  if (as === 'false-positive')
    return mcas.alerts.closeFalsePositive({ ...details, reason: FalsePositiveReason.NotAccurate });
  return mcas.alerts.closeBenign({ ...details, reason: BenignReason.ConfirmedWithUser });
}
