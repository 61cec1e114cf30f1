import { GatehouseError } from '../../core/error/error.ts';
import { maxRunRecordBytes, parseRunRecord } from '../../core/evidence/run-record.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { ListedRun } from '../../core/training/run-list.ts';
import { listArchive } from '../archive/directory.ts';
import { readWhole } from '../archive/entry.ts';
import { openRemoteArchive } from '../archive/remote-source.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readGitHub } from '../github/failure.ts';
import { toId } from '../github/id.ts';

const modelArtifact = 'gatehouse-model';
/** The plan of a search is no run. */
const trialArtifact = /^gatehouse-trial-(?!plan-).{1,100}$/;
const pageSize = 100;
/** Artifacts of thousands of runs: that there are more is told. */
const mostPages = 20;
const mostEntries = 20;
/** Beside the record lies the model: its size is no matter, it is not read. */
const mostFileBytes = 4 * 1024 ** 3;

export interface RunQuery {
  /** Most records that are read. */
  readonly limit: number;
  /** ISO instant: artifacts that were made before are left out; null: none is. */
  readonly since: string | null;
}

export interface FoundRuns {
  readonly runs: readonly ListedRun[];
  /** Sentences: what was not read, and why. */
  readonly notes: readonly string[];
}

/**
 * Reads run records of the artifacts that GitHub still has, those of runs that were never proposed or merged included.
 * To be shown: pull-request code wrote them, and nothing is decided on them.
 * @throws ServiceError GITHUB_READ_FAILED when the list cannot be read
 */
export async function readGitHubRuns(
  client: GitHubClient,
  name: RepositoryName,
  { limit, since }: RunQuery,
): Promise<FoundRuns> {
  const listed = await listArtifacts(client, name);
  const wanted = listed.artifacts
    .filter(({ createdAt }) => since === null || Date.parse(createdAt) >= Date.parse(since))
    .sort((a, b) => b.id - a.id);
  const runs: ListedRun[] = [];
  const notes: string[] = listed.complete ? [] : ['GitHub has more artifacts than are looked through'];
  if (wanted.length > limit) notes.push(`${wanted.length - limit} older runs are not read (--limit)`);
  for (const artifact of wanted.slice(0, limit)) {
    try {
      runs.push(await readArtifactRun(client, name, artifact));
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      notes.push(`artifact ${artifact.id} (${artifact.name}) is left out: ${error.message}`);
    }
  }
  return { runs, notes };
}

interface Listed {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly createdAt: string;
}

/** Models are asked for by name: progress and evidence of busy weeks would push them off the list. Trials have no one name. */
async function listArtifacts(client: GitHubClient, name: RepositoryName) {
  return readGitHub('artifacts of the repository', async () => {
    const models = await listPages(client, name, modelArtifact);
    const all = await listPages(client, name, null);
    const trials = all.artifacts.filter((each) => trialArtifact.test(each.name));
    return { artifacts: [...models.artifacts, ...trials], complete: models.complete && all.complete };
  });
}

async function listPages(client: GitHubClient, name: RepositoryName, artifactName: string | null) {
  const artifacts: Listed[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/artifacts', {
      ...name,
      ...(artifactName === null ? {} : { name: artifactName }),
      per_page: pageSize,
      page,
    });
    for (const each of data.artifacts) {
      if (each.expired || (artifactName !== null && each.name !== artifactName)) continue;
      artifacts.push({
        ...{ id: toId(each.id), name: each.name },
        ...{ sizeBytes: each.size_in_bytes, createdAt: each.created_at ?? '' },
      });
    }
    if (data.artifacts.length < pageSize) return { artifacts, complete: true };
  }
  return { artifacts, complete: false };
}

async function readArtifactRun(
  client: GitHubClient,
  name: RepositoryName,
  artifact: Listed,
): Promise<ListedRun> {
  const source = openRemoteArchive(client, name, artifact);
  const entries = await listArchive(source, { entries: mostEntries, entryBytes: mostFileBytes });
  const entry = entries.find((each) => each.name === 'run.json');
  const bytes =
    entry === undefined || entry.sizeBytes > maxRunRecordBytes
      ? new Uint8Array()
      : await readWhole(source, entry);
  return {
    digest: digestBytes(bytes),
    record: parseRunRecord(bytes, `run.json of artifact ${artifact.id}`),
    places: [artifact.name],
  };
}
