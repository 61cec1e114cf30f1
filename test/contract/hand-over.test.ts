import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run as predict } from '../../actions/predict-model/run.ts';
import { run as store } from '../../actions/store-model/run.ts';
import { copyFeatures } from '../../adapters/dvc/features.ts';
import type { PullFacts } from '../../adapters/github/reader.ts';
import { type PlaceServer, servePlace } from '../../adapters/store/server.fixture.ts';
import { openStore } from '../../adapters/store/store.ts';
import { networkOf } from '../../core/config/network.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import {
  baseFiles,
  featuresPath,
  model,
  modelText,
  policyText,
  proposed,
  runId,
  runRecord,
  stateWith,
} from '../memory/flights.ts';
import { type Files, headSha, memoryProposal } from '../memory/proposal.ts';

const root = join(import.meta.dirname, '..', '..');
const key = { id: 'AKIDTEST', secret: 'planted-secret', region: 'eu-central-1' };
const rows = 'row,hour\n1,8\n2,9\n';
const md5 = createHash('md5').update(rows).digest('hex');
const newModel = 'key,score\n1,0.5\n';
const oldModel = 'key,score\n1,0.4\n';
const copies = 'cp "$GATEHOUSE_MODEL" "$GATEHOUSE_OUTPUT"; cat "$GATEHOUSE_INPUT"';

let bucket: PlaceServer;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'handed-over-'));
  bucket = await servePlace(key);
  bucket.kept.set(`/dvc/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`, Buffer.from(rows));
});
afterEach(() => {
  bucket.close();
  rmSync(folder, { recursive: true });
});

/** One model and its held-out rows behind a pointer; store and data remote are buckets that ask for a key. */
function worldOf(state: ModelState | null) {
  const labelsSha256 = 'f'.repeat(64);
  const { [featuresPath]: _, ...files } = baseFiles({ labelsSha256 });
  const governed: Files = {
    ...files,
    '.github/gatehouse.yml': policyText(`s3+${bucket.origin}/store`).replace(
      'file:///srv/dvc',
      `s3+${bucket.origin}/dvc`,
    ),
    'models/flight-delay/model.yml': modelText({ labelsSha256, predict: copies }).replace(
      featuresPath,
      `${featuresPath}.dvc`,
    ),
    [`${featuresPath}.dvc`]: `outs:\n- md5: ${md5}\n  size: ${rows.length}\n  hash: md5\n  path: held-out.csv\n`,
  };
  const proposal = memoryProposal(governed, proposed(governed), state);
  const github = {
    pull: async () => ({ base: { sha: 'b'.repeat(40), ref: 'main' } }) as PullFacts,
    file: proposal.file,
  };
  const pull = { number: 3, headSha, fork: false };
  return { proposal, github, pull };
}

/** The storing job, whose step has the keys. */
async function storeIn({ proposal, github, pull }: ReturnType<typeof worldOf>) {
  vi.stubEnv('AWS_REGION', key.region);
  for (const use of ['STORE', 'DATA']) {
    vi.stubEnv(`GATEHOUSE_${use}_ACCESS_KEY_ID`, key.id);
    vi.stubEnv(`GATEHOUSE_${use}_SECRET_ACCESS_KEY`, key.secret);
  }
  const place = await openStore(proposal.policy.store, networkOf(proposal.policy));
  await place.putBytes(oldModel);
  const zip = zipSync({
    'run.json': strToU8(JSON.stringify(runRecord(newModel))),
    'model.json': strToU8(newModel),
  });
  const facts = { id: 500, name: 'x', sizeBytes: 1, expired: false, digest: null, createdAt: '', runId };
  const own = join(folder, 'store');
  mkdirSync(own);
  const outputs = await store(
    { model, artifactId: 500, pull, runId },
    {
      github: { ...github, artifact: async () => facts },
      proposal: async () => proposal,
      download: async (_, file) => {
        writeFileSync(file, zip);
        return { digest: digestBytes(zip), sizeBytes: zip.length };
      },
      store: {
        putFile: async (file) => (await place.putFile(file)).digest,
        putBytes: async (bytes) => (await place.putBytes(bytes)).digest,
      },
      copyFromStore: async (digest, file) =>
        writeFileSync(file, readFileSync(await place.get(digest, mkdtempSync(join(folder, 'get-'))))),
      copyFeatures,
      folder: own,
    },
  );
  vi.unstubAllEnvs();
  return outputs;
}

