import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PullRequestEvent } from '../../adapters/actions/event.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { LoadTest, ServedSide } from '../../adapters/load/measure-rounds.ts';
import { takeServedModel } from '../../adapters/load/served-model.ts';
import type { Proposal, ProposalCommits } from '../../adapters/proposal/read-proposal.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { canonicalJson, digestBytes, digestOf } from '../../core/json/canonical.ts';
import { latencyFindings } from '../../core/load/latency-metrics.ts';
import {
  type LatencyRecord,
  type LoadMachine,
  parseLatencyRecord,
  type RoundFact,
  type ServedModel,
} from '../../core/load/latency-record.ts';
import { type ChosenLoad, chooseLoad } from './load.ts';
import { describeSide, type SideInputs, type SidePlan } from './side.ts';
import { readTraffic, type Traffic } from './traffic.ts';

export interface MeasureInputs {
  readonly model: string;
  readonly challenger: SideInputs;
  /** null: the challenger is measured alone. */
  readonly champion: SideInputs | null;
  readonly pull: PullRequestEvent;
  readonly runId: number;
  readonly runAttempt: number;
}

export interface MeasureDeps {
  readonly github: Pick<GitHubReader, 'pull' | 'file'>;
  proposal(commits: ProposalCommits): Promise<Pick<Proposal, 'commits' | 'catalogue' | 'state'>>;
  /** Commit that is checked out there; null: none. */
  headOf(workspace: string): Promise<string | null>;
  readonly machine: () => Promise<LoadMachine>;
  readonly measure: (test: LoadTest) => Promise<readonly RoundFact[]>;
  /** The only variables of the runner that a server sees. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** For example `acme/gatehouse@v1, node v24.1.0`. */
  readonly engine: string;
  readonly now: () => Date;
  readonly print: (line: string) => void;
  /** Empty folders of this job, outside the workspace: for models and requests, and for what is uploaded. */
  readonly folder: string;
  readonly outputFolder: string;
}

export interface MeasureOutputs {
  readonly record: LatencyRecord;
  readonly recordDigest: Digest;
}

/**
 * Starts challenger and champion in turns on this machine, measures their latency under the declared load and writes
 * `latency.json`. It runs code of the pull request and of the champion, which see no token, no secret and no label.
 * @throws InputError LATENCY_..., TRACE_INVALID, CSV_RECORD, PREDICT_HANDED_...; ServiceError from GitHub
 */
export async function run(inputs: MeasureInputs, deps: MeasureDeps): Promise<MeasureOutputs> {
  const { base } = await deps.github.pull(inputs.pull.number);
  const proposal = await deps.proposal({ baseRef: base.ref, base: base.sha, head: inputs.pull.headSha });
  const place = { model: inputs.model, proposal, github: deps.github, headOf: deps.headOf };
  const chosen = await chooseLoad(place);
  const sidePlace = { ...place, fallback: chosen.serve };
  const challenger = await describeSide(inputs.challenger, sidePlace);
  const champion = inputs.champion && (await describeSide(inputs.champion, sidePlace));
  const plans = champion === null ? [challenger] : [challenger, champion];
  const folders = plans.map(({ folder }) => folder);
  const traffic = await readTraffic({ ...place, ...chosen, folders, to: deps.folder });
  const startedAt = deps.now().toISOString();
  const sizes = new Map<SidePlan, number>();
  const rounds = await deps.measure({
    sides: plans.map((plan) => toSide(plan, deps.folder, (size) => sizes.set(plan, size))),
    load: chosen.load,
    bodies: traffic.bodies,
    trace: traffic.trace,
    env: deps.env,
    print: deps.print,
  });
  const serve = (plan: SidePlan): ServedModel => ({ ...plan.fact, sizeBytes: sizes.get(plan) ?? 0 });
  const record: LatencyRecord = {
    v: 1,
    grade: 'measured',
    model: inputs.model,
    runId: inputs.runId,
    runAttempt: inputs.runAttempt,
    startedAt,
    engine: deps.engine,
    machine: await deps.machine(),
    ...describeLoad(chosen, traffic),
    challenger: serve(challenger),
    champion: champion && serve(champion),
    rounds,
  };
  return writeRecord(record, deps);
}

function describeLoad({ load, from }: ChosenLoad, { requestsDigest, traceDigest }: Traffic) {
  const { arrival, warmUpSeconds, timeoutMs, costPerHour } = load;
  return {
    configDigest: digestOf(load),
    configFrom: from,
    requestsDigest,
    traceDigest,
    pattern: arrival.kind === 'recorded' ? arrival.kind : arrival.pattern,
    roundSeconds: arrival.seconds,
    warmUpSeconds,
    timeoutMs,
    costPerHour: costPerHour ?? null,
  } as const;
}

function toSide(plan: SidePlan, folder: string, tell: (sizeBytes: number) => void): ServedSide {
  const { who, serve, workspace } = plan;
  return {
    who,
    serve,
    workspace,
    layModel: async () => {
      const file = join(folder, who, plan.name);
      tell(await takeServedModel({ ...plan, digest: plan.fact.artifactDigest }, file));
      return file;
    },
  };
}

/** What is written is read back: the judge refuses what does not hold together, and here somebody can still look. */
async function writeRecord(record: LatencyRecord, deps: MeasureDeps): Promise<MeasureOutputs> {
  const text = canonicalJson(record);
  parseLatencyRecord(text, 'latency.json');
  await writeFile(join(deps.outputFolder, 'latency.json'), text);
  for (const { message, fix } of latencyFindings(record)) deps.print(`${message}. ${fix}`);
  return { record, recordDigest: digestBytes(text) };
}
