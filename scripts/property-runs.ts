import fc from 'fast-check';

/** How often each property is tried, unless its test says otherwise. A failure prints its seed. */
fc.configureGlobal({ numRuns: Number(process.env['FC_NUM_RUNS'] ?? 100) });
