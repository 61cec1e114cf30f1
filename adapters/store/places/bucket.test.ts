import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlace } from '../open-place.ts';
import { type Key, type PlaceServer, servePlace } from '../server.fixture.ts';
import { signHeaders } from './bucket.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a signature', () => {
  // Key, requests and signatures as AWS publishes them:
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
  const key = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    sessionToken: null,
    region: 'us-east-1',
  };
  const at = new Date('2013-05-24T00:00:00Z');
  const sign = async (method: string, path: string, headers: Record<string, string>, body = '') =>
    (
      await signHeaders(
        new URL(`https://examplebucket.s3.amazonaws.com${path}`),
        method,
        { 'x-amz-content-sha256': sha256(body), ...headers },
        key,
        at,
      )
    ).authorization;

  it('is that of the published examples', async () => {
    expect(await sign('GET', '/test.txt', { range: 'bytes=0-9' })).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
    const put = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
    expect(await sign('PUT', '/test%24file.text', put, 'Welcome to Amazon S3.')).toMatch(
      /Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd$/,
    );
    expect(await sign('GET', '/?lifecycle=', {})).toMatch(
      /Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543$/,
    );
    expect(await sign('GET', '/?max-keys=2&prefix=J', {})).toMatch(
      /Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7$/,
    );
  });

  it('covers the token of temporary credentials', async () => {
    const headers = await signHeaders(
      new URL('https://b.example/x'),
      'GET',
      { 'x-amz-content-sha256': sha256('') },
      { ...key, sessionToken: 'temporary' },
      at,
    );
    expect(headers['x-amz-security-token']).toBe('temporary');
    expect(headers.authorization).toContain('x-amz-date;x-amz-security-token,');
  });
});