/** A predicting job: no key, and no way to a place among what it is given. */
async function predictIn(
  { proposal, github, pull }: ReturnType<typeof worldOf>,
  scoringFolder: string,
  who: {
    readonly artifactDigest: ReturnType<typeof digestBytes> | null;
    readonly championVersion: number | null;
  },
) {
  const lines: string[] = [];
  const own = mkdtempSync(join(folder, 'predict-'));
  const outputs = await predict(
    { model, pull, scoringFolder, workspace: own, ...who },
    {
      github,
      proposal: async () => proposal,
      environment: { PATH: process.env.PATH ?? '', HOME: own },
      folder: own,
      print: (line) => lines.push(line),
    },
  );
  return { predictions: readFileSync(outputs.file, 'utf8'), lines };
}

describe('a store and a data remote that ask for keys', () => {
  const champion = () =>
    stateWith({
      version: 1,
      modelBytes: oldModel,
      predictions: digestBytes('p'),
      features: digestBytes('rows of last year'),
      stage: 'production',
      endpoints: ['eu'],
    });

  it('are read by the storing job alone; both models are scored without a request to them', async () => {
    const world = worldOf(champion());
    const outputs = await storeIn(world);
    const asked = bucket.asked.length;
    const { artifactDigest } = outputs;
    const first = await predictIn(world, outputs.challengerFolder ?? '', {
      artifactDigest,
      championVersion: null,
    });
    expect(first.predictions).toBe(newModel);
    expect(first.lines.join('\n')).toContain(rows.trim());
    // Its recorded command is not in this empty workspace: that it was tried says that the bytes were taken.
    const second = predictIn(world, outputs.champion?.folder ?? '', {
      artifactDigest: null,
      championVersion: 1,
    });
    await expect(second).rejects.toMatchObject({ code: 'PREDICT_COMMAND_FAILED' });
    expect(bucket.asked.length).toBe(asked);
    // The keys are what made it work.
    bucket.asked.length = 0;
    const keyless = copyFeatures(
      {
        path: `${featuresPath}.dvc`,
        content: (await world.github.file(`${featuresPath}.dvc`, 'b'.repeat(40))) ?? new Uint8Array(),
      },
      world.proposal.policy.data,
      join(folder, 'x'),
      networkOf(world.proposal.policy),
    );
    await expect(keyless).rejects.toThrow(/403/);
  });

  it.each([
    ['model.bin', 'challengerFolder'],
    ['features.csv', 'challengerFolder'],
    ['model.bin', 'champion'],
    ['features.csv', 'champion'],
  ] as const)(
    '%s of %s: one byte changed on its way stops the job before the command runs',
    async (name, whose) => {
      const world = worldOf(champion());
      const outputs = await storeIn(world);
      const handed = (whose === 'champion' ? outputs.champion?.folder : outputs.challengerFolder) ?? '';
      // Unpacked from an artifact they are files of their own.
      const bytes = readFileSync(join(handed, name));
      bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1;
      rmSync(join(handed, name));
      writeFileSync(join(handed, name), bytes);
      const who =
        whose === 'champion'
          ? { artifactDigest: null, championVersion: 1 }
          : { artifactDigest: outputs.artifactDigest, championVersion: null };
      await expect(predictIn(world, handed, who)).rejects.toMatchObject({ code: 'PREDICT_HANDED_OTHER' });
    },
  );
});

describe('the program of the predicting jobs', () => {
  /** Files that a source reaches by imports that carry values. */
  function reach(file: string, seen: Set<string> = new Set()): ReadonlySet<string> {
    if (seen.has(file)) return seen;
    seen.add(file);
    const text = readFileSync(join(root, file), 'utf8').replace(/^import type [\s\S]*?;$/gm, '');
    for (const [, target = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      reach(normalize(join(dirname(file), target)), seen);
    }
    return seen;
  }
  const places = [
    'adapters/store/store.ts',
    'adapters/store/open-place.ts',
    'adapters/store/credentials.ts',
    'adapters/dvc/remote.ts',
    ...globSync('adapters/store/places/*.ts', { cwd: root }),
  ];

  it('holds nothing that opens a store or a data remote', () => {
    const reached = reach('actions/predict-model/index.ts');
    expect(reached.size).toBeGreaterThan(30);
    expect(places.filter((file) => reached.has(file))).toEqual([]);
    // The walk would see them: the storing job has them all but the helpers of tests.
    expect(places.filter((file) => reach('actions/store-model/index.ts').has(file))).toContain(
      'adapters/store/places/bucket.ts',
    );
  });
});
