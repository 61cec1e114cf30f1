import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parsePolicy } from '../../core/config/policy-file.ts';
import type { RunRecord } from '../../core/evidence/evidence.ts';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import type { VersionRecord } from '../../core/registry/ledger.ts';
import { recordOf } from '../../core/registry/registry.fixture.ts';
import { writePointer } from '../dvc/pointer.ts';
import { openRemote } from '../dvc/remote.ts';
import { openStore } from '../store/store.ts';
import type { ReproduceInputs } from './reproduce.ts';

const model = 'models/flight-delay/model.yml';
const policy = '.github/gatehouse.yml';
export const rows = 'row,late\n1,0\n';
const features = 'row,x\n1,5\n2,6\n';
export const predictions = 'key,score\n1,0.5\n2,0.6\n';

/** The model file that the training of the example leaves. */
export const modelText = `${rows}{"lr":1}\n7 blue\n`;
export const trainCommand =
  'test -z "${GITHUB_TOKEN:-}" && mkdir -p out && cat "$GATEHOUSE_DATA"/data/*.csv params.json > out/model.json && echo "$GATEHOUSE_SEED $SHADE" >> out/model.json && echo \'{"auc": 0.66}\' > out/metrics.json';

/** A clone with origin, store and data remote, whose model is trained by a line of shell. */
export class ReproduceWorld {
  readonly root = mkdtempSync(join(tmpdir(), 'gatehouse-reproduce-test-'));
  readonly clone = join(this.root, 'clone');
  readonly store = join(this.root, 'store');
  readonly data = join(this.root, 'data');
  /** What the command needs, and neither docker nor podman nor Python, whose packages take seconds to list. */
  readonly bin = join(this.root, 'bin');

  /** @param train lines of `train` beside the command */
  async start(train: readonly string[] = [], command = trainCommand): Promise<this> {
    cpSync(join(import.meta.dirname, '../../fixtures/flights'), this.clone, { recursive: true });
    for (const folder of [this.store, this.data, this.bin]) mkdirSync(folder);
    for (const name of ['bash', 'cat', 'mkdir']) symlinkSync(findProgram(name), join(this.bin, name));
    this.edit(policy, '__STORE__', `file://${this.store}`);
    this.edit(policy, '__DATA__', `file://${this.data}`);
    this.write(model, modelFile(command, train));
    this.write('data/held-out-features.csv', features);
    this.write('params.json', '{"lr":1}\n');
    this.write('data.csv', rows);
    const pushed = await openRemote(`file://${this.data}`).push(join(this.clone, 'data.csv'));
    rmSync(join(this.clone, 'data.csv'));
    this.write('data/flights-2001-01.csv.dvc', writePointer({ out: 'flights-2001-01.csv', ...pushed }));
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('add', '--all', '--force');
    this.git('commit', '--quiet', '-m', 'first');
    return this;
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.test'];
    return execFileSync('git', [...identity, ...args], {
      cwd: this.clone,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.clone, path)), { recursive: true });
    writeFileSync(join(this.clone, path), text);
  }

  edit(path: string, from: string, to: string): void {
    const text = readFileSync(join(this.clone, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    this.write(path, text.replaceAll(from, to));
  }

  /** Registers the commit that is checked out. @param text of the model file then */
  async inputs(text = modelText, run: Partial<RunRecord> = {}): Promise<ReproduceInputs> {
    const store = await openStore(`file://${this.store}`);
    const commit = this.git('rev-parse', 'HEAD');
    const artifact = { digest: digestBytes(text), sizeBytes: text.length, name: 'model.json' };
    const whole = makeRunRecord({
      ...{ commit, artifact, command: trainCommand, environment: { SHADE: 'blue' }, seed: 7 },
      ...run,
    });
    const base = recordOf('flight-delay', text);
    const record: VersionRecord = {
      ...base,
      ...{ v: 1, version: 7, artifact },
      runRecordDigest: (await store.putBytes(canonicalJson(whole))).digest,
      lineage: { ...base.lineage, codeCommit: commit, pullRequest: 12 },
      predictions: {
        digest: (await store.putBytes(predictions)).digest,
        featuresDigest: digestBytes(features),
      },
      predictCommand: `printf '${predictions.replaceAll('\n', '\\n')}' > "$GATEHOUSE_OUTPUT" && test -s "$GATEHOUSE_MODEL"`,
    };
    return {
      ...{ repository: this.clone, record, tolerance: 0.001, predictions: false },
      policy: parsePolicy(readFileSync(join(this.clone, policy), 'utf8'), policy),
      env: { PATH: this.bin, GITHUB_TOKEN: 'plantedtoken', SHADE: 'red' },
    };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function findProgram(name: string): string {
  const found = (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`there is no ${name} on this machine`);
  return found;
}

/** Of its own: the example's changes for other reasons. */
function modelFile(command: string, train: readonly string[]): string {
  return `version: 1
task: binary-classification
description: How likely a flight arrives late.
limitations: Knows nothing of weather.
owners: { users: [omar] }
risk: limited
datasets: [flights]
paths: [models/flight-delay/**]
train:
  command: ${JSON.stringify(command)}
  artifact: out/model.json
  metrics: out/metrics.json
  environment: [SHADE]
  seed: 7
${train.map((line) => `  ${line}\n`).join('')}predict: { command: "true" }
held-out:
  features: data/held-out-features.csv
  key: row
  labels: { url: https://labels.example.test/late.csv, audience: labels, sha256: ${'a'.repeat(64)}, column: late }
gates: [{ metric: auc, min: 0.6 }]
endpoints: [eu]
feature-version: unknown
fallback: the share of late flights of the same hour last year
`;
}
