import { createHash } from 'node:crypto';
import type { TreeFile } from '../../core/change/change.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { incomplete, readGitHub, readOptional } from './failure.ts';
import { readAllPages } from './paging.ts';
import { toPersonOrNull, type UnknownAccount } from './person.ts';
import type { CommitFacts } from './reader.ts';

/** Entries of a tree as GitHub lists them: files with their whole path, folders only where it goes into none. */
export interface TreeAnswer {
  readonly files: readonly TreeFile[];
  readonly folders: readonly { readonly path: string; readonly id: string }[];
  /** It is a part: over 100,000 entries or 7 MB. @see https://docs.github.com/en/rest/git/trees#get-a-tree */
  readonly isCut: boolean;
}

/** @param recursive false: one folder alone, which is not cut */
export async function readTreeAnswer(
  client: GitHubClient,
  name: RepositoryName,
  sha: string,
  recursive: boolean,
): Promise<TreeAnswer> {
  return readGitHub(`tree of ${sha}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      ...name,
      tree_sha: sha,
      ...(recursive ? { recursive: '1' } : {}),
    });
    const [files, folders]: [TreeFile[], { path: string; id: string }[]] = [[], []];
    for (const { path, mode, type, sha: id } of data.tree) {
      if (!path || !mode || !id) throw incomplete(`tree of ${sha}`, 'an entry without path, mode or id');
      if (type !== 'tree') files.push({ path, mode, blob: id });
      else if (!recursive) folders.push({ path, id });
    }
    return { files, folders, isCut: data.truncated };
  });
}

/** @throws ServiceError GITHUB_ANSWER_INCOMPLETE when the bytes are not those of the id */
export async function readBlob(
  client: GitHubClient,
  name: RepositoryName,
  blobSha: string,
): Promise<Uint8Array> {
  return readGitHub(`file content ${blobSha}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
      ...name,
      file_sha: blobSha,
    });
    const bytes = Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8');
    const id = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    if (id !== blobSha) throw incomplete(`file content ${blobSha}`, `the bytes have the id ${id}`);
    return new Uint8Array(bytes);
  });
}

export async function readCommit(
  client: GitHubClient,
  name: RepositoryName,
  sha: string,
): Promise<CommitFacts> {
  return readGitHub(`commit ${sha}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}', {
      ...name,
      ref: sha,
      per_page: 1, // of its files: they are not looked at
    });
    return toCommit(data);
  });
}

/** Newest first. */
export async function readCommits(
  client: GitHubClient,
  name: RepositoryName,
  ref: string,
  limit: number,
  path?: string,
): Promise<readonly CommitFacts[]> {
  return readGitHub(`commits of ${ref}`, async () => {
    const found: CommitFacts[] = [];
    for (let page = 1; found.length < limit; page += 1) {
      const { data } = await client.request('GET /repos/{owner}/{repo}/commits', {
        ...name,
        sha: ref,
        ...(path === undefined ? {} : { path }),
        per_page: 100,
        page,
      });
      found.push(...data.map(toCommit));
      if (data.length < 100) break;
    }
    return found.slice(0, limit);
  });
}

export async function readMergeBase(
  client: GitHubClient,
  name: RepositoryName,
  base: string,
  head: string,
): Promise<string> {
  return readGitHub(`merge base of ${base} and ${head}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      ...name,
      basehead: `${base}...${head}`,
      per_page: 1,
    });
    return data.merge_base_commit.sha;
  });
}

export async function readBranchHead(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
): Promise<string | null> {
  return readOptional(`head of branch ${branch}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
      ...name,
      ref: `heads/${branch}`,
    });
    return data.object.sha;
  });
}

export async function readPullCommits(
  client: GitHubClient,
  name: RepositoryName,
  number: number,
): Promise<readonly CommitFacts[]> {
  return readAllPages(`commits of pull request ${number}`, async (page, perPage) => {
    const { data, headers } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', {
      ...name,
      pull_number: number,
      per_page: perPage,
      page,
    });
    return { items: data.map(toCommit), link: headers.link };
  });
}

interface CommitAnswer {
  readonly sha: string;
  readonly parents: readonly { readonly sha: string }[];
  readonly author?: UnknownAccount;
  readonly committer?: UnknownAccount;
  readonly commit: {
    readonly tree: { readonly sha: string };
    readonly message: string;
    readonly author: { readonly email?: string } | null;
    readonly committer: { readonly date?: string } | null;
    readonly verification?: { readonly verified: boolean };
  };
}

function toCommit(data: CommitAnswer): CommitFacts {
  return {
    sha: data.sha,
    tree: data.commit.tree.sha,
    parents: data.parents.map((parent) => parent.sha),
    author: toPersonOrNull(data.author),
    committer: toPersonOrNull(data.committer),
    authorEmail: data.commit.author?.email ?? '',
    message: data.commit.message,
    committedAt: data.commit.committer?.date ?? '',
    verified: data.commit.verification?.verified === true,
  };
}