describe('a bucket', () => {
  const key: Key = { id: 'AKIDPLANTED', secret: 'planted/secret+of/nobody', region: 'eu-central-1' };
  const env = {
    AWS_ACCESS_KEY_ID: key.id,
    AWS_SECRET_ACCESS_KEY: key.secret,
    AWS_REGION: key.region,
  };
  let server: PlaceServer;
  let folder: string;
  beforeEach(async () => {
    server = await servePlace(key);
    folder = await mkdtemp(join(tmpdir(), 'gatehouse bucket '));
  });
  afterEach(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const open = (own: Readonly<Record<string, string>> = env, prefix = '/models/kept') =>
    openPlace(`s3+${server.origin}${prefix}`, 'store', undefined, { env: own, delaysMs: [1, 1] });
  const hashed = async (text: string) => {
    const file = join(folder, 'file');
    await writeFile(file, text);
    return { file, sha256: sha256(text), sizeBytes: Buffer.byteLength(text) };
  };
  const failure = async (work: Promise<unknown>): Promise<Error & { code?: string; hint?: string }> =>
    work.then(
      () => expect.unreachable('it should have failed'),
      (error) => error,
    );

  it.each(['/models', '/models/a%20b+c(1)!', "/my.models/~it's/(x)*", '/models/%C3%A9t%C3%A9/%25'])(
    'below %s is signed as the service checks it',
    async (prefix) => {
      const place = open(env, prefix);
      expect(await place.put('sha256/ab', await hashed('model'))).toBe('written');
      expect(await place.has('sha256/ab')).toBe(true);
      expect([...server.kept.keys()]).toEqual([`${decodeURIComponent(prefix)}/sha256/ab`]);
    },
  );

  it.each([
    ['an empty file', ''],
    ['a large file', 'x'.repeat(3_000_000)],
  ])('keeps %s', async (_, text) => {
    expect(await open().put('a', await hashed(text))).toBe('written');
    expect(server.kept.get('/models/kept/a')?.toString()).toBe(text);
  });

  it('uses its own credentials before the general ones, and none where there are none', async () => {
    const own = { ...env, GATEHOUSE_STORE_ACCESS_KEY_ID: 'other', GATEHOUSE_STORE_SECRET_ACCESS_KEY: 'x' };
    expect((await failure(open(own).has('a'))).message).toContain('the credentials do not allow it');
    const unused = { ...env, GATEHOUSE_DATA_ACCESS_KEY_ID: 'other', GATEHOUSE_DATA_SECRET_ACCESS_KEY: 'x' };
    expect(await open(unused).has('a')).toBe(false);
    const empty = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_REGION: '' };
    expect((await failure(open(empty).has('a'))).message).toContain('asked without credentials');
  });

  it('takes half a key for a mistake, and names variables only', () => {
    for (const half of [
      { AWS_SECRET_ACCESS_KEY: key.secret },
      { AWS_ACCESS_KEY_ID: key.id },
      { ...env, AWS_SECRET_ACCESS_KEY: `${key.secret}\nx` },
    ]) {
      const opening = () => open(half as Record<string, string>);
      expect(opening).toThrow(expect.objectContaining({ code: 'STORE_CREDENTIALS', kind: 'input' }));
      expect(opening).not.toThrow(/planted|PLANTED/);
    }
    expect(() => open({ AWS_REGION: 'x.evil.example/' })).toThrow(
      expect.objectContaining({ code: 'STORE_REGION' }),
    );
  });

  it('never repeats a key, whatever fails', async () => {
    const wrong = { ...env, AWS_SECRET_ACCESS_KEY: `${key.secret}x`, AWS_SESSION_TOKEN: 'planted-token' };
    const errors = [
      await failure(open(wrong).has('a')),
      await failure(open(wrong).open('a')),
      await failure(open(wrong).put('a', await hashed('x'))),
    ];
    server.faults.push((_, response) => {
      response.socket?.destroy();
      return true;
    });
    errors.push(
      await failure(
        openPlace(`s3+${server.origin}/models`, 'store', undefined, { env, delaysMs: [] }).open('a'),
      ),
    );
    server.close();
    errors.push(await failure(open().open('a')));
    for (const error of errors) {
      expect(error.code).toBe('STORE_FAILED');
      expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/planted|PLANTED/);
    }
    expect(server.kept.size).toBe(0);
  });

  it('is asked without waste: what lies there is not sent again, a refusal is not repeated', async () => {
    const place = open();
    await place.put('a', await hashed('model'));
    server.asked.length = 0;
    expect(await place.put('a', await hashed('other'))).toBe('taken');
    expect(server.asked).toEqual(['HEAD /models/kept/a']);
    server.asked.length = 0;
    await failure(open({ AWS_REGION: key.region }).open('a'));
    expect(server.asked).toEqual(['GET /models/kept/a']);
  });

  it('decides who was first, also when both asked before', async () => {
    const place = open();
    server.faults.push((_, response) => {
      server.kept.set('/models/kept/a', Buffer.from('first'));
      response.writeHead(404).end();
      return true;
    });
    expect(await place.put('a', await hashed('second'))).toBe('taken');
    expect(server.kept.get('/models/kept/a')?.toString()).toBe('first');
  });

  it('is tried again when two writes met (409)', async () => {
    server.faults.push(
      () => false,
      (request, response) => {
        request.resume();
        response.writeHead(409).end();
        return true;
      },
    );
    expect(await open().put('a', await hashed('model'))).toBe('written');
  });

  it('that kept other bytes than were sent is noticed', async () => {
    server.faults.push(
      () => false,
      () => false,
      (_, response) => {
        response.writeHead(200, { 'content-length': '3' }).end();
        return true;
      },
    );
    expect((await failure(open().put('a', await hashed('model')))).message).toContain('3 bytes after 5');
  });

  it('in another region is named', async () => {
    server.faults.push((_, response) => {
      response.writeHead(301, { 'x-amz-bucket-region': 'us-west-2' }).end();
      return true;
    });
    const error = await failure(open().open('a'));
    expect(error).toMatchObject({ code: 'REDIRECT_REFUSED', hint: expect.stringContaining('us-west-2') });
  });

  it('of Amazon is reached where its region is, by its own name, and nowhere else', async () => {
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return [{ address: '169.254.169.254', family: 4 }];
    };
    for (const [address, region] of [
      ['s3://models/x', ''],
      ['s3://my.models/x', 'eu-west-1'],
      ['s3://models/x', 'cn-north-1'],
    ] as const) {
      const place = openPlace(address, 'data', undefined, { env: { AWS_REGION: region }, resolve });
      expect(await failure(place.open('a'))).toMatchObject({ code: 'ADDRESS_REFUSED' });
    }
    expect(asked).toEqual([
      'models.s3.us-east-1.amazonaws.com',
      's3.eu-west-1.amazonaws.com',
      'models.s3.cn-north-1.amazonaws.com.cn',
    ]);
    const elsewhere = openPlace(
      's3://models/x',
      'data',
      { hosts: ['dvc.example'], privateHosts: [] },
      { env: {}, resolve },
    );
    expect(await failure(elsewhere.open('a'))).toMatchObject({ code: 'HOST_REFUSED' });
  });
});
