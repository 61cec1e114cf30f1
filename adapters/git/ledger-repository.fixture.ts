import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Files = ReadonlyMap<string, string>;

/** A repository as `git clone --bare` leaves it, in which commits are made of whole trees, by whoever and onto whatever. */
export class LedgerRepository {
  readonly dir = mkdtempSync(join(tmpdir(), 'gatehouse-ledger-'));
  private made = 0;

  constructor() {
    this.git('init', '--quiet', '--bare', '--initial-branch=main');
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.dir, encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  /** Makes a commit without moving anything. @returns its id */
  commit(files: Files, parents: readonly string[] = [], author = 'gatehouse[bot]'): string {
    return this.history([files], parents, author)[0] ?? '';
  }

  /** One commit a tree, each onto the one before, in one process. @returns their ids */
  history(
    trees: readonly Files[],
    onto: readonly string[] = [],
    author = 'gatehouse[bot]',
  ): readonly string[] {
    const stream = trees.map((files, at) => {
      this.made += 1;
      const [from, ...merged] = at === 0 ? onto : [`:${at}`];
      return [
        `commit refs/made/${this.made}`,
        `mark :${at + 1}`,
        `committer ${author} <x@example.test> ${1_795_250_000 + this.made * 60} +0000`,
        'data 5\nwrite',
        ...(from === undefined ? [] : [`from ${from}`]),
        ...merged.map((parent) => `merge ${parent}`),
        'deleteall',
        ...[...files].flatMap(([path, text]) => [
          `M 100644 inline ${path}`,
          `data ${Buffer.byteLength(text)}\n${text}`,
        ]),
        '',
      ].join('\n');
    });
    const asked = trees.map((_, at) => `get-mark :${at + 1}`);
    const input = ['feature done', ...stream, ...asked, 'done', ''].join('\n');
    const out = execFileSync('git', ['fast-import', '--quiet', '--cat-blob-fd=1'], {
      ...{ cwd: this.dir, input, encoding: 'utf8', stdio: 'pipe' },
    });
    return out.trim().split('\n');
  }

  /** Where a fetch puts the ledger's branch; force is all it takes. */
  fetch(commit: string, branch = 'gatehouse-ledger'): void {
    this.git('update-ref', `refs/remotes/origin/${branch}`, commit);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
