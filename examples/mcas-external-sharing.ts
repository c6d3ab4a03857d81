/**
 * Who accepted which externally shared file, and what they did with it since.
 *
 *     pnpm example mcas-external-sharing [--emulated] [--hours 3]
 *       [--library https://contoso.sharepoint.com/sites/projects/ ...]   only files below one of these
 *       [--events accept,view,download,edit]                             what becomes a row; default accept
 *       [--sink data-collector|logs-ingestion|csv|json] [--out file]     default data-collector
 */
import { shareReport } from './flows/share-report.js';
import { readArguments } from './lib/arguments.js';
import { oneOf, positive, runFlow } from './lib/script.js';
import { shareEvents } from './lib/share-join.js';
import { shareSinks } from './lib/share-sinks.js';

const { values } = readArguments({
  options: {
    hours: { type: 'string' },
    library: { type: 'string', multiple: true, default: [] },
    events: { type: 'string', default: 'accept' },
    sink: { type: 'string', default: 'data-collector' },
    out: { type: 'string' },
  },
});

await runFlow(
  (context) =>
    shareReport(context, {
      hours: positive('--hours', values.hours) ?? 3,
      libraries: values.library,
      events: values.events.split(',').map((event) => oneOf('--events', event.trim(), shareEvents)),
      sink: oneOf('--sink', values.sink, shareSinks),
      ...(values.out && { out: values.out }),
    }),
  // Standard output belongs to the rows.
  values.out || !/csv|json/.test(values.sink) ? console.log : console.error,
);
