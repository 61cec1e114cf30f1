import { InputError } from '../error/error.ts';
import { resultDigest } from '../evaluation/result-digest.ts';
import type { EvidenceOrigin, JudgementEvidence } from './evidence.ts';
import type { JudgementFacts } from './facts.ts';
import { checkJudgement } from './judgement-check.ts';
import { parseEvidence } from './parse-evidence.ts';
import { encode, seal, signToken, type World } from './receipt.fixture.ts';
import { verifyReceipt } from './receipt.ts';

/** The whole way of a piece of evidence into the gate. Codes of what is wrong with it; empty: it is believed. */
export function receive(world: World): readonly string[] {
  const sealed = world.onTheWay(seal(world));
  const receipt = verifyReceipt(sealed, world.keys, world.expectations);
  if (!('claims' in receipt)) return [receipt.code];
  try {
    const evidence = parseEvidence(sealed.text);
    if (evidence.kind !== 'judgement') return ['evidence/kind'];
    return checkJudgement(evidence, world.facts).map((finding) => finding.code);
  } catch (error) {
    if (error instanceof InputError) return [error.code];
    throw error;
  }
}

export type Change = (world: World) => World;

export const claim =
  (fields: Readonly<Record<string, unknown>>): Change =>
  (world) => ({ ...world, claims: { ...world.claims, ...fields } });
export const without =
  (name: string): Change =>
  (world) => ({
    ...world,
    claims: Object.fromEntries(Object.entries(world.claims).filter(([key]) => key !== name)),
  });
export const header =
  (fields: Readonly<Record<string, unknown>>): Change =>
  (world) => ({ ...world, header: { ...world.header, ...fields } });
export const token =
  (edit: (token: string, world: World) => string): Change =>
  (world) => ({ ...world, onTheWay: (sealed) => ({ ...sealed, token: edit(sealed.token, world) }) });
/** The judge itself says so and signs it: the result digest fits, and so does the audience. */
export const judgement =
  (edit: (evidence: JudgementEvidence) => JudgementEvidence): Change =>
  (world) => {
    const evidence = edit(world.evidence);
    const { artifact, heldOut, comparisons } = evidence;
    return {
      ...world,
      evidence: {
        ...evidence,
        resultDigest: resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons }),
      },
    };
  };
/** Signed as it stands, whatever it says about itself. */
export const asItStands =
  (edit: (evidence: JudgementEvidence) => JudgementEvidence): Change =>
  (world) => ({ ...world, evidence: edit(world.evidence) });
export const from = (fields: Partial<EvidenceOrigin>): Change =>
  judgement((evidence) => ({ ...evidence, origin: { ...evidence.origin, ...fields } }));
export const facts =
  (fields: Partial<JudgementFacts>): Change =>
  (world) => ({ ...world, facts: { ...world.facts, ...fields } });
export const run =
  (fields: Partial<World['expectations']['run']>): Change =>
  (world) => ({
    ...world,
    expectations: { ...world.expectations, run: { ...world.expectations.run, ...fields } },
  });

type MetricFields = Partial<JudgementEvidence['comparisons'][number]['metrics'][number]>;
export const metric =
  (fields: MetricFields) =>
  (evidence: JudgementEvidence): JudgementEvidence => ({
    ...evidence,
    comparisons: evidence.comparisons.map((comparison) => ({
      ...comparison,
      metrics: comparison.metrics.map((each) => ({ ...each, ...fields })),
    })),
  });

export const part = (text: string, at: number): string => text.split('.')[at] ?? '';
export const withPart = (text: string, at: number, value: string): string =>
  text
    .split('.')
    .map((each, index) => (index === at ? value : each))
    .join('.');
export const resign = (world: World, payload: string): string =>
  signToken(encode(world.header), Buffer.from(payload).toString('base64url'), world.signWith);
export const payloadText = (text: string): string => Buffer.from(part(text, 1), 'base64url').toString();

/** One refusal: what is done to the honest world, and the code of the finding or error that it must bring. */
export type Row = readonly [name: string, change: Change, code: string];
