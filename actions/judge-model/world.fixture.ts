import { strToU8, type Zippable, zipSync } from 'fflate';
import type { ArtifactFacts, PullFacts } from '../../adapters/github/reader.ts';
import { ServiceError } from '../../core/error/error.ts';
import { compareModels } from '../../core/evaluation/compare.ts';
import type { Digest, JudgementEvidence } from '../../core/evidence/evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { seedGenerator } from '../../core/statistics/mulberry32.ts';
import {
  baseFiles,
  featuresDigest,
  hex256,
  type ModelTexts,
  model,
  proposed,
  runId,
  runRecord,
  stateWith,
} from '../../test/memory/flights.ts';
import { type Files, headSha, memoryProposal } from '../../test/memory/proposal.ts';
import type { JudgeDeps, JudgeInputs } from './deps.ts';
import { run } from './run.ts';

export const rows = 1_200;
const next = seedGenerator(3);
const truth = Array.from({ length: rows }, () => 0.05 + 0.9 * next());
const answers = truth.map((p) => (next() < p ? 1 : 0));
export const labelsText = `key,late\n${answers.map((label, row) => `${row + 1},${label}`).join('\n')}\n`;

/** Predictions of a model that sees the truth through this much noise. */
export function predict(noise: number): string {
  const score = (p: number) => Math.min(1, Math.max(0, p + noise * (next() - 0.5))).toFixed(4);
  return `key,score\n${truth.map((p, row) => `${row + 1},${score(p)}`).join('\n')}\n`;
}

export const good = predict(0.2);
export const poor = predict(1.6);
export const texts: ModelTexts = { labelsSha256: hex256(labelsText) };
export const base = baseFiles(texts);
export const modelBytes = '{"weights":[1,2]}';
export const record = JSON.stringify(runRecord(modelBytes));

export interface Setup {
  readonly base: Files;
  readonly head: Files;
  readonly state: ModelState | null;
  readonly inputs: Partial<JudgeInputs>;
  readonly challenger: string | Zippable;
  readonly champion: string | Zippable | null;
  /** `latency.json` of a job of this run. */
  readonly latency: string;
  readonly labels: string;
  readonly stored: readonly string[];
  readonly artifacts: Readonly<Record<number, Partial<ArtifactFacts>>>;
  readonly pull: Partial<PullFacts>;
  readonly deps: Partial<JudgeDeps>;
}

/** One world of fakes for everything outside: GitHub, store, token service, label server. */
export function world(setup: Partial<Setup>) {
  const pack = (predictions: string | Zippable) =>
    zipSync(typeof predictions === 'object' ? predictions : { 'predictions.csv': strToU8(predictions) });
  const zips = new Map([
    [501, pack(setup.challenger ?? good)],
    [502, pack(setup.champion ?? good)],
    [503, zipSync({ 'latency.json': strToU8(setup.latency ?? '') })],
  ]);
  const store = new Map<string, Uint8Array>();
  const put = (text: string | Uint8Array): Digest => {
    const bytes = Buffer.from(text);
    store.set(digestBytes(bytes), bytes);
    return digestBytes(bytes);
  };
  for (const text of setup.stored ?? [modelBytes, record, good, poor, 'old model']) put(text);
  const proposal = memoryProposal(
    setup.base ?? base,
    setup.head ?? proposed(setup.base ?? base),
    setup.state ?? null,
  );
  const audiences: string[] = [];
  const sealed: { text: string; token: string }[] = [];
  const envelopes: string[] = [];
  const pull = {
    number: 3,
    head: { sha: headSha, ref: 'better', repositoryId: 7 },
    base: { sha: 'b'.repeat(40), ref: 'main' },
    ...setup.pull,
  };
  const deps: JudgeDeps = {
    github: {
      pull: async () => pull as PullFacts,
      file: proposal.file,
      artifact: async (id) => ({
        id,
        name: 'x',
        sizeBytes: 1,
        expired: false,
        digest: null,
        createdAt: '',
        runId,
        ...setup.artifacts?.[id],
      }),
      artifactZip: async (id) => zips.get(id) ?? new Uint8Array(0),
    },
    proposal: async () => proposal,
    store: {
      get: async (digest) => {
        const bytes = store.get(digest);
        if (!bytes)
          throw new ServiceError('STORE_MISSING', `The store has no ${digest}`, { hint: 'Push it.' });
        return bytes;
      },
      sizeOf: async (digest) => store.get(digest)?.length ?? null,
      putBytes: async (bytes) => put(bytes),
    },
    readRows: async ({ content }) => content,
    compare: async (input) => compareModels(input),
    idToken: async (audience) => {
      audiences.push(audience);
      return `token for ${audience}`;
    },
    fetchLabels: async () => Buffer.from(setup.labels ?? labelsText),
    writeEvidence: async (written) => {
      sealed.push(written);
      return '/evidence';
    },
    writeEnvelope: async (text) => {
      envelopes.push(text);
      return '/envelope';
    },
    ...setup.deps,
  };
  const hand = (id: number) => ({
    id,
    digest: digestBytes(zips.get(id) ?? new Uint8Array(0)).slice('sha256:'.length),
  });
  const inputs: JudgeInputs = {
    model,
    artifactId: 500,
    artifactDigest: digestBytes(modelBytes),
    recordDigest: digestBytes(record),
    featuresDigest,
    challengerPredictions: hand(501),
    championPredictions: setup.champion === undefined ? null : hand(502),
    latency: setup.latency === undefined ? null : hand(503),
    pull: { number: 3, headSha, fork: false },
    runId,
    runAttempt: 1,
    ...setup.inputs,
  };
  /** Where the policy names no key: what it shows. */
  const judge = async () => {
    const { shown, ...outputs } = await run(inputs, deps);
    if (shown === null) throw new Error('It was sealed.');
    return { ...outputs, ...shown };
  };
  return { judge, run: () => run(inputs, deps), audiences, sealed, envelopes, store };
}

export const judgeIn = (setup: Partial<Setup>) => world(setup).judge();
export const codes = (evidence: JudgementEvidence) => evidence.findings.map((finding) => finding.code);
export const champion = (predictions: string, more = {}) =>
  stateWith({
    version: 1,
    modelBytes: 'old model',
    predictions: digestBytes(predictions),
    stage: 'production',
    endpoints: ['eu'],
    ...more,
  });
