import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebhookHandler } from './webhook/webhook-types.js';

export type { WebhookHandler, WebhookRequest, WebhookResponse } from './webhook/webhook-types.js';

/**
 * A webhook handler as a listener of `node:http`, `node:https` and what is built on them. Behind a body parser
 * (`express.json()`) the parsed body is used.
 */
export function toNodeListener(
  handler: WebhookHandler,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const answer = (status: number): void => {
      if (response.headersSent) return;
      // A body that was refused is not read to its end: the connection cannot be used again.
      response.writeHead(status, {
        'content-length': 0,
        ...(request.complete ? {} : { connection: 'close' }),
      });
      response.end();
    };
    handler({
      method: request.method ?? '',
      headers: {
        get: (name) => {
          const value = request.headers[name.toLowerCase()];
          return value === undefined ? null : String(value);
        },
      },
      body: getBody(request),
      arrayBuffer: () => Promise.reject(new TypeError('the body has been read by somebody else')),
    }).then(
      ({ status }) => answer(status),
      () => answer(500),
    );
  };
}

/** The stream, unless a body parser has read it: then what it left on the request. */
function getBody(request: IncomingMessage & { body?: unknown }): unknown {
  return request.readableDidRead || request.readableEnded ? request.body : request;
}
