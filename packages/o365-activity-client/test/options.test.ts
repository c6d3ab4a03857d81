import { contoso } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { ArgumentError, O365ActivityClient, createWebhookHandler } from '../src/index.js';
import { createContentFeed } from '../src/feed.js';
import { clientOptions } from '../src/options.js';
import { collect } from '@repo/test-kit';
import { fixedToken, json, lastDay, scriptedClient } from './helpers.js';

const createClient = (options: object) => new O365ActivityClient(contoso.tenantId, fixedToken, options);

/** The same keys, all undefined. */
const toUndefined = (keys: readonly string[]): object =>
  Object.fromEntries(keys.map((key) => [key, undefined]));

describe('an option that is undefined', () => {
  it('is one that was not given, in the client', async () => {
    const { fetch, clock, ...rest } = clientOptions;
    void [fetch, clock];
    const { client, seen } = scriptedClient([json([])], toUndefined(Object.keys(rest)));
    expect(await client.subscriptions.list()).toEqual([]);
    expect(seen[0]?.url).toContain('https://manage.office.com/');
    expect(() => createClient(toUndefined(Object.keys(clientOptions)))).not.toThrow();
  });

  it('is one that was not given, in calls', async () => {
    const { client } = scriptedClient([json([])]);
    const call = toUndefined(['abortSignal', 'timeoutInMs', 'maxRetries', 'requestId', 'onGap', 'webhook']);
    expect(await collect(client.content.list('Audit.General', { ...lastDay, ...call }))).toEqual([]);
    const read = toUndefined([
      'concurrency',
      'form',
      'onBlobError',
      'onInvalidRecord',
      'dedupe',
      'contentTypes',
      'onContentTypeError',
    ]);
    expect(await collect(client.records.list({ ...lastDay, ...call, ...read }))).toEqual([]);
    expect(await client.subscriptions.ensure([], call)).toEqual([]);
  });

  it('is one that was not given, in the feed and the webhook handler', () => {
    const feed = toUndefined(['contentTypes', 'overlapInMs', 'pollIntervalInMs', 'lateContent']);
    expect(() => createContentFeed({}, { ...feed, startFrom: 'now' })).not.toThrow();
    const webhook = toUndefined(['maxBytes', 'timeoutInMs', 'bodyTimeoutInMs', 'onError']);
    expect(() => createWebhookHandler({ ...webhook, authId: 'a', onContent: () => {} })).not.toThrow();
  });
});

describe('an option that is wrong', () => {
  it.each([
    { maxBufferedBytes: -1 },
    { maxBufferedBytes: NaN },
    { cloud: 'gcchigh' },
    { startMissing: 'yes' },
    { requestsPerMinute: 0 },
    { timeoutInMs: -5 },
    { retry: { maxAttempts: 3 } },
    { endPoint: 'https://manage.office.com' },
    { endpoint: 'http://audit.contoso.example' },
    { endpoint: 'https://audit.contoso.example' },
  ])('is refused at construction: %j', (options) => {
    expect(() => createClient(options)).toThrow(ArgumentError);
  });

  it.each([
    { endpoint: 'https://audit.contoso.example', allowCustomHost: true },
    { endpoint: 'https://manage.office365.us' },
    { endpoint: 'http://127.0.0.1:8080' },
    { somethingElse: 1 },
  ])('is not taken for one that is right: %j', (options) => {
    expect(() => createClient(options)).not.toThrow();
  });
});
