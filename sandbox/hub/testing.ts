import { execFile } from 'node:child_process';
import { sign } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { authorize } from './access.ts';
import { ZERO } from './git.ts';
import { type Hub, type HubOptions, startHub } from './hub.ts';
import { personOf } from './pull.ts';
import { checkRules, refChanged } from './ref-change.ts';
import { applyChanges } from './rest/tree.ts';

const run = promisify(execFile);

/** The tester's own git configuration must not matter. */
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

export interface Answered {
  readonly status: number;
  /** Parsed JSON, or null; tests look into it by name. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

export interface Bench {
  readonly hub: Hub;
  readonly folder: string;
  /** One REST call with a token ('' for none). */
  call(
    token: string,
    method: string,
    route: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answered>;
  graphql(token: string, query: string, variables?: unknown): Promise<Answered>;
  /** git in a work folder below the bench's own. */
  git(where: string, ...args: string[]): Promise<string>;
  /** A clone with somebody's token and name. */
  clone(fullName: string, login: string, token: string, name?: string): Promise<string>;
  /**
   * What a push does, without git's own processes: one commit on a branch, made there from main if it is new, refused
   * where a push would be.
   * @throws HubError 403, 404 or 422
   */
  push(
    fullName: string,
    login: string,
    branch: string,
    files: Readonly<Record<string, string>>,
    message?: string,
  ): Promise<string>;
  commit(where: string, files: Readonly<Record<string, string>>, message: string): Promise<string>;
  /** The JWT with which an app shows who it is. */
  appToken(appId: number, privateKey: string): string;
  close(): Promise<void>;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Claims signed with a key; `alg` is only what the header says. */
export function signToken(claims: object, key: string, alg = 'RS256'): string {
  const body = `${encode({ alg, typ: 'JWT' })}.${encode(claims)}`;
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), key).toString('base64url')}`;
}

async function pushFiles(
  hub: Hub,
  fullName: string,
  login: string,
  branch: string,
  files: Readonly<Record<string, string>>,
  message = `Change ${branch}`,
): Promise<string> {
  const repository = hub.repository(fullName);
  const caller = { kind: 'user', account: hub.account(login) } as const;
  authorize(caller, repository, { scope: 'contents', level: 'write' });
  await hub.lag.beforeWrite();
  const git = hub.git(repository);
  const ref = `refs/heads/${branch}`;
  const before = await git.resolve(ref);
  const parent = await git.commit(before ?? `refs/heads/${repository.defaultBranch}`);
  const changes = Object.entries(files).map(async ([name, text]) => {
    return { path: name, mode: '100644', sha: await git.writeBlob(Buffer.from(text)) };
  });
  const person = personOf(hub, caller.account);
  const after = await git.writeCommit({
    tree: await applyChanges(hub, repository, parent?.tree ?? null, await Promise.all(changes)),
    parents: parent ? [parent.sha] : [],
    author: person,
    committer: person,
    message,
  });
  const change = { ref, before: before ?? ZERO, after };
  await checkRules(hub, repository, change, caller);
  if (!(await git.updateRef(ref, after, before ?? ZERO))) throw new Error(`${ref} moved`);
  await refChanged(hub, repository, change, caller.account);
  return after;
}

/** A hub in a temporary folder with the small things that tests do to it. */
export async function startBench(options: Partial<HubOptions> = {}): Promise<Bench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hub-'));
  const hub = await startHub({ root: path.join(folder, 'hub'), ...options });
  const git = async (where: string, ...args: string[]): Promise<string> => {
    const { stdout } = await run('git', args, { cwd: where, env });
    return stdout.trim();
  };
  const send = async (
    url: string,
    token: string,
    method: string,
    body?: unknown,
    headers = {},
  ): Promise<Answered> => {
    const answer = await fetch(url, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, body: json ? JSON.parse(text) : { text }, headers: answer.headers };
  };
  return {
    hub,
    folder,
    git,
    call: (token, method, route, body, headers) =>
      send(`${hub.apiUrl}${route}`, token, method, body, headers),
    graphql: (token, query, variables = {}) => send(hub.graphqlUrl, token, 'POST', { query, variables }),
    async clone(fullName, login, token, name = `${login}-${Math.random().toString(36).slice(2)}`) {
      const where = path.join(folder, name);
      const url = `${hub.url}/${fullName}.git`.replace('http://', `http://${login}:${token}@`);
      await git(folder, 'clone', '-q', url, where);
      await git(where, 'config', 'user.name', login);
      await git(where, 'config', 'user.email', hub.account(login).email);
      return where;
    },
    push: (...pushed) => pushFiles(hub, ...pushed),
    async commit(where, files, message) {
      for (const [name, text] of Object.entries(files)) {
        const file = path.join(where, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      }
      await git(where, 'add', '-A');
      await git(where, 'commit', '-q', '-m', message);
      return git(where, 'rev-parse', 'HEAD');
    },
    appToken(appId, privateKey) {
      const now = Math.floor(Date.now() / 1000);
      return signToken({ iat: now - 30, exp: now + 300, iss: String(appId) }, privateKey);
    },
    async close() {
      await hub.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
