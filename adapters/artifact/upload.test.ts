import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../sandbox/actions-service/run.ts';
import { type Bench, openBench } from '../../sandbox/runner/bench.ts';
import { listArchive } from '../archive/directory.ts';
import { readWhole } from '../archive/entry.ts';
import { withFile } from '../archive/source.ts';
import { type ArtifactUploader, openArtifactUploader, type UploadOptions } from './upload.ts';

const now = () => new Date('2026-06-01T10:00:00Z');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-upload-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(env: NodeJS.ProcessEnv, more: Partial<UploadOptions> = {}): ArtifactUploader {
  const opened = openArtifactUploader(env, { now, retentionDays: 3, delaysMs: [1, 1], ...more });
  if (opened.kind === 'none') throw new Error(opened.because);
  return opened.uploader;
}

describe('openArtifactUploader, with the service', () => {
  let bench: Bench;
  let env: NodeJS.ProcessEnv;
  let run: Run;
  beforeAll(async () => {
    bench = await openBench();
    const steps = 'on: push\njobs: { up: { runs-on: ubuntu-latest, steps: [{ run: "true" }] } }\n';
    await bench.repository('one', { '.github/workflows/up.yml': steps });
    run = (await bench.settle())[0] as Run;
    const { url, token } = bench.actions.service.grantRuntime(run);
    env = { ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: token, GITHUB_SERVER_URL: bench.hub.url };
  });
  afterAll(() => bench.close());

  it('uploads files in blocks, with size and digest of the zip', async () => {
    const bytes = randomBytes(300_000);
    writeFileSync(join(folder, 'model.bin'), bytes);
    const done = await open(env, { blockBytes: 64 * 1024 }).upload('model', [
      { kind: 'text', name: 'run.json', text: '{"é":1}' },
      { kind: 'file', name: 'model.bin', path: join(folder, 'model.bin') },
      { kind: 'text', name: 'empty', text: '' },
    ]);
    const stored = bench.actions.service.artifacts.find(done.id);
    if (stored === undefined) throw new Error('no artifact');
    expect(stored).toMatchObject({ name: 'model', digest: done.digest, sizeBytes: done.sizeBytes });
    expect(Date.parse(stored.expiresAt) - Date.parse(stored.createdAt)).toBeGreaterThan(0);
    const zip = readFileSync(stored.file);
    expect(done.digest).toBe(`sha256:${createHash('sha256').update(zip).digest('hex')}`);
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(['run.json', 'model.bin', 'empty']);
    expect(Buffer.from(files['model.bin'] ?? [])).toEqual(bytes);
    // Our own reader, which is the strict one, takes it too.
    await withFile(stored.file, async (source) => {
      const [first] = await listArchive(source, { entries: 3, entryBytes: 300_000 });
      expect(first && (await readWhole(source, first)).toString()).toBe('{"é":1}');
    });
  });

  it('makes the same zip of the same files', async () => {
    const upload = (name: string) => open(env).upload(name, [{ kind: 'text', name: 'a', text: 'x' }]);
    expect((await upload('same-1')).digest).toBe((await upload('same-2')).digest);
  });

  it('removes', async () => {
    const uploader = open(env);
    const { id } = await uploader.upload('gone', []);
    await uploader.remove('gone');
    expect(bench.actions.service.artifacts.find(id)).toBe(undefined);
  });

  it('tells a name that is taken, and refuses names that GitHub refuses', async () => {
    const uploader = open(env);
    await uploader.upload('twice', []);
    await expect(uploader.upload('twice', [])).rejects.toMatchObject({
      code: 'ARTIFACT_UPLOAD',
      message: expect.stringMatching(/HTTP 409: an artifact with this name already exists/),
    });
    for (const name of ['', 'a/b', 'a:b', 'a\nb', 'x'.repeat(257)]) {
      await expect(uploader.upload(name, [])).rejects.toMatchObject({ code: 'ARTIFACT_NAME' });
    }
  });

  it('shows nobody an artifact that is too large or whose file went away', async () => {
    const text = { kind: 'text', name: 'a', text: 'x'.repeat(5_000) } as const;
    await expect(
      open(env, { limitBytes: 4_000, blockBytes: 1_000 }).upload('large', [text]),
    ).rejects.toMatchObject({
      code: 'ARTIFACT_TOO_LARGE',
    });
    const missing = { kind: 'file', name: 'b', path: join(folder, 'missing') } as const;
    await expect(open(env).upload('missing', [missing])).rejects.toThrow(/ENOENT/);
    const names = bench.actions.service.artifacts.listOf(run).map(({ name }) => name);
    expect(names).not.toContain('large');
    expect(names).not.toContain('missing');
  });
});

