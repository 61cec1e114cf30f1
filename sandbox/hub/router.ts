import type { Access, Handler, Routes } from './interface.ts';

export interface Match {
  readonly handler: Handler;
  readonly access: Access | undefined;
  readonly params: Readonly<Record<string, string>>;
}

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly handler: Handler;
  readonly access: Access | undefined;
}

export interface Router extends Routes {
  /** @param path still percent-encoded; absolute patterns keep both slashes. */
  match(method: string, path: string): Match | null;
}

const split = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** A malformed escape is nobody's path. */
function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

function matchSegments(pattern: readonly string[], path: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    if (part.startsWith(':') && part.endsWith('*')) {
      const rest = path.slice(index).map(decode);
      if (rest.includes(null)) return null;
      params[part.slice(1, -1)] = rest.join('/');
      return params;
    }
    const segment = path[index];
    if (segment === undefined) return null;
    const value = decode(segment);
    if (value === null) return null;
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return path.length === pattern.length ? params : null;
}

export function createRouter(): Router {
  const routes: Route[] = [];
  return {
    add(method, pattern, handler, access) {
      const segments = pattern.startsWith('//') ? ['//', ...split(pattern)] : split(pattern);
      routes.push({ method, segments, handler, access });
    },
    match(method, path) {
      const segments = path.startsWith('//') ? ['//', ...split(path)] : split(path);
      for (const route of routes) {
        if (route.method !== method) continue;
        const params = matchSegments(route.segments, segments);
        if (params) return { handler: route.handler, access: route.access, params };
      }
      return null;
    },
  };
}
