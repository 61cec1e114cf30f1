import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonicalJson } from '../json/canonical.ts';
import type { LedgerEventData } from './ledger.ts';
import { type OperationFacts, operationFactsOf, operationId, requestId } from './operation.ts';
import { artifactOf, recordOf } from './registry.fixture.ts';

const source = { repositoryId: 7001, pullRequest: 12, headSha: 'h', mergeSha: 'm' };
const common = { repositoryId: 7001, pullRequest: 12, mergeSha: 'm', model: 'churn' };
type Promotion = Extract<LedgerEventData, { type: 'VersionPromoted' | 'VersionRolledBack' }>;

const promotion: Omit<Promotion, 'type'> = {
  ...{ version: 2, from: 'staging', to: 'production', endpoint: 'eu', replaced: 1 },
  ...{ artifactDigest: artifactOf('b'), fallback: 'previous' },
};
const trigger = { promotion: 4 } as never;
const stage = { version: 2, from: 'staging', to: 'candidate' } as const;

/** What an operation is told by, for each event: a name that changed would let a merge be done twice. */
const facts: readonly (readonly [LedgerEventData, object])[] = [
  [
    { type: 'VersionRegistered', record: { ...recordOf('churn', 'a'), v: 1, version: 1 } },
    { ...common, artifactDigest: artifactOf('a'), from: null, to: 'registered', endpoint: null },
  ],
  [
    { type: 'VersionPromoted', ...promotion },
    { ...common, ...moved(promotion), endpoint: 'eu' },
  ],
  [
    { type: 'VersionPromoted', ...promotion, trigger },
    { ...common, ...moved(promotion), endpoint: 'eu' },
  ],
  [
    { type: 'VersionRolledBack', ...promotion },
    { ...common, ...moved(promotion), endpoint: 'eu' },
  ],
  [
    { type: 'VersionRolledBack', ...promotion, trigger },
    {
      ...{ kind: 'rolled-back-by-trigger', repositoryId: 7001, model: 'churn', endpoint: 'eu' },
      promotion: 4,
    },
  ],
  [
    { type: 'VersionShortlisted', ...stage },
    { ...common, ...stage, endpoint: null },
  ],
  [
    {
      ...{ type: 'VersionArchived', version: 2, from: 'production', to: 'archived', endpoint: 'us' },
      because: 'demoted',
    },
    { ...common, version: 2, from: 'production', to: 'archived', endpoint: 'us' },
  ],
  [
    { type: 'HeldOutUsed', heldOut: artifactOf('l'), result: artifactOf('r'), look: 3 },
    { repositoryId: 7001, model: 'churn', heldOut: artifactOf('l'), result: artifactOf('r') },
  ],
  [
    { type: 'Correction', ofSeq: 5, reason: 'x' },
    { ...common, version: 5, from: null, to: 'registered', endpoint: null },
  ],
  [
    {
      ...{ type: 'BreakGlassUsed', version: 2, endpoint: 'eu', by: 'ada', reason: artifactOf('why') },
      ...{ past: [], expiresAt: 'soon', reviewBy: 'later' },
    },
    { kind: 'break-glass-used', ...common, endpoint: 'eu' },
  ],
  [
    { type: 'BreakGlassReviewed', pullRequest: 8, review: artifactOf('review') },
    { kind: 'break-glass-reviewed', repositoryId: 7001, model: 'churn', used: 8, mergeSha: 'm' },
  ],
  [
    {
      ...{ type: 'MergeNotRecorded', reason: 'waiting', model: 'churn', baseRef: 'main', base: 'b' },
      codes: [],
    },
    { kind: 'merge-not-recorded', repositoryId: 7001, commit: 'm' },
  ],
  [
    { type: 'IncidentClosed', incident: 6, because: 'mended' },
    { kind: 'incident-closed', repositoryId: 7001, incident: 6 },
  ],
  [
    { type: 'LedgerCorrected', restored: 'r', size: 1, found: 'f', foreign: [], codes: [] },
    { kind: 'ledger-corrected', repositoryId: 7001, found: 'f', restored: 'r' },
  ],
];

function moved({ version, from, to }: { version: number; from: string; to: string }) {
  return { version, from, to };
}
const hashOf = (recipe: object) => createHash('sha256').update(canonicalJson(recipe)).digest('hex');

it.each(facts)('%o is named by these facts alone', (data, expected) => {
  const told = operationFactsOf('churn', data, source);
  expect(told).toEqual(expected);
  const recipe = 'result' in expected ? { kind: 'held-out-used', ...expected } : expected;
  expect(operationId(told)).toBe(hashOf(recipe));
  // More that rides along changes no name of a move or a look.
  if (!('kind' in expected))
    expect(operationId({ ...told, ...{ more: 1 } } as OperationFacts)).toBe(hashOf(recipe));
  const isMove = 'from' in expected;
  expect(requestId(told)).toBe(hashOf(isMove ? { ...expected, from: null } : recipe));
});
