import { expect, test } from 'vitest';
import { operationFactsOf, operationId, requestId, wasRecorded } from './operation.ts';
import { after, artifactOf, move, staged } from './registry.fixture.ts';

const facts = {
  repositoryId: 7001,
  pullRequest: 12,
  mergeSha: 'a'.repeat(40),
  model: 'flight-delay',
  version: 2,
  from: 'staging',
  to: 'production',
  endpoint: 'eu',
} as const;

test('the same operation has the same id, a file name of 64 hex characters', () => {
  expect(operationId(facts)).toMatch(/^[0-9a-f]{64}$/);
  expect(operationId({ ...facts })).toBe(operationId(facts));
});

test.each([
  { repositoryId: 7002 },
  { pullRequest: 13 },
  { mergeSha: 'b'.repeat(40) },
  { model: 'churn' },
  { version: 3 },
  { from: 'candidate' as const },
  { to: 'archived' as const },
  { endpoint: 'us' },
])('another %j is another operation', (other) => {
  expect(operationId({ ...facts, ...other })).not.toBe(operationId(facts));
});

const look = {
  repositoryId: 7001,
  model: 'flight-delay',
  heldOut: artifactOf('labels'),
  result: artifactOf('result'),
} as const;

test('a look is told by its result alone: another pull request that finds the same does the same', () => {
  const event = { type: 'HeldOutUsed', heldOut: look.heldOut, result: look.result } as const;
  const from = (pullRequest: number, number: number) =>
    operationId(
      operationFactsOf(
        'flight-delay',
        { ...event, look: number },
        { repositoryId: 7001, pullRequest, headSha: 'a', mergeSha: String(number) },
      ),
    );
  expect(from(12, 1)).toBe(operationId(look));
  expect(from(13, 2)).toBe(operationId(look));
  expect(requestId(look)).toBe(operationId(look));
});

test.each([
  { repositoryId: 7002 },
  { model: 'churn' },
  { heldOut: artifactOf('other labels') },
  { result: artifactOf('other result') },
])('a look with another %j is another look', (other) => {
  expect(operationId({ ...look, ...other })).not.toBe(operationId(look));
});

test('a registration is told by its bytes, since it has no number yet', () => {
  const { version: _, ...rest } = facts;
  const registration = { ...rest, from: null, to: 'registered', endpoint: null } as const;
  const a = operationId({ ...registration, artifactDigest: artifactOf('a') });
  expect(a).not.toBe(operationId({ ...registration, artifactDigest: artifactOf('b') }));
});

test('a merge that was recorded is known though a rollback undid it: the version stands elsewhere now', () => {
  const state = after(
    staged('a'),
    move({ version: 1 }),
    staged('b'),
    move({ version: 2 }),
    move({ version: 1, rollback: true }),
  );
  const asked = {
    repositoryId: 7001,
    pullRequest: 4,
    mergeSha: '4'.padStart(40, '0'),
    model: 'flight-delay',
  };
  const promotion = { ...asked, version: 2, from: 'archived', to: 'production', endpoint: 'eu' } as const;
  expect(wasRecorded(state, promotion)).toBe(true);
  expect(wasRecorded(state, { ...promotion, pullRequest: 5 })).toBe(false);
  expect(wasRecorded(state, { ...promotion, endpoint: 'us' })).toBe(false);
  expect(requestId(promotion)).toBe(requestId({ ...promotion, from: 'staging' }));
});
