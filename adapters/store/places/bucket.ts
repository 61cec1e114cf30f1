import { AwsV4Signer } from 'aws4fetch';
import type { NetworkRule } from '../../../core/config/network.ts';
import { amazonS3Host, type PlaceAddress } from '../../../core/config/place-address.ts';
import { type Credentials, readCredentials, readRegion } from '../credentials.ts';
import type { HashedFile, Place, PlaceOptions, PlaceUse } from '../place.ts';
import { openClient, type SafeAnswer, type SafeClient } from '../safe-fetch.ts';
import { fail } from '../transfer.ts';
import { encodePath } from './web.ts';

type BucketAddress = Extract<PlaceAddress, { readonly kind: 's3' }> & { readonly address: string };

interface Bucket {
  readonly address: string;
  readonly client: SafeClient;
  readonly credentials: Credentials | null;
  readonly region: string;
  at(path: string): URL;
}

/** A digest of no bytes: every request names that of its body. */
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * A bucket of Amazon S3 or of a service that speaks its protocol: GetObject, HeadObject, PutObject, signed with
 * Signature Version 4 where the environment has credentials.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function openBucket(
  parsed: BucketAddress,
  use: PlaceUse,
  network: NetworkRule,
  options: PlaceOptions,
): Place {
  const env = options.env ?? process.env;
  const region = readRegion(env);
  const root = rootOf(parsed, region);
  const bucket: Bucket = {
    address: parsed.address,
    client: openClient(withAmazon(network, parsed, root), options),
    credentials: readCredentials(env, use),
    region,
    at: (path) => new URL(`${root}/${encodePath(parsed.prefix === '' ? path : `${parsed.prefix}/${path}`)}`),
  };
  return {
    address: parsed.address,
    open: (path) => open(bucket, path),
    has: async (path) => (await sizeOf(bucket, path)) !== null,
    put: (path, file) => put(bucket, path, file),
    require: async () => undefined, // Whether a bucket is there tells its first answer.
  };
}

/**
 * Virtual-hosted style for Amazon S3, as it asks for; path style for names with a dot, which its certificate does not
 * cover, and for every other service.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
function rootOf({ endpoint, bucket }: BucketAddress, region: string): string {
  if (endpoint !== null) return `${endpoint}/${bucket}`;
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

/** "s3.amazonaws.com" in a list of hosts means the bucket of the address, in whatever region. */
function withAmazon(network: NetworkRule, { endpoint }: BucketAddress, root: string): NetworkRule {
  if (endpoint !== null || !network.hosts.includes(amazonS3Host)) return network;
  return { ...network, hosts: [...network.hosts, new URL(root).host] };
}

async function open(bucket: Bucket, path: string): Promise<AsyncIterable<Uint8Array> | null> {
  const answer = await send(bucket, 'GET', path);
  if (answer.status === 200) return answer.body;
  answer.skip();
  if (answer.status === 404) return null;
  throw refuse(bucket, answer, `GET ${path}`);
}

/** @returns bytes of the object; NaN when the service does not say; null when there is none */
async function sizeOf(bucket: Bucket, path: string): Promise<number | null> {
  const answer = await send(bucket, 'HEAD', path);
  answer.skip();
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw refuse(bucket, answer, `HEAD ${path}`);
  return Number(answer.header('content-length') ?? Number.NaN);
}

async function put(bucket: Bucket, path: string, body: HashedFile): Promise<'written' | 'taken'> {
  // Asked first: older services do not know the condition, and a large file is not sent in vain.
  if ((await sizeOf(bucket, path)) !== null) return 'taken';
  const answer = await send(bucket, 'PUT', path, body);
  answer.skip();
  if (answer.status === 412) return 'taken';
  if (answer.status !== 200) throw refuse(bucket, answer, `PUT ${path}`);
  const kept = await sizeOf(bucket, path);
  if (kept !== body.sizeBytes) {
    throw fail(bucket.address, `${path} has ${kept ?? 'no'} bytes after ${body.sizeBytes} were written`);
  }
  return 'written';
}

function send(
  bucket: Bucket,
  method: 'GET' | 'HEAD' | 'PUT',
  path: string,
  body?: HashedFile,
): Promise<SafeAnswer> {
  const own: Readonly<Record<string, string>> = {
    'x-amz-content-sha256': body?.sha256 ?? emptySha256,
    ...(body === undefined ? {} : { 'if-none-match': '*', 'content-type': 'application/octet-stream' }),
  };
  const { credentials, region } = bucket;
  const headers = async (url: URL) =>
    credentials === null ? own : signHeaders(url, method, own, { ...credentials, region });
  return bucket.client.send({ method, url: bucket.at(path), headers, ...(body && { body }) });
}

/** Adds date and signature. @param at time of the request, now where nothing is said */
export async function signHeaders(
  url: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  key: Credentials & { readonly region: string },
  at: Date = new Date(),
): Promise<Readonly<Record<string, string>>> {
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers,
    service: 's3',
    region: key.region,
    accessKeyId: key.accessKeyId,
    secretAccessKey: key.secretAccessKey,
    ...(key.sessionToken === null ? {} : { sessionToken: key.sessionToken }),
    datetime: at.toISOString().replace(/[:-]|\.\d{3}/g, ''),
    allHeaders: true,
  });
  const signed = await signer.sign();
  return Object.fromEntries(signed.headers);
}

/** Status and region only: the body of a refusal repeats the key's id and what was signed. */
function refuse({ address, credentials }: Bucket, answer: SafeAnswer, what: string) {
  const region = /^[a-z0-9-]{1,32}$/.exec(answer.header('x-amz-bucket-region') ?? '')?.[0];
  const why =
    answer.status === 401 || answer.status === 403
      ? `, ${credentials === null ? 'asked without credentials' : 'the credentials do not allow it'} (absent objects need the right to list the bucket)`
      : '';
  return fail(
    address,
    `HTTP ${answer.status} for ${what}${why}${region ? `; the bucket is in region ${region}` : ''}`,
  );
}
