import type { GitHubClient } from './client.ts';
import { statusOf } from './failure.ts';
import type { ReaderMemory } from './reader-memory.ts';

/** Kept as what they are, not as answers: objects of git by id, and bytes. */
const immutable = /\/git\/(?:trees|blobs)\/|\{archive_format\}/;

/**
 * A client that asks for what it has already read only whether it changed. GitHub answers 304 then, which costs nothing
 * of the hourly budget; the answer from before is given to whoever asked. Tags belong to one token: after GitHub gave
 * out a new one (every hour) each first answer comes whole again.
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 * @see https://github.com/eclipse-csi/otterdog/issues/201 tags are specific to a token
 */
export function withConditionalReads(client: GitHubClient, { answers }: ReaderMemory): GitHubClient {
  const request = new Proxy(client.request, {
    apply: async (target, self, [route, given]: [unknown, Readonly<Record<string, unknown>> | undefined]) => {
      const send = (parameters: unknown) => Reflect.apply(target, self, [route, parameters]);
      if (typeof route !== 'string' || !route.startsWith('GET ') || immutable.test(route)) return send(given);
      const key = `${route} ${JSON.stringify(Object.entries(given ?? {}).sort())}`;
      const known = answers.get(key);
      const headers = { ...(given?.headers as object), 'if-none-match': known?.etag };
      try {
        const response = await send(known === undefined ? given : { ...given, headers });
        const etag: unknown = response.headers?.etag;
        const chars = JSON.stringify(response.data ?? null).length;
        if (typeof etag === 'string') answers.put(key, { etag, chars, response });
        else answers.delete(key);
        return response;
      } catch (error) {
        if (known !== undefined && statusOf(error) === 304) return known.response;
        throw error;
      }
    },
  });
  return { request, graphql: client.graphql };
}
