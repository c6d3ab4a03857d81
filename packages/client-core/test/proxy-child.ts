import { createHttp, entraCredential, managedIdentity, clouds } from '../src/index.js';

// Run by proxy.test.ts in a process of its own: Node reads proxies and extra authorities only when it starts.
const [what = '', url = ''] = process.argv.slice(2);

async function run(): Promise<unknown> {
  if (what === 'get') {
    const http = createHttp({ userAgent: 'test/1', authorize: async () => ({ headers: {} }) });
    const reply = await http.send({ operation: 'things.list', method: 'GET', url, idempotent: true });
    return reply.json();
  }
  const scope = 'https://manage.office.com/.default';
  if (what === 'managed-identity') return (await managedIdentity().getToken(scope))?.token;
  const cloud = { ...clouds.public, name: 'private', authority: url.replace(/\/$/, '') };
  const options = { tenantId: 'contoso.example', clientId: 'app', clientSecret: 'the-secret', cloud };
  return (await entraCredential(options).getToken(scope))?.token;
}

try {
  console.log(JSON.stringify({ result: await run() }));
} catch (error) {
  const { name, code, message } = error as { name: string; code?: string; message: string };
  console.log(JSON.stringify({ name, code, message }));
}
