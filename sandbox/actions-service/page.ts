import type { Answer, Call } from '../hub/interface.ts';

/** One page of a list in the API's shape: `{ total_count, <name>: [...] }`, with the Link header. */
export async function answerPage<T>(
  call: Call,
  name: string,
  items: readonly T[],
  render: (item: T) => unknown,
): Promise<Answer> {
  const size = bounded(call.query.get('per_page'), 30, 100);
  const page = bounded(call.query.get('page'), 1, Number.MAX_SAFE_INTEGER);
  const shown = await Promise.all(items.slice((page - 1) * size, page * size).map(render));
  const last = Math.max(1, Math.ceil(items.length / size));
  return {
    status: 200,
    body: { total_count: items.length, [name]: shown },
    headers: linkHeader(call, page, last),
  };
}

function bounded(text: string | null, fallback: number, max: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value > 0 ? Math.min(value, max) : fallback;
}

function linkHeader(call: Call, page: number, last: number): Record<string, string> {
  const link = (target: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(target));
    return `<${call.hub.apiUrl}${call.path}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(', ') };
}
