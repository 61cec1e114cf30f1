import { describe, expect, it } from 'vitest';
import type { TriggerEvidence } from '../evidence/trigger-evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import type { EndpointState, ModelState } from './ledger.ts';
import { propose } from './propose.ts';
import { artifactOf, move, moveIn, staged, after as stateAfter } from './registry.fixture.ts';
import {
  forgetRemoved,
  isByItself,
  type TriggerUse,
  triggerEventProblem,
  triggerProblem,
} from './trigger.ts';
import { decideTrigger, type TriggerFacts } from './trigger-rollback.ts';

const errors = { name: 'errors', metric: 'error-rate', above: 0.05, windowMinutes: 30 };
const late = { name: 'late', metric: 'latency', above: 200, windowMinutes: 30 };
const served = stateAfter(
  ...[staged('a'), move({ version: 1 }), staged('b')],
  move({ version: 2, fallback: 'rules', triggers: [late, errors] }),
);
const serving = served.endpoints.get('eu') as EndpointState;
// v2 serves since 00:04:00.
const evidence: TriggerEvidence = {
  ...{ kind: 'rollback-trigger', v: 1, repositoryId: 7001, runId: 88, runAttempt: 2 },
  ...{ headSha: 'c'.repeat(40), model: 'flight-delay', endpoint: 'eu', version: 2 },
  ...{ artifactDigest: artifactOf('b'), trigger: errors, observed: 0.06 },
  ...{ from: '2026-01-01T00:04:00Z', until: '2026-01-01T00:34:00Z', measurements: artifactOf('requests') },
};
const run = {
  ...{ id: 88, attempt: 2, headSha: 'c'.repeat(40) },
  ...{ startedAt: '2026-01-01T00:34:00Z', updatedAt: '2026-01-01T00:36:00Z' },
};
const facts: TriggerFacts = { repositoryId: 7001, run, state: served, barred: [], stored: true };
const codesOf = (said: Partial<TriggerEvidence>, found: Partial<TriggerFacts> = {}): readonly string[] => {
  const outcome = decideTrigger({ ...evidence, ...said }, { ...facts, ...found });
  return 'findings' in outcome ? outcome.findings.map(({ code }) => code) : ['returns'];
};
const at = (time: string) => `2026-01-01T${time}Z`;
const window = (from: string, until: string) => codesOf({ from: at(from), until: at(until) });

