import { describe, expect, it } from 'vitest';
import { tellStory } from '../audit/ledger.fixture.ts';
import type { VersionRecord } from '../registry/ledger.ts';
import { answerState } from '../registry/past-answer.ts';
import { diffVersions } from '../registry/version-diff.ts';
import { renderText } from './text.ts';
import { versionDifferenceBlocks } from './version-difference.ts';

const answer = answerState(tellStory().state('flight-delay'));
if (answer === null) throw new Error('the story has no version');
const { record } = answer;
const v2: VersionRecord = { ...record, version: 2 };
const say = (one: VersionRecord, other: VersionRecord): string =>
  renderText(versionDifferenceBlocks('churn', [one, other], diffVersions(one, other)));
const cellsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim().split(/ {2,}/));
const run = (fields: object): VersionRecord['lineage'] => ({
  ...record.lineage,
  run: { ...record.lineage.run, ...fields },
});

describe('two versions beside each other', () => {
  it('show what a person asks first, each part in its place, and only what differs', () => {
    const [metric] = record.metrics;
    const [gate] = record.gates;
    const [dataset] = record.lineage.datasets;
    if (metric === undefined || gate === undefined || dataset === undefined) throw new Error('a bare record');
    const whole = {
      ...metric,
      metric: 'auc',
      slice: null,
      set: 'held-out',
      challengerInterval: null,
    } as const;
    const one = {
      ...record,
      metrics: [{ ...whole, challenger: 0.65 }],
      gates: [{ ...gate, gate: 'auc min 0.6', result: 'fail' as const }],
      lineage: run({ parameters: { depth: 4, rounds: 100 }, seed: 7 }),
    };
    const other = {
      ...v2,
      metrics: [{ ...whole, challenger: 0.66 }],
      gates: [
        { ...gate, gate: 'auc min 0.6', result: 'pass' as const, against: 1 },
        { ...gate, gate: 'auc min 0.6', result: 'skipped' as const, against: null },
      ],
      featureVersion: 'f2',
      approvals: [],
      lineage: {
        ...run({ parameters: { depth: 5, rounds: 100 }, seed: null }),
        datasets: [{ ...dataset, rows: 12_345 }],
        pullRequest: record.lineage.pullRequest + 1,
      },
    };
    const lines = cellsOf(say(one, other));
    expect(lines.map(([part]) => part)).toEqual(
      expect.arrayContaining([
        'part',
        'parameter',
        'data',
        'features',
        'metric',
        'gate',
        'approval',
        'made from',
      ]),
    );
    const parts = lines.map(([part]) => part).filter((part, at, all) => all.indexOf(part) === at);
    expect(parts).toEqual([
      ...['part', 'parameter', 'data', 'features', 'metric', 'gate', 'approval', 'made from'],
    ]);
    const about = (name: string) => lines.find(([, what]) => what === name)?.slice(2);
    expect(about('depth')).toEqual(['4', '5']);
    expect(about('rounds')).toBeUndefined();
    expect(about('seed')).toEqual(['7', '–']);
    expect(about('auc')).toEqual(['0.65', '0.66']);
    expect(about('auc min 0.6')).toEqual(['fail', 'pass, skipped']);
    expect(about('feature version')?.[1]).toBe('f2');
    expect(about(dataset.dataset)?.[1]).toMatch(/^12,345 rows, [0-9a-f]{12}$/);
  });

  it('count what else differs, and list none of it', () => {
    const later = { ...v2, registeredAt: '2027-01-01T00:00:00Z', lineage: run({ startedAt: 'later' }) };
    const text = say(record, later);
    expect(text).toContain('nothing of parameters, data, metrics, gates or approvals differs');
    expect(text).toContain('2 facts of the records differ in all');
    expect(text).not.toContain('2027');
    expect(say(record, v2)).toBe(
      `churn, v${record.version} against v2: nothing of parameters, data, metrics, gates or approvals differs`,
    );
  });

  it('cannot be steered by what a record says', () => {
    const hostile = '\u001b[2J\r\n  fake  row\u202e';
    const text = say(record, { ...v2, description: hostile, fallback: hostile });
    expect(text).not.toMatch(/[^\P{C}\n]/u);
    expect(text).not.toMatch(/^ {2}fake/m);
  });
});
