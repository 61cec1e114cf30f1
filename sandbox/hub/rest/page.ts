import { HubError } from '../hub-error.ts';
import type { Answer, Call } from '../interface.ts';

const whole = (text: string | null, fallback: number): number => {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value > 0 ? value : fallback;
};

/** One page of a list with the Link header; `wrap` puts it under a key with `total_count`. */
export function paginate(call: Call, items: readonly unknown[], wrap?: string): Answer {
  const perPage = Math.min(whole(call.query.get('per_page'), 30), 100);
  const page = whole(call.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const slice = items.slice((page - 1) * perPage, page * perPage);
  const link = (number: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    return `<${call.hub.apiUrl}${call.path}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    status: 200,
    body: wrap ? { total_count: items.length, [wrap]: slice } : slice,
    ...(links.length > 0 ? { headers: { link: links.join(', ') } } : {}),
  };
}

/** Lists that grow at their head are paged by cursor: `page` means nothing there. */
export function paginateByCursor(call: Call, items: readonly { readonly id: number }[]): Answer {
  const perPage = Math.min(whole(call.query.get('per_page'), 30), 100);
  const after = call.query.get('after');
  const decoded = after === null ? null : Buffer.from(after, 'base64url').toString('utf8');
  const start = decoded === null ? 0 : items.findIndex(({ id }) => String(id) === decoded) + 1;
  const slice = items.slice(start, start + perPage);
  const last = slice.at(-1);
  if (!last || start + perPage >= items.length) return { status: 200, body: slice };
  const query = new URLSearchParams(call.query);
  query.set('after', Buffer.from(String(last.id)).toString('base64url'));
  return {
    status: 200,
    body: slice,
    headers: { link: `<${call.hub.apiUrl}${call.path}?${query}>; rel="next"` },
  };
}

/** A string field of the body. @throws HubError 422 when it is missing or no string */
export function text(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field];
  if (typeof value === 'string') return value;
  throw new HubError(422, `Invalid request.\n\n"${field}" wasn't supplied or is not a string.`);
}

export function optionalText(body: Readonly<Record<string, unknown>>, field: string): string | undefined {
  return body[field] === undefined || body[field] === null ? undefined : text(body, field);
}

export function list(body: Readonly<Record<string, unknown>>, field: string): readonly unknown[] {
  const value = body[field];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new HubError(422, `Invalid request.\n\n"${field}" is not an array.`);
}

export function record(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new HubError(422, `Invalid request.\n\n"${field}" is not an object.`);
}

/** A person or bot named in a path. */
export function numberParam(call: Call, name: string): number {
  const value = Number(call.params[name]);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new HubError(404, 'Not Found');
}
