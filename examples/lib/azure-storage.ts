import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import type { ContainerClient } from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';

/** What an installation keeps in its storage account. */
export interface AuditStorage {
  tables: TableClient;
  container: ContainerClient;
  queue: QueueClient;
  poisonQueue: QueueClient;
}

/** Opens them by connection string, and makes what is missing. */
export async function openStorage(connectionString: string): Promise<AuditStorage> {
  const local = connectionString.includes('http://');
  const storage = {
    tables: TableClient.fromConnectionString(connectionString, 'audit', { allowInsecureConnection: local }),
    container: BlobServiceClient.fromConnectionString(connectionString).getContainerClient('audit'),
    queue: new QueueClient(connectionString, 'audit-units'),
    poisonQueue: new QueueClient(connectionString, 'audit-units-poison'),
  };
  await storage.tables.createTable();
  await storage.container.createIfNotExists();
  await storage.queue.createIfNotExists();
  await storage.poisonQueue.createIfNotExists();
  return storage;
}

/** Azurite's published development account. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Azure Storage on this machine, in memory: for runs on the emulator. */
export async function localStorage(): Promise<{ connectionString: string; stop(): void }> {
  // A development dependency of the pipeline.
  const pipeline = createRequire(import.meta.url).resolve('audit-pipeline/package.json');
  const azurite = dirname(createRequire(pipeline).resolve('azurite/package.json'));
  const ports = await freePorts(3);
  const flags = ['--silent', '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry'];
  const at = ['blob', 'queue', 'table'].flatMap((name, n) => [`--${name}Port`, `${ports[n] ?? 0}`]);
  const child = spawn(process.execPath, [join(azurite, 'dist/src/azurite.js'), ...flags, ...at], {
    stdio: 'ignore',
    cwd: tmpdir(),
  });
  const stop = (): void => void child.kill('SIGKILL');
  process.once('exit', stop);
  for (const port of ports)
    for (let tries = 0; ; tries += 1) {
      const reply = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      if (reply) break;
      if (tries > 300 || child.exitCode !== null) throw new Error('Azurite did not start.');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  const [blob, queue, table] = ports.map((port) => `http://127.0.0.1:${port}/${account};`);
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${blob}QueueEndpoint=${queue}TableEndpoint=${table}`,
    stop,
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