describe('a believed observation', () => {
  it('asks for the move back, with what was seen, and the ledger takes it', () => {
    const outcome = decideTrigger(evidence, facts);
    const trigger: TriggerUse = {
      ...{ authority: 'pre-approved', promotion: serving.by.seq, trigger: errors, observed: 0.06 },
      ...{ from: evidence.from, until: evidence.until, evidence: digestBytes(canonicalJson(evidence)) },
    };
    expect(outcome).toEqual({
      command: {
        ...{ kind: 'move', version: 1, from: 'archived', to: 'production', endpoint: 'eu' },
        ...{ replaced: 2, fallback: 'rules', rollback: true, trigger },
      },
    });
    if (!('command' in outcome)) throw new Error('no command');
    const events = propose(outcome.command, served);
    expect(events.map(({ type }) => type)).toEqual(['VersionRolledBack', 'VersionArchived']);
    expect(events.map(isByItself)).toEqual([true, false]);
    const byPeople = propose(moveIn(served, { version: 1, rollback: true }), served);
    expect(byPeople.map(isByItself)).toEqual([false, false]);
    const refused = (fields: object) => () =>
      propose({ ...outcome.command, ...fields } as typeof outcome.command, served);
    expect(refused({ trigger: { ...trigger, observed: 0.05 } })).toThrow(
      expect.objectContaining({
        code: 'LEDGER_TRIGGER',
        message: expect.stringContaining('eu does not return by itself: 0.05 is on the allowed side'),
        hint: 'Ask for the rollback in a pull request: a person decides.',
      }),
    );
    const third = stateAfter(staged('a'), move({}), staged('b'));
    expect(() => propose({ ...moveIn(third, { version: 2 }), trigger }, third)).toThrow(
      'a trigger promotes nothing',
    );
  });

  it.each<[string, Partial<TriggerEvidence>, string]>([
    ['repository id', { repositoryId: 1 }, 'repository-id'],
    ['run', { runId: 1 }, 'run'],
    ['run attempt', { runAttempt: 1 }, 'run-attempt'],
    ['head commit', { headSha: 'd'.repeat(40) }, 'head'],
    ['model', { model: 'churn' }, 'model'],
    ['champion', { version: 1 }, 'champion'],
    ['artifact', { artifactDigest: artifactOf('a') }, 'artifact'],
  ])('of another %s lets nothing happen', (what, said, check) => {
    expect(codesOf(said)).toEqual([`receipt/${check}`]);
    const outcome = decideTrigger({ ...evidence, ...said }, facts);
    expect('findings' in outcome && outcome.findings[0]).toMatchObject({
      message: expect.stringContaining(`The evidence says another ${what}: `),
      fix: 'The next run by schedule watches again.',
    });
  });

  it('lies in the stay of what serves, from its first moment', () => {
    expect(window('00:04:00', '00:34:00')).toEqual(['returns']);
    expect(window('00:03:59', '00:33:59')).toEqual(['receipt/time']);
    const outcome = decideTrigger({ ...evidence, from: at('00:03:59') }, facts);
    expect('findings' in outcome && outcome.findings[0]).toMatchObject({
      message: 'It was observed before v2 served there',
      ...{ found: `${at('00:03:59')} to ${at('00:34:00')}`, allowed: 'from 2026-01-01T00:04:00.000Z' },
    });
  });

  it('is as long as declared, to the minute', () => {
    expect(window('00:05:00', '00:36:00')).toEqual(['returns']);
    expect(window('00:05:00', '00:36:01')).toEqual(['receipt/window']);
    expect(window('00:05:00', '00:34:00')).toEqual(['returns']);
    expect(window('00:05:00', '00:33:59')).toEqual(['receipt/window']);
    const outcome = decideTrigger({ ...evidence, until: at('00:44:00') }, facts);
    expect('findings' in outcome && outcome.findings[0]).toMatchObject({
      ...{ found: `${at('00:04:00')} to ${at('00:44:00')}`, allowed: '30 minutes' },
    });
  });

  it('is of the run that signed it, give or take five minutes', () => {
    expect(window('00:11:00', '00:41:00')).toEqual(['returns']);
    expect(window('00:11:01', '00:41:01')).toEqual(['receipt/expired']);
    const ranAt = (startedAt: string) => ({ run: { ...run, startedAt, updatedAt: at('09:00:00') } });
    expect(codesOf({}, ranAt(at('01:09:00')))).toEqual(['returns']);
    expect(codesOf({}, ranAt(at('01:09:01')))).toEqual(['receipt/expired']);
    const outcome = decideTrigger(evidence, { ...facts, ...ranAt(at('02:00:00')) });
    expect('findings' in outcome && outcome.findings[0]).toMatchObject({
      found: `${at('00:04:00')} to ${at('00:34:00')}`,
      allowed: `an end between ${at('02:00:00')} and ${at('09:00:00')}`,
    });
  });

  it('with a time that cannot be read lets nothing happen', () => {
    expect(codesOf({ from: 'then' })).toEqual(['receipt/time']);
    expect(codesOf({ until: 'then' })).toEqual(['receipt/time']);
    expect(codesOf({}, { run: { ...run, startedAt: 'then' } })).toEqual(['receipt/time']);
    expect(codesOf({}, { run: { ...run, updatedAt: 'then' } })).toEqual(['receipt/time']);
    const endpoints = new Map([['eu', { ...serving, since: 'then' }]]);
    expect(codesOf({}, { state: { ...served, endpoints } })).toEqual(['receipt/time']);
  });

  it('that the promotion did not approve in advance lets nothing happen', () => {
    const outcome = decideTrigger({ ...evidence, observed: 0.05 }, facts);
    expect(outcome).toMatchObject({
      findings: [
        {
          code: 'receipt/trigger',
          message: 'It does not return by itself: 0.05 is on the allowed side of what errors declares',
          ...{ found: 'errors: 0.05', fix: expect.stringContaining('/gatehouse rollback') },
        },
      ],
    });
  });

  it.each<[string, Partial<TriggerEvidence>, string]>([
    ['NaN', { observed: Number.NaN }, 'errors: NaN, above 0.05 over 30 minutes'],
    ['beyond all numbers', { observed: Infinity }, 'errors: Infinity, above 0.05 over 30 minutes'],
    [
      'held against a limit that is none',
      { trigger: { name: 'low', metric: 'auc', below: Number.NaN, windowMinutes: 30 } },
      'low: 0.06, below NaN over 30 minutes',
    ],
    [
      'over a window that is none',
      { trigger: { ...errors, windowMinutes: Number.NaN } },
      'errors: 0.06, above 0.05 over NaN minutes',
    ],
  ])('that is %s lets nothing happen, and says so in words', (_what, said, found) => {
    expect(decideTrigger({ ...evidence, ...said }, facts)).toEqual({
      findings: [
        {
          ...{ code: 'receipt/trigger', severity: 'fail', found, allowed: 'finite numbers' },
          message: 'It does not return by itself: what was observed, or its limit, is no finite number',
          fix: expect.stringContaining('/gatehouse rollback'),
        },
      ],
    });
  });

  it('lets nothing happen while the version to return to may not serve, or its bytes are gone', () => {
    const withdrawn = { code: 'target/withdrawn', severity: 'fail', message: 'm', fix: 'f' } as Finding;
    expect(codesOf({}, { barred: [withdrawn] })).toEqual(['target/withdrawn']);
    expect(codesOf({}, { barred: [withdrawn], stored: false })).toEqual(['target/withdrawn']);
    const outcome = decideTrigger(evidence, { ...facts, stored: false });
    expect(outcome).toMatchObject({
      findings: [
        {
          code: 'receipt/bytes',
          message: 'The bytes of v1 are not in the store',
          fix: expect.stringContaining('backup'),
        },
      ],
    });
    expect('findings' in outcome && outcome.findings).toHaveLength(1);
  });

  it('about a model, or an endpoint, that the ledger does not know lets nothing happen', () => {
    const unknown = ['champion', 'artifact', 'time', 'trigger'].map((check) => `receipt/${check}`);
    expect(codesOf({ endpoint: 'us' })).toEqual(unknown);
    expect(codesOf({}, { state: null })).toEqual(['receipt/model', ...unknown]);
    expect(codesOf({ endpoint: 'us' }, { stored: false })).toEqual(unknown);
    const lost: ModelState = { ...served, versions: new Map() };
    const outcome = decideTrigger(evidence, { ...facts, state: lost });
    expect(outcome).toMatchObject({
      findings: [
        {
          ...{ code: 'receipt/trigger', message: 'No version is recorded to return to' },
          fix: expect.stringContaining('/gatehouse rollback'),
        },
      ],
    });
    const endpoints = new Map([['eu', { ...serving, previous: null }]]);
    expect(codesOf({}, { state: { ...served, endpoints }, stored: false })).toEqual(['receipt/trigger']);
  });
});

