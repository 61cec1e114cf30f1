import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request in place of the server; false: it goes on as usual. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface PlaceServer {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** What lies there, by path with its first slash, not percent-encoded. */
  readonly kept: Map<string, Buffer>;
  /** Method and path of every request, as sent. */
  readonly asked: string[];
  /** The next requests meet these, one each. */
  readonly faults: Fault[];
  close(): void;
}

export interface Key {
  readonly id: string;
  readonly secret: string;
  readonly region: string;
}

/**
 * A place on this machine. With a key it speaks the S3 protocol and believes nothing: signature, digest of the body and
 * the write condition are checked by AWS's published steps, written here a second time so that they check the library.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export async function servePlace(key: Key | null): Promise<PlaceServer> {
  const kept = new Map<string, Buffer>();
  const asked: string[] = [];
  const faults: Fault[] = [];
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (faults.shift()?.(request, response)) return;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const refusal = key === null ? null : refuseSignature(request, body, key);
    if (refusal !== null) response.writeHead(403, { 'content-type': 'application/xml' }).end(refusal);
    else answer(kept, request, response, body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept,
    asked,
    faults,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(
  kept: Map<string, Buffer>,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const path = decodeURIComponent(request.url ?? '');
  const found = kept.get(path);
  if (request.method === 'PUT') {
    const taken = found !== undefined && request.headers['if-none-match'] === '*';
    if (!taken) kept.set(path, body);
    response.writeHead(taken ? 412 : 200).end();
  } else if (found === undefined) response.writeHead(404).end();
  else
    response.writeHead(200, { 'content-length': found.length }).end(request.method === 'HEAD' ? '' : found);
}

/** null: signed as it must be. Else the body of a refusal, which repeats what was signed, as that of Amazon does. */
function refuseSignature(request: IncomingMessage, body: Buffer, key: Key): string | null {
  const { headers } = request;
  const parsed =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (parsed === null) return '<Error><Code>AccessDenied</Code></Error>';
  const [, id, day = '', region = '', signed = '', signature] = parsed;
  const time = String(headers['x-amz-date']);
  const digest = createHash('sha256').update(body).digest('hex');
  const names = signed.split(';');
  const canonical = [
    request.method,
    request.url,
    '',
    ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signed,
    digest,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  );
  const hmac = (secret: string | Buffer, part: string) => createHmac('sha256', secret).update(part).digest();
  const signing = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${key.secret}`, day));
  const recent =
    Math.abs(Date.now() - Date.parse(time.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))) <
    900_000;
  const complete = ['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name));
  const fits =
    id === key.id &&
    region === key.region &&
    headers['x-amz-content-sha256'] === digest &&
    hmac(signing, text).toString('hex') === signature;
  if (fits && recent && complete) return null;
  return `<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>${id}</AWSAccessKeyId><StringToSign>${text}</StringToSign></Error>`;
}
