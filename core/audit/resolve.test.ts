import { describe, expect, test } from 'vitest';
import { options, tellStory } from './ledger.fixture.ts';
import { requireVerified, resolveChampion } from './resolve.ts';
import type { LedgerVerification } from './verification.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const proven = verifyLedger(story.files, story.anchors, options);
const refusal = (verification: LedgerVerification, model = 'flight-delay', endpoint = 'eu') => {
  try {
    return resolveChampion(verification, model, endpoint);
  } catch (error) {
    return error;
  }
};

test('the champion of a proven ledger is told with its bytes and the ledger that says so', () => {
  const state = story.state();
  const { record } = state.versions.get(1) ?? {};
  expect(resolveChampion(proven, 'flight-delay', 'eu')).toMatchObject({
    model: 'flight-delay',
    endpoint: 'eu',
    version: 1,
    artifactDigest: record?.artifact.digest,
    artifactName: record?.artifact.name,
    previous: null,
    since: state.endpoints.get('eu')?.since,
    ledger: { size: proven.head.size, root: proven.root, anchored: proven.anchored },
  });
});

describe('no answer', () => {
  test.each([
    ['nope', 'eu', 'LEDGER_UNKNOWN_MODEL', 'flight-delay'],
    ['__proto__', 'eu', 'LEDGER_UNKNOWN_MODEL', 'flight-delay'],
    ['flight-delay', 'us', 'LEDGER_UNKNOWN_ENDPOINT', 'Known: eu.'],
    ['flight-delay', 'constructor', 'LEDGER_UNKNOWN_ENDPOINT', 'Known: eu.'],
  ])('for %s at %s, but what there is', (model, endpoint, code, hint) => {
    expect(refusal(proven, model, endpoint)).toMatchObject({ code, hint: expect.stringContaining(hint) });
  });

  test('from an empty ledger, in words', () => {
    const empty = { ...proven, states: new Map() };
    expect(refusal(empty)).toMatchObject({ code: 'LEDGER_UNKNOWN_MODEL', hint: 'Known: none.' });
  });

  test('where the champion was taken out: the fallback serves', () => {
    const emptied = tellStory();
    emptied.move([{ version: 1, to: 'archived' }]);
    const verification = verifyLedger(emptied.files, emptied.anchors, options);
    expect(refusal(verification)).toMatchObject({
      code: 'LEDGER_NO_CHAMPION',
      hint: expect.stringContaining('fallback'),
    });
  });

  test('when the state names a champion that has no record', () => {
    const state = story.state();
    const bare = { ...proven, states: new Map([['flight-delay', { ...state, versions: new Map() }]]) };
    expect(refusal(bare)).toMatchObject({ code: 'LEDGER_NO_CHAMPION' });
  });

  test.each([
    ['covers too little', { anchored: 1 }],
    ['is not a number', { anchored: Number.NaN }],
    ['is of other events', { events: [] }],
  ])('when the anchor %s', (_, fields) => {
    expect(refusal({ ...proven, ...fields })).toMatchObject({ code: 'LEDGER_UNANCHORED' });
  });

  test('from a ledger that is not proven, whatever it says; the first failure is told, not the first warning', () => {
    const finding = { code: 'ledger/x', severity: 'fail', message: 'forged', fix: 'stop' } as const;
    const warning = { ...finding, severity: 'warn', message: 'late' } as const;
    const where = { file: 'audit/HEAD.json' };
    const failed = { ...proven, verdict: 'fail', findings: [warning, { ...finding, where }] } as const;
    expect(refusal(failed)).toMatchObject({
      code: 'LEDGER_UNVERIFIED',
      message: 'the ledger is not proven: forged',
      hint: 'stop',
      where,
      findings: failed.findings,
    });
    expect(() => requireVerified({ ...failed, findings: [finding] })).toThrow('forged');
    expect(() => requireVerified({ ...failed, findings: [] })).toThrow('unknown');
  });
});