describe('openArtifactUploader, without the service', () => {
  const token = `a.${Buffer.from('{"scp":"x Actions.Results:r1:j1"}').toString('base64url')}.c`;
  const env = { ACTIONS_RESULTS_URL: 'https://results.example/', ACTIONS_RUNTIME_TOKEN: token };

  it.each<readonly [string, NodeJS.ProcessEnv, RegExp]>([
    ['on a laptop', {}, /was not given ACTIONS_RESULTS_URL/],
    ['in a run step', { ACTIONS_RESULTS_URL: 'https://results.example/' }, /was not given/],
    [
      "on a server of one's own",
      { ...env, GITHUB_SERVER_URL: 'https://github.acme.example' },
      /github\.acme\.example is a/,
    ],
    [
      'under a name that only looks so',
      { ...env, GITHUB_SERVER_URL: 'https://github.com.evil.example' },
      /Enterprise/,
    ],
    ['with a token of another form', { ...env, ACTIONS_RUNTIME_TOKEN: 'opaque' }, /unknown/],
    [
      'without the scope',
      { ...env, ACTIONS_RUNTIME_TOKEN: `a.${Buffer.from('{"scp":"x"}').toString('base64url')}.c` },
      /unknown/,
    ],
    ['with no address', { ...env, ACTIONS_RESULTS_URL: 'results' }, /unknown/],
  ])('says why: %s', (_, some, why) => {
    const opened = openArtifactUploader(some, { now, retentionDays: 1 });
    expect(opened).toEqual({ kind: 'none', because: expect.stringMatching(why) });
  });

  it('is there for GitHub Enterprise Cloud with data residency', () => {
    const some = { ...env, GITHUB_SERVER_URL: 'https://acme.ghe.com' };
    expect(openArtifactUploader(some, { now, retentionDays: 1 }).kind).toBe('uploader');
  });
});

describe('openArtifactUploader, when the service fails', () => {
  let server: Server;
  let url: string;
  let asked: { readonly path: string; readonly authorization: string | undefined }[];
  let answer: (path: string, response: ServerResponse, count: number) => void;
  beforeEach(async () => {
    asked = [];
    server = createServer(async (request: IncomingMessage, response) => {
      for await (const _ of request);
      const path = (request.url ?? '').replace(/^\/twirp\/[^/]+\//, '');
      asked.push({ path, authorization: request.headers.authorization });
      answer(path, response, asked.filter((one) => one.path === path).length);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const token = `a.${Buffer.from('{"scp":"Actions.Results:r1:j1"}').toString('base64url')}.c`;
  const env = () => ({ ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: token, GITHUB_SERVER_URL: url });
  const files = [{ kind: 'text', name: 'a', text: 'x' }] as const;
  const json = (response: ServerResponse, body: object, status = 200) =>
    response.writeHead(status).end(JSON.stringify(body));
  const well = (path: string, response: ServerResponse): void => {
    if (path === 'CreateArtifact') json(response, { ok: true, signedUploadUrl: `${url}/blob?sig=s3cret` });
    else if (path === 'FinalizeArtifact') json(response, { ok: true, artifactId: '7' });
    else response.writeHead(201).end();
  };

  it('asks again where that helps, and takes the other spelling of the fields', async () => {
    answer = (path, response, count) => {
      if (count === 1) response.writeHead(503).end();
      else if (count === 2) response.destroy();
      else well(path, response);
    };
    expect(await open(env()).upload('a', files)).toMatchObject({ id: 7 });
    // The blob store is another host: the token stays behind.
    const blobs = asked.filter(({ path }) => path.startsWith('/blob'));
    expect(blobs).toHaveLength(6);
    expect(blobs.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it.each<readonly [string, (path: string, response: ServerResponse) => void, RegExp]>([
    [
      'refused',
      (_, response) => json(response, { msg: 'over quota' }, 403),
      /CreateArtifact: HTTP 403: over quota$/,
    ],
    ['never well', (_, response) => response.writeHead(500).end('<html>'), /HTTP 500$/],
    ['not agreed', (_, response) => json(response, { ok: false }), /did not agree/],
    ['no JSON', (_, response) => response.end('<html>'), /did not agree/],
    ['no address', (_, response) => json(response, { ok: true }), /gave no address/],
    [
      'another protocol',
      (_, response) => json(response, { ok: true, signed_upload_url: 'ftp://x' }),
      /not a secure one/,
    ],
    [
      'blob refused',
      (path, response) => (path.startsWith('/blob') ? response.writeHead(403).end() : well(path, response)),
      /the upload: HTTP 403$/,
    ],
    [
      'no id',
      (path, response) => (path === 'FinalizeArtifact' ? json(response, { ok: true }) : well(path, response)),
      /gave no id/,
    ],
  ])('%s', async (_, some, message) => {
    answer = some;
    const error: unknown = await open(env())
      .upload('a', files)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      kind: 'service',
      code: 'ARTIFACT_UPLOAD',
      message: expect.stringMatching(message),
    });
    expect(String(error)).not.toContain('s3cret');
  });

  it('ends at once when the job is cancelled', async () => {
    const cancel = new AbortController();
    answer = () => cancel.abort();
    const started = performance.now();
    await expect(
      open(env(), { cancel: cancel.signal, delaysMs: [60_000] }).upload('a', files),
    ).rejects.toThrow(/CreateArtifact/);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
