import { expect, it } from 'vitest';
import type { ScoredSet } from '../../core/evaluation/scoring-set.ts';
import { digest, judgementOf, model } from '../../core/evidence/evidence.fixture.ts';
import type { Decision } from '../../core/policy/decision.ts';
import { isScored } from '../../core/registry/champion.ts';
import type { VersionRecord } from '../../core/registry/ledger.ts';
import type { Facts } from '../gather/facts.ts';
import { toVersionRecord } from './version-record.ts';

const set: ScoredSet = { name: 'behaviour', input: digest('suite'), digest: digest('said of it') };

function recordOf(sets: readonly ScoredSet[]): VersionRecord {
  const judgement = judgementOf();
  const facts = {
    input: {
      judgement: { ...judgement, predictions: { ...judgement.predictions, sets } },
      ...{ validation: null, model },
    },
    rules: { contracts: [] },
    pull: { number: 12, mergedAt: '2026-11-01T00:00:00Z' },
    commits: { merge: 'c'.repeat(40) },
    repository: { fullName: 'acme/flights' },
    contributors: [],
  } as unknown as Facts;
  const decision = { counted: [] } as unknown as Decision;
  return { ...toVersionRecord(facts, decision), v: 1, version: 2 };
}

it('keeps what a version said of every set, so that as champion it is not scored again', () => {
  const record = recordOf([set]);
  const { featuresDigest } = record.predictions;
  expect(record.predictions.sets).toEqual([set]);
  expect(isScored(record, featuresDigest, [set])).toBe(true);
  expect(isScored(record, featuresDigest, [{ ...set, input: digest('another suite') }])).toBe(false);
  expect(isScored(record, digest('other rows'), [set])).toBe(false);
});

it('says nothing of sets where none was scored', () => {
  const record = recordOf([]);
  expect(record.predictions).not.toHaveProperty('sets');
  expect(isScored(record, record.predictions.featuresDigest, [])).toBe(true);
  expect(isScored(record, record.predictions.featuresDigest, [set])).toBe(false);
});
