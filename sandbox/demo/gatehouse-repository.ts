import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWorkflows } from '../../scripts/generate-workflows.ts';

const root = join(import.meta.dirname, '..', '..');
const parts = ['action.yml', 'actions', 'bot/action.yml', 'dist', 'reusable-workflows'];

/**
 * Releases this very tree as the repository that others call, by the same two commits as a real release: one with the
 * actions, one with the public workflows that name the first.
 * @param bare the empty repository to push to
 * @returns the second commit, which callers pin
 */
export function releaseGatehouse(bare: string, folder: string, repository: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      env: { ...identity, PATH: process.env.PATH ?? '' },
    }).trim();
  const commit = (message: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch=main');
  writeWorkflows(folder, { repository, sha: commit('Release: the actions') });
  const released = commit('Release: the workflows, pinned to the actions');
  git('push', '--quiet', bare, 'HEAD:refs/heads/main');
  return released;
}

const identity = {
  GIT_AUTHOR_NAME: 'ada',
  GIT_AUTHOR_EMAIL: 'ada@example.test',
  GIT_COMMITTER_NAME: 'ada',
  GIT_COMMITTER_EMAIL: 'ada@example.test',
  GIT_CONFIG_NOSYSTEM: '1',
  HOME: '/nonexistent',
};
