import type { Commit, FileChange, Person } from '../git.ts';
import type { Hub } from '../interface.ts';
import { nodeId } from '../webhook.ts';
import type { Account, Repository } from '../world.ts';
import { renderUser } from './account.ts';
import { repositoryUrl, webUrl } from './repository.ts';

/** GitHub knows people by the addresses of their accounts, and by nothing else in a commit. */
export function accountOf(hub: Hub, person: Person): Account | null {
  const email = person.email.toLowerCase();
  const id = /^(\d+)\+[^@]+@users\.noreply\.github\.com$/.exec(email)?.[1];
  if (id !== undefined) return hub.world.accounts.get(Number(id)) ?? null;
  return [...hub.world.accounts.values()].find((account) => account.email.toLowerCase() === email) ?? null;
}

export function renderVerification(hub: Hub, sha: string) {
  const proof = hub.world.verifiedCommits.get(sha);
  return {
    verified: proof !== undefined,
    reason: proof ? 'valid' : 'unsigned',
    signature: proof?.signature ?? null,
    payload: proof?.payload ?? null,
    verified_at: proof ? hub.clock.now() : null,
  };
}

/** `git-commit`: the Git Data API's view. */
export function renderGitCommit(hub: Hub, repository: Repository, commit: Commit) {
  const url = repositoryUrl(hub, repository);
  const web = webUrl(hub, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${web}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${web}/commit/${sha}`,
    })),
    verification: renderVerification(hub, commit.sha),
  };
}

/** `commit`: what lists of commits tell. */
export function renderCommit(hub: Hub, repository: Repository, commit: Commit) {
  const url = repositoryUrl(hub, repository);
  const web = webUrl(hub, repository);
  const author = accountOf(hub, commit.author);
  const committer = accountOf(hub, commit.committer);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: renderVerification(hub, commit.sha),
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${web}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: author ? renderUser(hub, author) : null,
    committer: committer ? renderUser(hub, committer) : null,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${web}/commit/${sha}`,
    })),
  };
}

/** `diff-entry` of every file that differs. */
export async function renderFiles(hub: Hub, repository: Repository, from: string, to: string) {
  const git = hub.git(repository);
  const files = await git.diff(from, to);
  const patches = files.length > 0 ? await git.patches(from, to) : [];
  const whole = patches.length === files.length;
  return files.map((file, index) =>
    renderFile(hub, repository, file, whole ? (patches[index] ?? null) : null, to),
  );
}

/** `diff-entry`: one changed file. */
function renderFile(hub: Hub, repository: Repository, file: FileChange, patch: string | null, ref: string) {
  const path = encodeURIComponent(file.path).replaceAll('%2F', '/');
  const web = webUrl(hub, repository);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${web}/blob/${ref}/${path}`,
    raw_url: `${web}/raw/${ref}/${path}`,
    contents_url: `${repositoryUrl(hub, repository)}/contents/${path}?ref=${ref}`,
    ...(patch === null ? {} : { patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}
