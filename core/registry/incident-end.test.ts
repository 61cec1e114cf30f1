import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangedPath, TreeListing } from '../change/change.ts';
import type { IncidentReason } from './incident.ts';
import { type EndFacts, endOf } from './incident-end.ts';

const changedAt = (path: string, before: string | null, after: string | null): ChangedPath => ({
  ...{ path, before, after },
  mode: after === null ? null : '100644',
});
const treeOf = (files: Readonly<Record<string, string>>): TreeListing =>
  new Map(Object.entries(files).map(([path, blob]) => [path, { path, blob, mode: '100644' }]));

const code = 'models/churn/train.py';
const stages = 'models/churn/stages.yml';
const policy = '.github/gatehouse.yml';

const end = (fields: Partial<EndFacts>, reason: IncidentReason = 'waiting') =>
  endOf(
    { reason },
    {
      changed: [changedAt(code, 'old', 'new')],
      tip: treeOf({ [code]: 'new' }),
      ...{ recorded: false, registeredLater: false, aligned: new Set(), mended: true },
      ...fields,
    },
  );

describe('an incident', () => {
  it.each<[string, Partial<EndFacts>, ReturnType<typeof end>]>([
    ['stands as long as its content does', {}, null],
    ['ends when the merge is recorded after all', { recorded: true }, 'recorded'],
    ['ends when its content is taken back', { tip: treeOf({ [code]: 'old' }) }, 'taken back'],
    ['ends when its file is gone', { tip: treeOf({}) }, 'taken back'],
    ['ends when the whole model was judged later', { registeredLater: true }, 'recorded'],
    [
      'of a file that it deleted stands while it is deleted',
      { changed: [changedAt(code, 'old', null)], tip: treeOf({}) },
      null,
    ],
    [
      'of stages stands while file and ledger differ',
      { changed: [changedAt(stages, 'a', 'b')], tip: treeOf({ [stages]: 'b' }) },
      null,
    ],
    [
      'of stages ends when they agree',
      {
        changed: [changedAt(stages, 'a', 'b')],
        tip: treeOf({ [stages]: 'b' }),
        aligned: new Set(['churn']),
      },
      'aligned',
    ],
    [
      'of a policy is ended by no registration',
      {
        changed: [changedAt(policy, 'a', 'b'), changedAt(code, 'old', 'new')],
        tip: treeOf({ [policy]: 'b', [code]: 'new' }),
        registeredLater: true,
      },
      null,
    ],
    [
      'of a policy ends when another policy stands there',
      { changed: [changedAt(policy, 'a', 'b')], tip: treeOf({ [policy]: 'c' }) },
      'taken back',
    ],
  ])('%s', (_, fields, expected) => {
    expect(end(fields)).toBe(expected);
  });

  it('of unknown governors ends when they are known, if it changed configuration alone', () => {
    const repair = { changed: [changedAt(policy, 'a', 'b')], tip: treeOf({ [policy]: 'b' }) };
    expect(end(repair, 'governors unknown')).toBe('mended');
    expect(end({ ...repair, mended: false }, 'governors unknown')).toBe(null);
    expect(end({ mended: true }, 'governors unknown')).toBe(null);
    expect(end(repair, 'waiting')).toBe(null);
  });

  it('never ends while unrecorded configuration of it stands, whatever else holds', () => {
    const bool = fc.boolean();
    fc.assert(
      fc.property(bool, fc.subarray([code, stages]), bool, (registeredLater, others, mended) => {
        const changed = [policy, ...others].map((path) => changedAt(path, 'a', 'b'));
        const tip = treeOf(Object.fromEntries(changed.map(({ path }) => [path, 'b'])));
        const facts = { changed, tip, registeredLater, mended, aligned: new Set(['churn']) };
        expect(end(facts, 'pushed past')).toBe(null);
      }),
      { seed: 13, numRuns: 60 },
    );
  });
});
