import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import type { ContainerClient } from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';

export interface Account {
  tables: TableClient;
  container: ContainerClient;
  queue: QueueClient;
  poison: QueueClient;
}

/** The table, container and queues of one installation. */
export function accountOf(connectionString: string, name = 'audit'): Account {
  return {
    tables: TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true }),
    container: BlobServiceClient.fromConnectionString(connectionString).getContainerClient(name),
    queue: new QueueClient(connectionString, `${name}-units`),
    poison: new QueueClient(connectionString, `${name}-units-poison`),
  };
}

export async function createAccount(connectionString: string, name = 'audit'): Promise<Account> {
  const account = accountOf(connectionString, name);
  await account.tables.createTable();
  await account.container.createIfNotExists();
  await account.queue.createIfNotExists();
  await account.poison.createIfNotExists();
  return account;
}
