import { ArgumentError } from '@repo/client-core';

/** An https origin; a path, a query or credentials in it are a mistake. */
export function originOf(value: string, path: string): string {
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `https://${value}`);
  } catch {
    throw new ArgumentError(
      path,
      'is not a URL',
      'Give an address such as https://my-dce.westeurope-1.ingest.monitor.azure.com.',
    );
  }
  if (url.protocol !== 'https:') throw new ArgumentError(path, `uses ${url.protocol}`, 'Use https.');
  if (url.username || url.password || url.search || (url.pathname !== '/' && url.pathname !== ''))
    throw new ArgumentError(
      path,
      'has more than a host',
      'Give the endpoint without path, query or credentials.',
    );
  return url.origin;
}
