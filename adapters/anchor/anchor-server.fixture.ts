import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rememberedFileName } from '../../core/audit/remembered.ts';
import { streamZip } from '../artifact/zip-stream.ts';
import type { GitHubClient } from '../github/client.ts';
import { createQuietClient } from '../github/token-client.ts';

/** Releases, contents and artifacts of a GitHub, as the documentation says they behave; over real HTTP. */
export interface AnchorServer {
  readonly client: GitHubClient;
  readonly asked: string[];
  readonly releases: Release[];
  /** path -> text, of the witness */
  readonly contents: Map<string, string>;
  readonly artifacts: Artifact[];
  /** Status of every answer to a line that begins so. */
  readonly fail: Map<string, number>;
  close(): void;
}

interface Release {
  readonly id: number;
  readonly tag_name: string;
  draft: boolean;
  readonly assets: { readonly id: number; readonly name: string; readonly text: string }[];
}

export interface Artifact {
  readonly id: number;
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly expired?: boolean;
  readonly size?: number;
  readonly run?: Readonly<Record<string, unknown>> | null;
}

const ofMain = { repository_id: 7, head_repository_id: 7, head_branch: 'main', head_sha: 'c'.repeat(40) };
export const acme = { owner: 'acme', repo: 'flights' };

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly accept: string;
  readonly origin: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function startAnchorServer(): Promise<AnchorServer> {
  const held = {
    asked: [] as string[],
    releases: [] as Release[],
    contents: new Map<string, string>(),
    artifacts: [] as Artifact[],
    fail: new Map<string, number>(),
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const [method = '', url = ''] = [request.method, request.url];
    const line = `${method} ${url}`;
    held.asked.push(line);
    const planned = [...held.fail].find(([start]) => line.startsWith(start))?.[1];
    const call: Call = {
      ...{ method, url: new URL(url, 'http://x'), body: Buffer.concat(parts).toString() },
      ...{ accept: request.headers.accept ?? '', origin: `http://${request.headers.host}` },
    };
    const { status, body } =
      planned === undefined ? await answer(held, call) : { status: planned, body: { message: 'no' } };
    const isBytes = typeof body === 'string' || body instanceof Uint8Array;
    response.writeHead(status, { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' });
    response.end(isBytes ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const client = createQuietClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 't');
  return { ...held, client, close: () => server.close() };
}

type Held = Pick<AnchorServer, 'releases' | 'contents' | 'artifacts'>;

function answer(held: Held, call: Call): Answer | Promise<Answer> {
  const path = decodeURIComponent(call.url.pathname);
  if (path.startsWith('/repos/acme/flights/releases')) return ofReleases(held, call, path);
  if (path.startsWith('/uploads/')) return upload(held, call, path);
  if (path.startsWith('/repos/audit/witness/contents/')) return ofContents(held, call, path);
  if (path.startsWith('/repos/acme/flights/actions/artifacts')) return ofArtifacts(held, path);
  return { status: 404, body: { message: 'Not Found' } };
}

function ofReleases({ releases }: Held, { method, url, body, accept, origin }: Call, path: string): Answer {
  const id = Number(path.split('/').at(-1));
  if (path.includes('/assets/')) {
    const asset = releases.flatMap(({ assets }) => assets).find((each) => each.id === id);
    if (asset === undefined) return { status: 404, body: {} };
    return { status: 200, body: accept === 'application/octet-stream' ? asset.text : { id } };
  }
  if (method === 'GET') {
    const page = Number(url.searchParams.get('page'));
    const listed = [...releases].reverse().map(({ assets, ...release }) => ({
      ...release,
      assets: assets.map(({ text, ...asset }) => ({ ...asset, size: text.length })),
    }));
    return { status: 200, body: listed.slice((page - 1) * 100, page * 100) };
  }
  const fields = JSON.parse(body) as Partial<Release>;
  if (method === 'PATCH') {
    const release = releases.find((each) => each.id === id);
    if (release !== undefined) release.draft = fields.draft ?? release.draft;
    return { status: 200, body: release };
  }
  const made: Release = {
    ...{ id: releases.length + 1, tag_name: fields.tag_name ?? '', draft: fields.draft ?? false, assets: [] },
  };
  releases.push(made);
  return { status: 201, body: { ...made, upload_url: `${origin}/uploads/${made.id}/assets{?name,label}` } };
}

function upload({ releases }: Held, { url, body }: Call, path: string): Answer {
  const release = releases.find(({ id }) => id === Number(path.split('/')[2]));
  // An immutable release takes nothing more once it is published.
  if (release === undefined || !release.draft) return { status: 422, body: { message: 'immutable' } };
  const name = url.searchParams.get('name') ?? '';
  release.assets.push({ id: release.id * 100, name, text: body });
  return { status: 201, body: {} };
}

function ofContents({ contents }: Held, { method, body }: Call, path: string): Answer {
  const name = path.slice('/repos/audit/witness/contents/'.length);
  if (method === 'PUT') {
    if (contents.has(name)) return { status: 422, body: { message: '"sha" wasn\'t supplied' } };
    const { content } = JSON.parse(body) as { readonly content: string };
    contents.set(name, Buffer.from(content, 'base64').toString());
    return { status: 201, body: {} };
  }
  const text = contents.get(name);
  if (text !== undefined)
    return {
      status: 200,
      body: { type: 'file', path: name, encoding: 'base64', content: Buffer.from(text).toString('base64') },
    };
  const below = [...contents.keys()].filter((each) => each.startsWith(`${name}/`));
  if (below.length === 0) return { status: 404, body: { message: 'Not Found' } };
  return { status: 200, body: below.map((each) => ({ type: 'file', path: each })) };
}

async function ofArtifacts({ artifacts }: Held, path: string): Promise<Answer> {
  const id = Number(/\/artifacts\/(\d+)\/zip$/.exec(path)?.[1]);
  if (Number.isNaN(id)) {
    const listed = artifacts.map(({ id: number, expired = false, size = 500, run = ofMain }) => ({
      ...{ id: number, name: 'gatehouse-ledger-memory', expired, size_in_bytes: size },
      workflow_run: run === null ? null : { id: number, ...ofMain, ...run },
    }));
    return { status: 200, body: { total_count: listed.length, artifacts: listed } };
  }
  const found = artifacts.find((each) => each.id === id);
  const files = found?.files ?? { [rememberedFileName]: found?.text ?? '' };
  const texts = Object.entries(files).map(([name, text]) => ({ kind: 'text', name, text }) as const);
  // As our own uploader packs it.
  const parts: Uint8Array[] = [];
  for await (const part of streamZip(texts)) parts.push(part);
  return { status: 200, body: Buffer.concat(parts) };
}
