export const usage = `audit-emulator [options]
audit-emulator exec [options] -- <command> [arguments]
audit-emulator control <what> [json] [--clear] [--host <address>] [--port <number>]

  --port <number>         where to listen (8443; 0: any free port)
  --host <address>        who can reach it (127.0.0.1: this machine only)
  --http                  without TLS
  --cert, --key <file>    a certificate of your own, PEM
  --proxy                 be a CONNECT proxy for Microsoft's hosts too; --proxy-port <number> (any free port)
  --env-file <file>       write the variables there too
  --ready-file <file>     write origin, proxy and authority there as JSON, once it listens
  --quiet                 print where it listens, and nothing else
  --seed <text>           same seed, same data (contoso)
  --records <number>      audit records, and activities, of the seeded week (some thousands; 200000 at most)
  --clock <mode>          real, virtual (waits take no time) or manual (real)
  --start <time>          when it begins, ISO 8601 with zone (now)
  --live <records>/min    things go on happening: 50/min
  --quota-minute <ms>     how long a quota minute lasts (60000)
  --quota <service>=<n>   requests of a quota minute: mcas, management-activity, logs-ingestion, data-collector
  --latency <ms>          every answer is so much later
  --failure-rate <share>  so many requests get HTTP 503: 0.05
  --fault <json>          a fault rule, as for POST /_emulator/faults; may be repeated
  --help

exec starts an emulator with the proxy, runs one command against it by environment variables alone, and ends with its
exit code: audit-emulator exec -- curl https://manage.office.com/

control steers the one that runs: requests, state, faults, quotas, settings, snapshots, restore, clock, happen, reset.
With a JSON text it sends, without one it reads:

  audit-emulator control snapshots '{"name":"before"}'
  audit-emulator control happen '{"scenario":"password-spray"}'
  audit-emulator control faults --clear`;
