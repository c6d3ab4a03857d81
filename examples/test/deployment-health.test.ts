import { createHealth } from 'audit-pipeline';
import { expect, it } from 'vitest';
import { serveHealth } from '../workers/health.js';

it('serves the health of a collector as JSON, and nothing else', async () => {
  const health = createHealth({ collector: 'c' });
  health.track({ tenantId: 't', source: 'o365', types: ['DLP.All'] });
  const { url, close } = await serveHealth(health, 0);
  try {
    const reply = await fetch(url);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject([{ tenantId: 't', type: 'DLP.All', backlog: 0 }]);
    expect((await fetch(new URL('/', url))).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  } finally {
    close();
  }
});