describe('what was approved in advance', () => {
  const use: TriggerUse = {
    ...{ authority: 'pre-approved', promotion: serving.by.seq, trigger: errors, observed: 0.06 },
    ...{ from: evidence.from, until: evidence.until, evidence: artifactOf('e') },
  };
  const without = (fields: Partial<EndpointState>) => triggerProblem(use, { ...serving, ...fields });

  it('is one declared trigger, of the promotion that brought what serves', () => {
    expect(triggerProblem(use, serving)).toBeNull();
    expect(triggerProblem(use, undefined)).toBe('nothing serves there');
    expect(without({ champion: null })).toBe('nothing serves there');
    expect(without({ previous: null })).toBe('no version is recorded to return to');
    expect(without({ by: { ...serving.by, seq: serving.by.seq + 1 } })).toBe(
      'what serves there was put there by another entry',
    );
    const { triggers: _, ...plain } = serving;
    expect(triggerProblem(use, plain)).toBe('errors was not declared when it was promoted');
    expect(without({ triggers: [{ ...errors, above: 0.04 }] })).toBe(
      'errors was declared otherwise when it was promoted',
    );
    expect(triggerProblem({ ...use, observed: 0.05 }, serving)).toBe(
      '0.05 is on the allowed side of what errors declares',
    );
  });

  it('is used by the app alone, and approved by nobody again', () => {
    const bot = { actor: { id: 9, login: 'app[bot]', kind: 'Bot' }, approvals: [] } as never;
    expect(triggerEventProblem(use, bot, serving)).toBeNull();
    expect(triggerEventProblem(use, bot, undefined)).toBe('nothing serves there');
  });

  it('takes what left out of every endpoint that could have returned to it', () => {
    const [one, two] = [serving, { ...serving, endpoint: 'us', champion: 1, previous: 2 }];
    const state = {
      ...served,
      endpoints: new Map([
        ['eu', one],
        ['us', two],
      ]),
    } as ModelState;
    const after = forgetRemoved(state, 2);
    expect(after.endpoints).toEqual(
      new Map([
        ['eu', one],
        ['us', { ...two, previous: null }],
      ]),
    );
    expect(after.versions.get(2)).toEqual({ ...served.versions.get(2), removedByTrigger: true });
    expect(after.versions.get(1)).toBe(served.versions.get(1));
    expect(forgetRemoved(state, 9)).toBe(state);
  });
});
