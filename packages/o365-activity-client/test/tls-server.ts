import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCertificate } from 'audit-emulator';
import { Agent } from 'undici';
import type { ContentBlob, Fetch } from '../src/index.js';
import { blob } from './helpers.js';

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export interface TlsServer {
  origin: string;
  /** Trusts this server's authority. */
  fetch: Fetch;
  /** Answers in order, the last for ever. */
  answer(...listeners: Listener[]): void;
  /** Requests since the last `answer`. */
  hits(): number;
  /** A blob of this server. */
  blob(): ContentBlob;
  close(): Promise<void>;
}

/** A real socket: what a Response made in memory does not do is end early, stall, drip, or decode gzip. */
export async function tlsServer(): Promise<TlsServer> {
  const commonName = 'made for this test';
  const authority = createCertificate({ commonName, authority: true });
  const leaf = createCertificate({
    commonName: 'localhost',
    names: ['localhost'],
    issuer: { commonName, certificate: authority },
  });
  let answers: Listener[] = [];
  let count = 0;
  const server = createServer({ key: leaf.privateKeyPem, cert: leaf.certificatePem }, (request, response) => {
    answers[Math.min(count++, answers.length - 1)]?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const dispatcher = new Agent({ connect: { ca: authority.certificatePem } });
  return {
    origin,
    fetch: (request) => fetch(request, { dispatcher } as unknown as RequestInit),
    answer: (...listeners) => void ([answers, count] = [listeners, 0]),
    hits: () => count,
    // Its Date is the real one.
    blob: () => ({
      ...blob(),
      contentUri: `${origin}/api/v1.0/t/activity/feed/audit/one`,
      contentExpiration: new Date(Date.now() + 86_400_000).toISOString(),
    }),
    async close() {
      await dispatcher.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
