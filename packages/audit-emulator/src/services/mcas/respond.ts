import { json } from '../../server/service.js';

/** The two pages that are HTML: some parts of the service answer with the console's pages. */
export function htmlPage(status: number, title: string): Response {
  const page = `<!DOCTYPE html>
<html>
<head><title>${title}</title>
<script>var __ADALLOM_CONSTS = {"isProduction": true};</script>
</head>
<body><h1>${title}</h1></body>
</html>
`;
  return new Response(page, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

export function detail(status: number, text: string, headers: Record<string, string> = {}): Response {
  return json(status, { detail: text }, headers);
}

/** Statuses of the next four are not quoted anywhere together with their bodies; these are the plausible ones. */
export function invalidToken(): Response {
  return detail(401, 'Invalid token');
}

export function invalidUser(): Response {
  return detail(401, 'Invalid user - the owner of this token is not permitted to use tokens');
}

export function insufficientRole(): Response {
  return detail(403, 'Insufficient role based permissions');
}

/** For answers whose body is not known: a client must not need one. */
export function emptyAnswer(): Response {
  return new Response(null, { status: 200 });
}

export function notFound(): Response {
  return detail(404, 'Not found.');
}

/** The words are those of Django REST framework, whose style the service has; no real body is known. */
export function throttled(retryAfterInMs: number, withHeader: boolean): Response {
  const seconds = Math.ceil(retryAfterInMs / 1000);
  const plural = seconds === 1 ? 'second' : 'seconds';
  const body = { detail: `Request was throttled. Expected available in ${seconds} ${plural}.` };
  return new Response(JSON.stringify(body), {
    status: 429,
    statusText: 'TOO MANY REQUESTS',
    headers: { 'content-type': 'application/json', ...(withHeader && { 'retry-after': String(seconds) }) },
  });
}
