/** A URL without the slashes at its end. By position: `/\/+$/` tries every run of slashes again. */
export function trimSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
