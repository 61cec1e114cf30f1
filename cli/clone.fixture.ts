import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { type Story, tellStory } from '../core/audit/ledger.fixture.ts';
import { ledgerRenderersFor } from '../core/report/ledger-renderers.ts';
import { checkCommand } from './commands/check.ts';
import { runProgram } from './program.ts';

export const policy = '.github/gatehouse.yml';
export const model = 'models/flight-delay/model.yml';
export const stages = 'models/flight-delay/stages.yml';

/** Made once for a process: every start of git copies the page tables of the tests. */
let template: string | undefined;

function makeTemplate(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-template-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  cpSync(join(import.meta.dirname, '../fixtures/flights'), dir, { recursive: true });
  const clone = new Clone(dir);
  clone.edit(policy, '__STORE__', 'file:///srv/store');
  clone.edit(policy, '__DATA__', 'file:///srv/data');
  clone.edit(model, '__LABELS__', 'https://labels.example.test/late.csv');
  clone.edit(model, '__LABELS_SHA256__', 'a'.repeat(64));
  clone.git('init', '--quiet', '--initial-branch=main');
  clone.commit();
  clone.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  clone.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  clone.git('checkout', '--quiet', '-b', 'topic');
  return dir;
}

/** The example repository as a clone: `origin/main` was fetched, the branch `topic` is checked out. */
export class Clone {
  readonly dir: string;

  constructor(dir?: string) {
    this.dir = dir ?? mkdtempSync(join(tmpdir(), 'gatehouse-check-'));
    if (dir !== undefined) return;
    template ??= makeTemplate();
    cpSync(template, this.dir, { recursive: true, preserveTimestamps: true });
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.test'];
    return execFileSync('git', [...identity, ...args], { cwd: this.dir, encoding: 'utf8', stdio: 'pipe' });
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), text);
  }

  edit(path: string, from: string, to: string): void {
    const text = readFileSync(join(this.dir, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    this.write(path, text.replace(from, to));
  }

  commit(): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '-m', 'write');
  }

  /** Puts a ledger where a fetch would. @returns what an anchor of it says */
  fetchLedger(more: (story: Story) => void = () => undefined): string {
    const story = tellStory('own', ledgerRenderersFor('own'));
    more(story);
    this.git('checkout', '--quiet', '--orphan', 'ledger-draft');
    this.git('rm', '-rfq', '.');
    for (const [path, text] of story.files) this.write(path, text);
    this.commit();
    this.git('update-ref', 'refs/remotes/origin/gatehouse-ledger', 'HEAD');
    this.git('checkout', '--quiet', 'topic');
    return `${story.anchor.size}:${story.anchor.root}`;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Runs `gatehouse check` in a folder. */
export async function check(cwd: string, ...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    cwd,
    env: {},
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const code = await runProgram(['check', ...args], world, [checkCommand]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
