/** Import, client, one row, answer: `cold <way> <port>` prints milliseconds. Nothing is loaded before. */
const [way, port] = process.argv.slice(2);
const endpoint = `https://localhost:${port}`;
const ruleId = `dcr-${'0'.repeat(32)}`;
const stream = 'Custom-Bench_CL';
const credential = {
  getToken: async () => ({ token: 'bench', expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const started = performance.now();
if (way === 'sdk') {
  const { LogsIngestionClient } = await import('@azure/monitor-ingestion');
  await new LogsIngestionClient(endpoint, credential).upload(ruleId, stream, [{ a: 1 }]);
} else {
  const { LogsIngestionClient } = await import('loganalytics-ingest');
  await new LogsIngestionClient(endpoint, credential).upload({ ruleId, stream }, [{ a: 1 }]);
}
console.log(performance.now() - started);
process.exit(0);
