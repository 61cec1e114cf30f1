import type { IncomingMessage, ServerResponse } from 'node:http';
import { authorize } from './access.ts';
import { runInHelper } from './git/helper.ts';
import { gitEnvironment } from './git/run.ts';
import { ZERO } from './git.ts';
import { HubError } from './hub-error.ts';
import type { Hub } from './interface.ts';
import { isRestricted, needsPull, type RefChange, refChanged } from './ref-change.ts';
import type { Caller, Repository } from './world.ts';

const PATH = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

export interface GitRequest {
  readonly owner: string;
  readonly name: string;
  readonly service: string;
  readonly push: boolean;
}

export function parseGitPath(path: string, query: URLSearchParams): GitRequest | null {
  const match = PATH.exec(path);
  if (!match) return null;
  const [, owner = '', name = '', service = ''] = match;
  const push = service === 'git-receive-pack' || query.get('service') === 'git-receive-pack';
  return { owner, name, service, push };
}

/** The `old new ref` lines that open a push, before the pack. */
export function parseCommands(body: Buffer): RefChange[] {
  const commands: RefChange[] = [];
  for (let at = 0; at + 4 <= body.length; ) {
    const length = Number.parseInt(body.toString('latin1', at, at + 4), 16);
    if (!(length > 4)) break;
    const line = body.toString('utf8', at + 4, at + length);
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) ([^\0\n]+)/.exec(line);
    if (match)
      commands.push({ before: match[1] as string, after: match[2] as string, ref: match[3] as string });
    at += length;
  }
  return commands;
}

/** What the update hook needs to know about this pusher: lists of refs between bars. */
function ruleEnvironment(repository: Repository, caller: Caller): Record<string, string> {
  const refs = (filter: (branch: string) => boolean) =>
    `|${[...repository.protections.keys()]
      .filter(filter)
      .map((branch) => `refs/heads/${branch}`)
      .join('|')}|`;
  const rule = (branch: string) => repository.protections.get(branch);
  const app = caller.kind === 'installation' || caller.kind === 'job';
  return {
    HUB_RESTRICTED: refs((branch) => isRestricted(rule(branch), caller)),
    HUB_PULL_ONLY: refs((branch) => needsPull(rule(branch), caller)),
    HUB_NO_FORCE: refs((branch) => rule(branch)?.forbidForcePush ?? false),
    HUB_NO_WORKFLOWS: app && caller.permissions.workflows !== 'write' ? '1' : '',
  };
}

/** Splits what a CGI program says into status, headers and body. */
function parseCgi(output: Buffer): { status: number; headers: Record<string, string>; body: Buffer } {
  const end = output.indexOf('\r\n\r\n');
  const headers: Record<string, string> = {};
  let status = 200;
  for (const line of output.toString('latin1', 0, Math.max(end, 0)).split('\r\n')) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    if (name === 'status') status = Number.parseInt(value, 10);
    else if (name !== '') headers[name] = value;
  }
  return { status, headers, body: output.subarray(end < 0 ? 0 : end + 4) };
}

async function runBackend(env: Record<string, string>, input: Buffer): Promise<Buffer> {
  const { stdout } = await runInHelper({
    args: ['http-backend'],
    env: { ...process.env, ...gitEnvironment, ...env },
    input,
  });
  return stdout;
}

function authorizeGit(caller: Caller, repository: Repository, push: boolean): void {
  try {
    authorize(caller, repository, { scope: 'contents', level: push ? 'write' : 'read' });
  } catch (error) {
    // git asks for credentials only when it is told 401.
    if (caller.kind === 'anonymous') throw new HubError(401, 'Authentication required');
    if (error instanceof HubError && error.status === 403) {
      const login = caller.kind === 'app' ? caller.app.bot.login : caller.account.login;
      throw new HubError(403, `Permission to ${repository.fullName}.git denied to ${login}.`);
    }
    throw error;
  }
}

const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '');

/** Smart HTTP through git's own backend; a push is told to the world before git gets its answer. */
export async function serveGit(
  hub: Hub,
  target: GitRequest,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const repository = hub.repository(`${target.owner}/${target.name}`);
  authorizeGit(caller, repository, target.push);
  const git = hub.git(repository);
  const receiving = target.service === 'git-receive-pack';
  const commands = receiving ? parseCommands(body) : [];
  const before = await Promise.all(commands.map(({ ref }) => git.resolve(ref)));
  const output = await runBackend(
    {
      GIT_PROJECT_ROOT: hub.root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${repository.fullName}.git/${target.service}`,
      REQUEST_METHOD: request.method ?? 'GET',
      QUERY_STRING: (request.url ?? '').split('?')[1] ?? '',
      CONTENT_TYPE: header(request, 'content-type'),
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: header(request, 'content-encoding'),
      GIT_PROTOCOL: header(request, 'git-protocol'),
      REMOTE_ADDR: '127.0.0.1',
      ...(caller.kind === 'anonymous' ? {} : { REMOTE_USER: 'hub' }),
      ...(receiving ? ruleEnvironment(repository, caller) : {}),
    },
    body,
  );
  if (caller.kind === 'user' || caller.kind === 'installation' || caller.kind === 'job') {
    for (const [index, { ref }] of commands.entries()) {
      const change = { ref, before: before[index] ?? ZERO, after: (await git.resolve(ref)) ?? ZERO };
      if (change.before !== change.after) await refChanged(hub, repository, change, caller.account);
    }
  }
  const answer = parseCgi(output);
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}
