import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../actions-service/run.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import type { Repository } from '../hub/world.ts';
import { type Actions, type ActionsOptions, startActions } from './start.ts';

/** A hub with runners for tests: commits files, opens pull requests, waits for runs. */
export interface Bench {
  readonly hub: Hub;
  readonly actions: Actions;
  readonly root: string;
  /** A repository of the organisation `acme` with `ada` as its admin. */
  repository(name: string, files: Files, options?: { readonly private?: boolean }): Promise<Repository>;
  tokenOf(login: string): string;
  /** Commits files on a branch (made from the default branch when new) as a person. @returns the commit */
  commit(fullName: string, branch: string, files: Files, login?: string): Promise<string>;
  openPull(fullName: string, head: string, login?: string, title?: string): Promise<number>;
  /** Waits for quiet and answers the runs, oldest first. */
  settle(): Promise<readonly Run[]>;
  /** Log of a job of the newest run that has it. */
  log(job: string): string;
  request(method: string, path: string, token: string, body?: unknown): Promise<Reply>;
  close(): Promise<void>;
}

export type Files = Readonly<Record<string, string>>;

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

/** Starts a bench; people: ada (admin), ben (write), zoe (outside). */
export async function openBench(options: Partial<ActionsOptions> = {}): Promise<Bench> {
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  const hub = await startHub({ root: join(root, 'hub') });
  const actions = startActions({ hub, workRoot: join(root, 'actions'), ...options });
  hub.createOrganization('acme');
  const tokens = new Map(['ada', 'ben', 'zoe'].map((login) => [login, hub.createUser(login).token]));
  const tokenOf = (login: string) => tokens.get(login) ?? '';
  const request = (method: string, path: string, token: string, body?: unknown) =>
    call(hub, method, path, token, body);
  const commit = (fullName: string, branch: string, files: Files, login = 'ben') =>
    commitFiles(hub, tokenOf(login), fullName, branch, files);
  return {
    ...{ hub, actions, root, tokenOf, request, commit },
    async repository(name, files, settings) {
      const repository = await hub.createRepository(`acme/${name}`, settings);
      hub.addCollaborator(repository.fullName, 'ada', 'admin');
      hub.addCollaborator(repository.fullName, 'ben', 'write');
      await commit(repository.fullName, repository.defaultBranch, files, 'ada');
      return repository;
    },
    async openPull(fullName, head, login = 'ben', title = 'A change') {
      const body = { title, head, base: hub.repository(fullName).defaultBranch };
      return Number((await demand(hub, 'POST', `/repos/${fullName}/pulls`, tokenOf(login), body)).number);
    },
    async settle() {
      await actions.idle();
      return [...actions.runs.values()];
    },
    log(job) {
      const logs = [...actions.runs.keys()].map((id) => actions.logsOf(id).get(job));
      return logs.findLast((text) => text !== undefined) ?? '';
    },
    async close() {
      await actions.close();
      await hub.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function call(hub: Hub, method: string, path: string, token: string, body?: unknown): Promise<Reply> {
  const response = await fetch(`${hub.apiUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: token === '' ? {} : { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

async function demand(
  hub: Hub,
  method: string,
  path: string,
  token: string,
  body?: unknown,
): Promise<Reply['body']> {
  const reply = await call(hub, method, path, token, body);
  if (reply.status >= 300)
    throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

async function commitFiles(
  hub: Hub,
  token: string,
  fullName: string,
  branch: string,
  files: Files,
): Promise<string> {
  const repository = hub.repository(fullName);
  const git = hub.git(repository);
  const own = await git.resolve(`refs/heads/${branch}`);
  const parent = own ?? (await git.resolve(`refs/heads/${repository.defaultBranch}`));
  const base = parent === null ? undefined : (await git.commit(parent))?.tree;
  const api = `/repos/${fullName}/git`;
  const tree = Object.entries(files).map(([path, content]) => ({
    path,
    mode: '100644',
    type: 'blob',
    content,
  }));
  const made = await demand(hub, 'POST', `${api}/trees`, token, {
    tree,
    ...(base ? { base_tree: base } : {}),
  });
  const parents = parent === null ? [] : [parent];
  const commit = await demand(hub, 'POST', `${api}/commits`, token, {
    message: 'Change',
    tree: made.sha,
    parents,
  });
  const sha = String(commit.sha);
  if (own === null) await demand(hub, 'POST', `${api}/refs`, token, { ref: `refs/heads/${branch}`, sha });
  else await demand(hub, 'PATCH', `${api}/refs/heads/${branch}`, token, { sha });
  return sha;
}
