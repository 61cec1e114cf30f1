import { InputError } from '../../core/error/error.ts';
import { type GitHubClient, parseRepositoryName, type RepositoryName } from '../github/client.ts';
import { incomplete, readOptional, writeGitHub } from '../github/failure.ts';
import { type AnchorFile, type AnchorPlace, newestAnchors } from './place.ts';

/**
 * Keeps anchors as files of a second repository, which the people of the first cannot write to: the only place from which
 * they cannot take one away.
 * @param client with a token for the witness; the job's own token reaches no other repository
 * @param title `owner/name`
 * @param repositoryId of the repository whose ledger it is: one witness serves many
 * @throws InputError WITNESS_INVALID
 */
export function openWitness(client: GitHubClient, title: string, repositoryId: number): AnchorPlace {
  const name = toName(title);
  const folder = `gatehouse-anchors/${repositoryId}`;
  return {
    name: `witness ${title}`,
    read: () => readWitness(client, name, folder),
    put: async (stamp, text) => {
      await writeGitHub(`write ${stamp} to the witness ${title}`, () =>
        client.request('PUT /repos/{owner}/{repo}/contents/{path}', {
          ...name,
          // Without the id of what it replaces: GitHub refuses where something lies already.
          path: `${folder}/${stamp}.json`,
          message: `Anchor of the ledger of repository ${repositoryId}: ${stamp}`,
          content: Buffer.from(text).toString('base64'),
          request: { retries: 0 },
        }),
      );
    },
  };
}

function toName(title: string): RepositoryName {
  if (/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(title)) return parseRepositoryName(title);
  throw new InputError('WITNESS_INVALID', `"${title.slice(0, 80)}" names no repository`, {
    hint: 'Write the witness as owner/name; leave it out for none.',
  });
}

async function readWitness(
  client: GitHubClient,
  name: RepositoryName,
  folder: string,
): Promise<readonly AnchorFile[]> {
  const listed = await readContent(client, name, folder);
  if (listed === null) return [];
  if (!Array.isArray(listed)) throw incomplete(`anchors of the witness`, `${folder} is no folder`);
  const paths = listed.flatMap(({ path, type }) => (type === 'file' && path.endsWith('.json') ? [path] : []));
  const files: AnchorFile[] = [];
  for (const path of paths.sort().reverse().slice(0, newestAnchors)) {
    const file = await readContent(client, name, path);
    if (file === null || Array.isArray(file) || !('content' in file) || file.encoding !== 'base64')
      throw incomplete(`anchor ${path} of the witness`, 'it has no content');
    const text = Buffer.from(file.content, 'base64').toString('utf8');
    files.push({ source: `${name.owner}/${name.repo}/${path}`, text });
  }
  return files;
}

/** null: there is none. */
const readContent = (client: GitHubClient, name: RepositoryName, path: string) =>
  readOptional(`${path} of the witness`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/contents/{path}', { ...name, path });
    return data;
  });
