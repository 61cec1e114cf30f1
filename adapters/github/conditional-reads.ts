import type { GitHubClient } from './client.ts';
import { statusOf } from './failure.ts';
import type { ReaderMemory, TaggedAnswer } from './reader-memory.ts';

/** Kept as what they are, not as answers: objects of git by id, and bytes. */
const immutable = /\/git\/(?:trees|blobs)\/|\{archive_format\}|\/tarball\//;

/**
 * The same for every pull request, and never written by us: who asks while somebody else's answer is on its way is given
 * that one, so that merges which are looked at together ask once.
 */
const shared = /\/rules\/branches\/\{branch\}$|\/activity$/;

/** What tells one read from another. */
export const requestKey = (route: string, given: Readonly<Record<string, unknown>> | undefined): string =>
  `${route} ${JSON.stringify(Object.entries(given ?? {}).sort())}`;

/**
 * A client that asks for what it has already read only whether it changed. GitHub answers 304 then, which costs nothing
 * of the hourly budget; the answer from before is given to whoever asked. Tags belong to one token: after GitHub gave
 * out a new one (every hour) each first answer comes whole again.
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 * @see https://github.com/eclipse-csi/otterdog/issues/201 tags are specific to a token
 */
export function withConditionalReads(
  client: GitHubClient,
  { answers, underway }: Pick<ReaderMemory, 'answers' | 'underway'>,
): GitHubClient {
  const request = new Proxy(client.request, {
    apply: async (target, self, [route, given]: [unknown, Readonly<Record<string, unknown>> | undefined]) => {
      const send = (parameters: unknown) => Reflect.apply(target, self, [route, parameters]);
      if (typeof route !== 'string' || !route.startsWith('GET ') || immutable.test(route)) return send(given);
      const key = requestKey(route, given);
      const running = underway.get(key);
      if (running !== undefined) return running;
      const answer = readTagged(send, key, given, answers);
      if (!shared.test(route)) return answer;
      underway.set(key, answer);
      return answer.finally(() => underway.delete(key));
    },
  });
  return { request, graphql: client.graphql };
}

async function readTagged(
  send: (parameters: unknown) => Promise<TaggedAnswer['response']>,
  key: string,
  given: Readonly<Record<string, unknown>> | undefined,
  answers: ReaderMemory['answers'],
): Promise<unknown> {
  const known = answers.get(key);
  const headers = { ...(given?.headers as object), 'if-none-match': known?.etag };
  try {
    const response = await send(known === undefined ? given : { ...given, headers });
    const { etag } = response.headers;
    const chars = JSON.stringify(response.data ?? null).length;
    if (typeof etag === 'string') answers.put(key, { etag, chars, response });
    else answers.delete(key);
    return response;
  } catch (error) {
    if (known !== undefined && statusOf(error) === 304) return known.response;
    throw error;
  }
}
