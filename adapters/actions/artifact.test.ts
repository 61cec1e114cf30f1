import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownNetwork } from '../../core/config/network.ts';
import { downloadArtifact } from './artifact.ts';
import { fetchLabels } from './job.ts';

const bytes = Buffer.from('zip bytes of a model');
const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

let server: Server;
let url: string;
let folder: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: { readonly url: string; readonly authorization: string | undefined }[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-artifact-'));
  asked = [];
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const redirecting = (request: IncomingMessage, response: ServerResponse): void => {
  if (request.url?.startsWith('/blob')) response.end(bytes);
  else response.writeHead(302, { location: `${url}/blob?sig=x` }).end();
};
const cut = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('half', () => response.destroy());
};

describe('downloadArtifact', () => {
  const download = (limit?: number) =>
    downloadArtifact(
      { apiUrl: url, repository: 'acme/flights', token: 't0ken' },
      9,
      join(folder, 'a.zip'),
      limit,
    );

  it('follows to the blob store without the token, and says the digest of what came', async () => {
    answer = redirecting;
    expect(await download()).toEqual({ file: join(folder, 'a.zip'), digest, sizeBytes: bytes.length });
    expect(readFileSync(join(folder, 'a.zip'))).toEqual(bytes);
    expect(asked).toEqual([
      { url: '/repos/acme/flights/actions/artifacts/9/zip', authorization: 'Bearer t0ken' },
      { url: '/blob?sig=x', authorization: undefined },
    ]);
  });

  it('takes a server that answers at once', async () => {
    answer = (_, response) => void response.end(bytes);
    expect(await download()).toMatchObject({ digest });
  });

  it.each([404, 410])('status %i: there is none, or it has expired', async (status) => {
    answer = (_, response) => void response.writeHead(status).end();
    await expect(download()).rejects.toMatchObject({ code: 'ARTIFACT_MISSING', kind: 'input' });
  });

  it('an expired blob is missing too', async () => {
    answer = (request, response) =>
      request.url === '/blob?sig=x' ? void response.writeHead(404).end() : redirecting(request, response);
    await expect(download()).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  it.each([301, 302, 401, 403, 500, 503])(
    'status %i without a place is a fault of the service',
    async (status) => {
      answer = (_, response) => void response.writeHead(status).end();
      await expect(download()).rejects.toMatchObject({ code: 'ARTIFACT_DOWNLOAD', kind: 'service' });
    },
  );

  it('stops at its limit, whatever length is named', async () => {
    answer = (_, response) => void response.writeHead(200).end(bytes);
    await expect(download(bytes.length - 1)).rejects.toMatchObject({ code: 'ARTIFACT_TOO_LARGE' });
    expect(await download(bytes.length)).toMatchObject({ sizeBytes: bytes.length });
  });

  it('a connection that breaks is no artifact', async () => {
    answer = (_, response) => cut(response);
    await expect(download()).rejects.toMatchObject({ code: 'ARTIFACT_DOWNLOAD' });
    server.close();
    server.closeAllConnections();
    await expect(download()).rejects.toMatchObject({ code: 'ARTIFACT_DOWNLOAD' });
  });
});

describe('fetchLabels', () => {
  it('asks with the identity of the job', async () => {
    answer = (_, response) => void response.end('key,late\nr1,1\n');
    expect(Buffer.from(await fetchLabels(`${url}/june.csv`, 'identity', ownNetwork(url))).toString()).toBe(
      'key,late\nr1,1\n',
    );
    expect(asked).toEqual([{ url: '/june.csv', authorization: 'Bearer identity' }]);
  });

  it('never carries its identity to another place', async () => {
    answer = (_, response) => void response.writeHead(302, { location: `${url}/elsewhere` }).end();
    await expect(fetchLabels(`${url}/june.csv`, 'identity', ownNetwork(url))).rejects.toMatchObject({
      code: 'LABELS_REFUSED',
    });
    expect(asked.map((each) => each.url)).toEqual(['/june.csv']);
  });

  it('stops at its limit, also when no length is named', async () => {
    answer = (_, response) => {
      response.write(Buffer.alloc(600));
      response.end(Buffer.alloc(600));
    };
    await expect(fetchLabels(url, 'identity', ownNetwork(url), 1000)).rejects.toMatchObject({
      code: 'LABELS_REFUSED',
      message: expect.stringContaining('more than 1000 bytes'),
    });
    expect((await fetchLabels(url, 'identity', ownNetwork(url), 1200)).length).toBe(1200);
  });

  it.each([401, 403, 404, 500])('status %i is a refusal with its fix', async (status) => {
    answer = (_, response) => void response.writeHead(status).end('secret');
    await expect(fetchLabels(url, 'identity', ownNetwork(url))).rejects.toMatchObject({
      code: 'LABELS_REFUSED',
      kind: 'service',
      message: expect.stringMatching(new RegExp(`HTTP ${status}$`)),
    });
  });

  it('are not asked for where the policy does not let a job go', async () => {
    for (const network of [ownNetwork('https://labels.example'), { hosts: [], privateHosts: [] }]) {
      const refused = fetchLabels(`${url}/june.csv`, 'identity', network);
      await expect(refused).rejects.toMatchObject({
        code: 'LABELS_REFUSED',
        message: expect.stringContaining('the policy does not name this host'),
      });
    }
    const metadata = 'https://169.254.169.254/june.csv';
    await expect(fetchLabels(metadata, 'identity', ownNetwork(metadata))).rejects.toMatchObject({
      message: expect.stringContaining('never a store'),
    });
    expect(asked).toEqual([]);
  });

  it('half an answer is none', async () => {
    answer = (_, response) => cut(response);
    await expect(fetchLabels(url, 'identity', ownNetwork(url))).rejects.toMatchObject({
      code: 'LABELS_REFUSED',
    });
  });
});
