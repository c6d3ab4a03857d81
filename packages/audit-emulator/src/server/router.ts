/** What every kind of route has: methods, and a path with groups where something varies. */
export interface RoutePattern {
  readonly methods: readonly string[];
  readonly path: RegExp;
}

type RouteMatch<Route> = { route: Route; parameters: readonly string[] } | 'no-path' | 'no-method';

/** Finds the route of a request, or says what is missing: the path, or only the method at a path that is known. */
export function matchRoute<Route extends RoutePattern>(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> {
  let known = false;
  for (const route of routes) {
    const found = route.path.exec(path);
    if (!found) continue;
    known = true;
    if (route.methods.includes(method)) return { route, parameters: found.slice(1).map((one) => one ?? '') };
  }
  return known ? 'no-method' : 'no-path';
}

/** `/v1/alerts/:pk/read/` as a pattern: `:name` stands for one segment. */
export function pathPattern(path: string, flags = ''): RegExp {
  return new RegExp(
    `^${path.replaceAll(/[.()]/g, String.raw`\$&`).replaceAll(/:[a-z]+/gi, '([^/]+)')}$`,
    flags,
  );
}
