import type { NetworkRule } from '../../../core/config/network.ts';
import type { HashedFile, Place, PlaceOptions } from '../place.ts';
import { openClient, type SafeClient } from '../safe-fetch.ts';
import { fail } from '../transfer.ts';

/** A web server that answers GET, HEAD, and PUT with `If-None-Match: *` (RFC 9110). */
export function openWeb(address: string, network: NetworkRule, options: PlaceOptions): Place {
  const client = openClient(network, options);
  const at = (path: string): URL => new URL(`${address}/${encodePath(path)}`);
  return {
    address,
    open: (path) => open(client, address, at(path)),
    has: (path) => has(client, address, at(path)),
    put: (path, file) => put(client, address, at(path), file),
    require: async () => undefined, // A server has no folder that could be absent: its first answer tells.
  };
}

async function open(
  client: SafeClient,
  address: string,
  url: URL,
): Promise<AsyncIterable<Uint8Array> | null> {
  const answer = await client.send({ method: 'GET', url });
  if (answer.status === 200) return answer.body;
  answer.skip();
  if (answer.status === 404) return null;
  throw fail(address, `HTTP ${answer.status} for ${url.pathname}`);
}

async function has(client: SafeClient, address: string, url: URL): Promise<boolean> {
  const answer = await client.send({ method: 'HEAD', url });
  answer.skip();
  if (answer.status === 404) return false;
  if (isSuccess(answer.status)) return true;
  throw fail(address, `HTTP ${answer.status} for HEAD ${url.pathname}`);
}

async function put(
  client: SafeClient,
  address: string,
  url: URL,
  body: HashedFile,
): Promise<'written' | 'taken'> {
  const headers = async () => ({ 'if-none-match': '*', 'content-type': 'application/octet-stream' });
  const answer = await client.send({ method: 'PUT', url, headers, body });
  answer.skip();
  if (answer.status === 412) return 'taken';
  if (isSuccess(answer.status)) return 'written';
  throw fail(address, `HTTP ${answer.status} for PUT ${url.pathname}`);
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Percent-encodes everything but A-Z a-z 0-9 - . _ ~ and the slashes (RFC 3986): what SigV4 signs, too. */
export function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
}
