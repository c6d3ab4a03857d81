import { Agent, request as send } from 'undici';

/** A `fetch` option on undici's `request`, which costs less than half of fetch per byte. It decodes no gzip. */
export function undiciFetch(): (request: Request) => Promise<Response> {
  const dispatcher = new Agent({ connections: 32, pipelining: 1 });
  return async (request) => {
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : null;
    const answer = await send(request.url, {
      method: request.method as 'GET',
      headers: Object.fromEntries(request.headers),
      body,
      signal: request.signal,
      dispatcher,
    });
    const bytes = await answer.body.arrayBuffer();
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined) headers.set(name, [value].flat().join(', '));
    const empty = [101, 204, 205, 304].includes(answer.statusCode);
    return new Response(empty ? null : bytes, { status: answer.statusCode, headers });
  };
}
