import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which repository and commit the public workflows take our actions from. Written by the release script. */
export interface Release {
  /** `owner/name` */
  readonly repository: string;
  /** 40 hex characters. A file cannot contain the id of its own commit, so a release is two commits. */
  readonly sha: string;
}

const placeholder = /gatehouse\/gatehouse\/(\S+?)@0{40}/g;

/** The text of a public workflow with its pins written: `reusable-workflows/` is the source, `.github/workflows/` the copy. */
export function pinWorkflow(source: string, name: string, release: Release): string {
  if (!/^[\w.-]+\/[\w.-]+$/.test(release.repository) || !/^[0-9a-f]{40}$/.test(release.sha)) {
    throw new Error(`A release names a repository and a full commit id, not ${JSON.stringify(release)}.`);
  }
  const pinned = source.replace(placeholder, `${release.repository}/$1@${release.sha}`);
  return `# Generated from reusable-workflows/${name}; edit that file and run: npm run generate\n${pinned}`;
}

/** Writes every copy under `root`. @returns the paths written, from root */
export function writeWorkflows(root: string, release: Release): readonly string[] {
  const folder = join(root, 'reusable-workflows');
  mkdirSync(join(root, '.github', 'workflows'), { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => {
      const path = join('.github', 'workflows', name);
      writeFileSync(join(root, path), pinWorkflow(readFileSync(join(folder, name), 'utf8'), name, release));
      return path;
    });
}

export function readRelease(root: string): Release {
  return JSON.parse(readFileSync(join(root, 'release.json'), 'utf8')) as Release;
}
