/** Where bytes are kept, as it stands in a policy. It never holds credentials: they come from the environment of a job. */
export type PlaceAddress =
  /** A folder of this machine, local or mounted. `url` is its file URL. */
  | { readonly kind: 'folder'; readonly url: string }
  /** A web server that answers GET, HEAD and PUT below `url`, which has no slash at its end. */
  | { readonly kind: 'http'; readonly url: string }
  /** A bucket. `endpoint` null: Amazon S3 in the region of the environment; else `https://host[:port]`, path style. */
  | {
      readonly kind: 's3';
      readonly endpoint: string | null;
      readonly bucket: string;
      /** Without slash at either end, not percent-encoded; empty for the whole bucket. */
      readonly prefix: string;
    };

export const placeRule =
  'file:///absolute/folder, https://host/path, s3://bucket/prefix or s3+https://host/bucket/prefix, without user, password, query or fragment (http and s3+http only to this machine)';

/** Stands for every region of Amazon S3 in a list of hosts. */
export const amazonS3Host = 's3.amazonaws.com';

const longestAddress = 500;
const local: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
/** Lower-case, no dots beside each other: what every S3 service takes, and nothing that changes a host name. */
const bucketName = /^[a-z0-9](?:[a-z0-9-]|\.(?=[a-z0-9])){1,61}[a-z0-9]$/;

/**
 * Reads an address of the policy.
 * @returns null for everything that `placeRule` does not name
 */
export function parsePlaceAddress(text: string): PlaceAddress | null {
  if (!isPlain(text)) return null;
  const { protocol } = new URL(text);
  if (protocol === 'file:') return toFolder(text);
  if (protocol === 'http:' || protocol === 'https:') return toHttp(text);
  if (protocol === 's3:') return toBucket(null, text.slice('s3://'.length));
  if (protocol === 's3+http:' || protocol === 's3+https:') return toCompatible(text);
  return null;
}

/** The host that a place is reached at, with its port where it has one; null for a folder. */
export function hostOf(address: PlaceAddress): string | null {
  if (address.kind === 'folder') return null;
  if (address.kind === 'http') return new URL(address.url).host;
  return address.endpoint === null ? amazonS3Host : new URL(address.endpoint).host;
}

/** True when plain HTTP may be spoken to this host: it is this machine. */
export function isThisMachine(url: URL): boolean {
  return local.includes(url.hostname);
}

/** Printable ASCII, no credentials, nothing that climbs or hides a dot: checked before anything is taken apart. */
export function isPlain(text: string): boolean {
  if (text.length > longestAddress || !/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
  if (/(?:^|\/)\.{1,2}(?:\/|$)|%2e|%2f|%00|\\/i.test(text) || /[?#]/.test(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

function toFolder(text: string): PlaceAddress | null {
  const { host, pathname, href } = new URL(text);
  const fits = host === '' && text.startsWith('file:///') && /[^/]/.test(pathname);
  return fits ? { kind: 'folder', url: href } : null;
}

function toHttp(text: string): PlaceAddress | null {
  const url = new URL(text);
  if (url.protocol !== 'https:' && !isThisMachine(url)) return null;
  return { kind: 'http', url: url.href.replace(/\/+$/, '') };
}

function toCompatible(text: string): PlaceAddress | null {
  // Read again as a web address: only then is 0x7f.1 seen to be 127.0.0.1.
  const web = text.slice('s3+'.length);
  if (!URL.canParse(web)) return null;
  const url = new URL(web);
  if (url.protocol !== 'https:' && !isThisMachine(url)) return null;
  return toBucket(url.origin, url.pathname.slice(1));
}

function toBucket(endpoint: string | null, path: string): PlaceAddress | null {
  const [bucket = '', ...parts] = path.replace(/\/+$/, '').split('/');
  if (!bucketName.test(bucket) || /^\d+\.\d+\.\d+\.\d+$/.test(bucket) || parts.includes('')) return null;
  const prefix = decode(parts);
  return prefix === null ? null : { kind: 's3', endpoint, bucket, prefix };
}

function decode(parts: readonly string[]): string | null {
  try {
    return parts.map((part) => decodeURIComponent(part)).join('/');
  } catch {
    return null; // A percent sign that starts no character: no address.
  }
}
