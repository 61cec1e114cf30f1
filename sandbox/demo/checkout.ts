import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInHelper } from '../hub/git/helper.ts';

export interface Identity {
  readonly login: string;
  readonly email: string;
  readonly token: string;
}

/** What a commit does to files: text or bytes to write, null to delete. */
export type Edit = Readonly<Record<string, string | Uint8Array | null>>;

/** A person's clone: edits files, commits under the person's name, pushes with the person's token. */
export class Checkout {
  readonly folder: string;
  readonly person: Identity;

  private constructor(folder: string, person: Identity) {
    this.folder = folder;
    this.person = person;
  }

  /** @param url `http://127.0.0.1:1234/acme/flights.git` */
  static async clone(url: string, folder: string, person: Identity): Promise<Checkout> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    const withToken = url.replace('://', `://${person.login}:${person.token}@`);
    await runGit(dirname(folder), ['clone', '--quiet', withToken, folder]);
    const checkout = new Checkout(folder, person);
    await checkout.git('config', 'user.name', person.login);
    await checkout.git('config', 'user.email', person.email);
    return checkout;
  }

  async git(...args: readonly string[]): Promise<string> {
    return runGit(this.folder, args);
  }

  /** A new branch from the remote's newest state of another. */
  async branch(name: string, from = 'main'): Promise<void> {
    await this.git('fetch', '--quiet', 'origin');
    await this.git('checkout', '--quiet', '-B', name, `origin/${from}`);
  }

  /** @returns the new commit's id */
  async commit(message: string, edit: Edit): Promise<string> {
    for (const [path, content] of Object.entries(edit)) {
      const file = join(this.folder, path);
      if (content === null) rmSync(file);
      else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', message);
    return (await this.git('rev-parse', 'HEAD')).trim();
  }

  async push(branch: string): Promise<void> {
    await this.git('push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`);
  }
}

async function runGit(folder: string, args: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  const { code, stdout, stderr } = await runInHelper({ args: ['-C', folder, ...args], env, input: '' });
  if (code !== 0)
    throw new Error(`git ${args[0]} in ${folder}: exit ${code}: ${stderr.toString('utf8').trim()}`);
  return stdout.toString('utf8');
}
