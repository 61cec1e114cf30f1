import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { fetchAnchors } from '../../cli/anchors.ts';
import { verifyCommand } from '../../cli/commands/verify.ts';
import { runProgram } from '../../cli/program.ts';
import { flights, type World } from './world.ts';

export interface CommandResult {
  readonly code: number;
  readonly text: string;
}

/** Never synchronously: the server that git asks lives in this process. */
const execute = promisify(execFile);

/** A clone of acme/flights with the ledger branch fetched, as a person keeps one. @returns its folder */
export async function refreshClone(world: World): Promise<string> {
  const folder = world.cloneFolder;
  const git = (...args: readonly string[]) => execute('git', args);
  if (!existsSync(folder)) await git('clone', '--quiet', `${world.hub.url}/${flights}.git`, folder);
  await git('-C', folder, 'fetch', '--quiet', '--force', 'origin', '+refs/heads/*:refs/remotes/origin/*');
  // Not a merge: the story also shows somebody who rewrites the branch.
  await git('-C', folder, 'reset', '--quiet', '--hard', 'origin/main');
  return folder;
}

/** `gatehouse verify` in the clone, with the anchors that the app left at GitHub. */
export async function verifyClone(world: World): Promise<CommandResult> {
  const lines: string[] = [];
  const context = {
    cwd: await refreshClone(world),
    env: { GITHUB_TOKEN: world.people.ada.token },
    print: (text: string) => lines.push(text),
    complain: (text: string) => lines.push(text),
  };
  const args = ['verify', '--github', `${world.hub.url}/${flights}`, '--app', String(world.bot.appId)];
  const code = await runProgram(args, context, [verifyCommand(fetchAnchors)]);
  return { code, text: lines.join('\n') };
}
