import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/** path -> text */
export type Files = Readonly<Record<string, string>>;

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string } | null;
  readonly body: string;
}

/** What a small GitHub holds; tests change it while it runs. */
export interface Held {
  /** branch -> files at its head */
  branches: Record<string, Files>;
  comments: Comment[];
  /** external ids of the app's check runs on every commit */
  anchors: readonly string[];
  /** Status of every write; 200 is a success. */
  writeStatus: number;
}

export interface SmallGitHub {
  readonly held: Held;
  /** `METHOD /path?query`, with the body of writes. */
  readonly asked: { readonly line: string; readonly body: string }[];
  readonly folder: string;
  close(): Promise<void>;
}

export const appId = 5;
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const blobOf = (text: string): string => sha1(`blob ${Buffer.byteLength(text)}\0${text}`);
export const commitOf = (files: Files): string => sha1(JSON.stringify(files));

/** A job's environment before a GitHub on this machine: real HTTP, as an action reads it. */
export async function startSmallGitHub(event = 'pull_request', fork = false): Promise<SmallGitHub> {
  const held: Held = { branches: {}, comments: [], anchors: [], writeStatus: 200 };
  const asked: { line: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = request.method ?? '';
    asked.push({ line: `${method} ${request.url}`, body: Buffer.concat(chunks).toString() });
    const url = new URL(request.url ?? '', 'http://x');
    const body = method === 'GET' ? answerOf(held, url) : { html_url: `https://github.test${url.pathname}` };
    const status = body === undefined ? 404 : method === 'GET' ? 200 : held.writeStatus;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-job-'));
  setJob(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, folder, event, fork);
  const close = async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  };
  return { held, asked, folder, close };
}

function setJob(api: string, folder: string, event: string, fork: boolean): void {
  const head = { sha: 'a'.repeat(40), repo: { id: fork ? 8 : 7 } };
  const pull = { number: 3, head, base: { repo: { id: 7 } } };
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ pull_request: pull }));
  const env = {
    GITHUB_REPOSITORY: 'acme/flights',
    GITHUB_REPOSITORY_ID: '7',
    GITHUB_RUN_ID: '11',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_SERVER_URL: api,
    GITHUB_API_URL: api,
    GITHUB_ACTOR: 'ben',
    RUNNER_TEMP: folder,
    INPUT_TOKEN: 't0ken',
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
}

function answerOf(held: Held, url: URL): unknown {
  const path = decodeURIComponent(url.pathname).replace('/repos/acme/flights', '');
  const all = Object.values(held.branches);
  const [, , kind = '', id = ''] = path.split('/');
  const branch = /^\/git\/ref\/heads\/(.+)$/.exec(path)?.[1];
  if (path === '') return { id: 7, full_name: 'acme/flights', default_branch: 'main', html_url: 'https://x' };
  if (branch !== undefined) return refOf(held, branch);
  if (path.startsWith('/git/trees/')) return treeOf(all.find((files) => commitOf(files) === id));
  if (path.startsWith('/git/blobs/')) {
    const text = all.flatMap((files) => Object.values(files)).find((each) => blobOf(each) === id);
    return text === undefined
      ? undefined
      : { encoding: 'base64', content: Buffer.from(text).toString('base64') };
  }
  if (path.startsWith('/compare/')) return { merge_base_commit: { sha: path.slice(9).split('...')[0] } };
  if (path === '/commits') return [commitAnswer('c'.repeat(40))];
  if (kind !== '' && path.endsWith('/check-runs')) return checkRuns(held);
  if (path.endsWith('/comments')) {
    const page = Number(url.searchParams.get('page'));
    return held.comments.slice((page - 1) * 100, page * 100);
  }
  return undefined;
}

function refOf({ branches }: Held, branch: string): unknown {
  const files = Object.hasOwn(branches, branch) ? branches[branch] : undefined;
  return files === undefined ? undefined : { object: { sha: commitOf(files) } };
}

function treeOf(files: Files | undefined): unknown {
  if (files === undefined) return undefined;
  const tree = Object.entries(files).map(([path, text]) => ({
    path,
    mode: '100644',
    type: 'blob',
    sha: blobOf(text),
  }));
  return { truncated: false, tree };
}

const commitAnswer = (sha: string) => ({
  sha,
  parents: [],
  author: null,
  committer: null,
  commit: { tree: { sha }, message: 'm', author: null, committer: { date: '2026-11-21T00:00:00Z' } },
});

function checkRuns({ anchors }: Held): unknown {
  const runs = anchors.map((external_id, at) => ({
    id: at + 1,
    name: 'gatehouse',
    app: { id: appId },
    head_sha: 'c'.repeat(40),
    status: 'completed',
    conclusion: 'neutral',
    external_id,
    started_at: '2026-11-21T00:00:00Z',
    completed_at: '2026-11-21T00:00:00Z',
    output: { title: '', summary: '', text: '' },
    html_url: 'https://x',
    details_url: null,
  }));
  return { total_count: runs.length, check_runs: runs };
}
