import { randomBytes } from 'node:crypto';
import { HubError } from '../hub/hub-error.ts';
import type { Call, Hub } from '../hub/interface.ts';

/** Content that comes in as blocks, as Azure's block blobs take it. */
export interface Upload {
  readonly expiresAt: number | null;
  readonly blocks: Map<string, Buffer>;
  /** Undefined until the list of blocks was committed. */
  bytes: Buffer | undefined;
}

export interface Uploads {
  /** @returns an address that needs no login and takes this one upload. */
  open(expiresAt: number | null): { readonly url: string; readonly upload: Upload };
}

const MAX_BLOCK = 4000 * 1024 ** 2;

/** Mounts the addresses that blocks are put to. */
export function mountUploads(hub: Hub): Uploads {
  const uploads = new Map<string, Upload>();
  hub.routes.add('PUT', '//_services/uploads/:key', (call) => {
    const upload = uploads.get(call.params.key ?? '');
    if (upload === undefined || call.query.get('sig') !== 'x+/=') {
      throw new HubError(403, 'Server failed to authenticate the request');
    }
    take(upload, call);
    return { status: 201 };
  });
  return {
    open(expiresAt) {
      const key = randomBytes(24).toString('base64url');
      const upload: Upload = { expiresAt, blocks: new Map(), bytes: undefined };
      uploads.set(key, upload);
      // A signature has characters that a careless client changes.
      return { url: `${hub.url}/_services/uploads/${key}?sv=2025-05-05&sig=x%2B%2F%3D`, upload };
    },
  };
}

/** @see https://learn.microsoft.com/rest/api/storageservices/put-block-list */
function take(upload: Upload, call: Call): void {
  const kind = call.query.get('comp');
  if (kind === 'block') {
    const id = call.query.get('blockid') ?? '';
    const lengths = new Set([...upload.blocks.keys(), id].map((one) => one.length));
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(id) || lengths.size !== 1)
      throw new HubError(400, 'InvalidQueryParameterValue');
    if (call.bytes.length === 0 || call.bytes.length > MAX_BLOCK)
      throw new HubError(400, 'InvalidHeaderValue');
    upload.blocks.set(id, call.bytes);
  } else if (kind === 'blocklist') {
    const ids = [...call.bytes.toString('utf8').matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(
      ([, id]) => id ?? '',
    );
    const parts = ids.map((id) => upload.blocks.get(id));
    const known = parts.filter((part) => part !== undefined);
    if (known.length !== parts.length) throw new HubError(400, 'InvalidBlockList');
    upload.bytes = Buffer.concat(known);
  } else throw new HubError(400, 'the sandbox takes blocks and their list only');
}
