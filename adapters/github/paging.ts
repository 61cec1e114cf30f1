import { incomplete } from './failure.ts';

const pageSize = 100;
const maxPages = 100;

interface Answer<T> {
  readonly items: readonly T[];
  /** `total_count` where the endpoint tells it. */
  readonly total?: number;
  /** `link` header of the answer. */
  readonly link?: string | undefined;
}

/**
 * Reads every page of a list, or throws: a decision on part of a list is a wrong decision.
 * @param what for messages
 * @param read one page; `page` counts from 1, pages hold 100
 * @throws ServiceError GITHUB_ANSWER_INCOMPLETE over 10,000 items or when fewer came than GitHub counts
 */
export async function readAllPages<T>(
  what: string,
  read: (page: number, perPage: number) => Promise<Answer<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const answer = await read(page, pageSize);
    all.push(...answer.items);
    if (hasNext(answer.link) || answer.items.length >= pageSize) continue;
    if (answer.total !== undefined && all.length < answer.total)
      throw incomplete(what, `${all.length} of ${answer.total} entries came`);
    return all;
  }
  throw incomplete(what, `more than ${maxPages * pageSize} entries`);
}

/** True when a `link` header names a next page. */
export function hasNext(link: string | undefined): boolean {
  return link !== undefined && /rel="?next"?/.test(link);
}

/** The `after` cursor of the next page in a `link` header, null on the last page. */
export function nextCursor(link: string | undefined): string | null {
  const next = link?.split(',').find((part) => /rel="?next"?/.test(part));
  const url = next === undefined ? undefined : /<([^>]+)>/.exec(next)?.[1];
  return url === undefined ? null : new URL(url).searchParams.get('after');
}
