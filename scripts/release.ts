import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRelease, writeWorkflows } from './generate-workflows.ts';

/**
 * The second commit of a release: names the current commit, which holds the actions, in every public workflow.
 * Usage: node scripts/release.ts [owner/name]. Commit the result and tag that second commit.
 */
const root = join(import.meta.dirname, '..');
const sha = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const dirty = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).trim();
if (dirty !== '') {
  console.error(`The tree has changes that no commit holds:\n${dirty}\nCommit them first, then release.`);
  process.exit(2);
}
if (process.argv[2] !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(process.argv[2])) {
  console.error(`"${process.argv[2]}" is no repository. Usage: npx node scripts/release.ts owner/name`);
  process.exit(2);
}
const release = { repository: process.argv[2] ?? readRelease(root).repository, sha };
writeFileSync(join(root, 'release.json'), `${JSON.stringify(release, null, 2)}\n`);
const written = writeWorkflows(root, release);
console.log(
  `Pinned ${written.length} workflows to ${release.repository}@${sha}. Commit: ${['release.json', ...written].join(' ')}`,
);
