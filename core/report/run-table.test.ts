import { describe, expect, it } from 'vitest';
import { makeRunRecord, sampleMachine } from '../evidence/run-record.fixture.ts';
import { digestOf } from '../json/canonical.ts';
import { compareRuns } from '../training/run-comparison.ts';
import type { ListedRun } from '../training/run-list.ts';
import { terminalWidth } from './columns.ts';
import { renderMarkdown } from './markdown.ts';
import { comparisonBlocks, runBlocks } from './run-blocks.ts';
import { trainingSections } from './run-section.ts';
import { renderRunTable, runListTable } from './run-table.ts';
import { renderText } from './text.ts';

const first = makeRunRecord({ parameters: { depth: 3, lr: 0.1 }, metrics: { auc: 0.66123456, loss: 0.4 } });
const second = makeRunRecord({
  runId: 502,
  outcome: 'out-of-memory',
  artifact: null,
  parameters: { depth: 9, lr: 0.1 },
  metrics: {},
  cost: null,
});
const evil = '<img src=x>|`[a](b)\n@all';
const hostile = makeRunRecord({
  runId: 503,
  parameters: { [evil]: evil, depth: evil },
  metrics: { [evil]: 1 },
  runner: evil,
});
const listed = (record: typeof second, ...places: readonly string[]): ListedRun => ({
  record,
  digest: digestOf(record),
  places,
});

describe('renderRunTable', () => {
  it('shows what the runs of a proposal differ in', () => {
    expect(renderText(renderRunTable([first, second])).split('\n')).toEqual([
      '  Run    Commit       auc  loss  depth  Time                Cost',
      '  501.1  aaaaaaa  0.66123   0.4  3       9 s  less than 0.01 USD',
      '  502.1  aaaaaaa        –     –  9       9 s                   –',
      '',
      'Claimed: stated by the training jobs, gating nothing. More: gatehouse runs compare',
    ]);
  });

  it('is nothing for a single run, and bounded for many', () => {
    expect(renderRunTable([first])).toEqual([]);
    const many = Array.from({ length: 40 }, (_, at) => makeRunRecord({ runId: at }));
    const [table, note] = renderRunTable(many);
    expect(table).toMatchObject({ rows: { length: 30 } });
    expect(note).toMatchObject({ text: [expect.stringMatching(/^10 runs more\. /)] });
  });

  it('lets nothing out of its cells that a training job made up', () => {
    const text = renderMarkdown([
      ...renderRunTable([first, hostile]),
      ...trainingSections(hostile).flatMap(({ blocks }) => blocks),
    ]);
    expect(text).not.toContain('<img');
    expect(text).not.toMatch(/[^\\]\]\(b\)/);
    expect(text).not.toMatch(/@all/);
  });
});

describe('in a terminal', () => {
  const long = makeRunRecord({
    model: `growth/${'churn'.repeat(10)}`,
    command: `python ${'x'.repeat(300)} --lr 2`,
    metrics: { 'validation/area-under-the-curve': 0.123456789 },
    parameters: { [`a.${'very.'.repeat(20)}long.name`]: 'v'.repeat(200) },
    machine: { ...sampleMachine, os: 'Windows' },
  });
  const runs = [
    listed(first, 'flight-delay@v7'),
    listed(second, 'gatehouse-model'),
    listed(long, 'gatehouse-trial-growth-churn-12'),
  ];
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));

  it('lists and compares runs within 100 columns', () => {
    const list = renderText([runListTable(runs, undefined)], { width: terminalWidth });
    expect(list).toMatch(/flight-delay .*501\.1 .*0\.66123 .* v7/);
    expect(widest(list)).toBeLessThanOrEqual(100);
    const facts = compareRuns(runs.map(({ record }) => record));
    const five = [...runs, runs[0], runs[1]] as readonly ListedRun[];
    for (const [shown, all] of [
      [runs, false],
      [five, true],
    ] as const) {
      const text = renderText(comparisonBlocks(shown, compareRuns(shown.map(({ record }) => record)), all), {
        width: terminalWidth,
      });
      expect(widest(text)).toBeLessThanOrEqual(100);
      expect(text).toContain('depth');
    }
    const text = renderText(comparisonBlocks(runs, facts, false));
    expect(text).not.toContain('trigger');
    expect(text).toMatch(/\d+ facts are the same in all of them \(--all shows them\)$/);
    expect(renderText(comparisonBlocks(runs, facts, true))).toContain('trigger');
  });

  it('shows one run with its attempts and the end of its history', () => {
    const point = first.history[0] as (typeof first.history)[0];
    const attempt = first.attempts[0] as (typeof first.attempts)[0];
    const record = makeRunRecord({
      history: Array.from({ length: 30 }, (_, at) => ({
        ...point,
        epoch: at,
        metrics: { loss: 1 / (at + 1) },
      })),
      attempts: [
        { ...attempt, outcome: 'lost-runner', how: 'the runner was lost' },
        { ...attempt, number: 2, resumedFrom: digestOf(1) },
      ],
      changedFiles: ['train.mjs'],
    });
    const text = renderText(runBlocks(listed(record, 'flight-delay@v7')));
    expect(text).toContain('the runner was lost');
    expect(text).toContain('loss 0.033333');
    expect(text).not.toContain('loss 0.1 ');
    expect(text).toContain('1 file: train.mjs');
    expect(text).toContain('node v24.21.0, python 3.11.2, 2 packages');
    expect(text).toContain('flight-delay@v7');
  });
});

it('the summary of a run says what is known and leaves out what is not', () => {
  const show = (over: Parameters<typeof makeRunRecord>[0]) =>
    renderText(trainingSections(makeRunRecord(over)).flatMap(({ blocks }) => blocks));
  const nothing = {
    samples: 0,
    peakMemoryMib: null,
    gpuUtilisation: null,
    gpuPeakMemoryMib: null,
    gpuEnergyWh: null,
  };
  const bare = show({
    runtimes: {},
    packages: [],
    usage: nothing,
    cost: null,
    seed: null,
    image: `acme/train@${digestOf(1)}`,
  });
  expect(bare).toMatch(/Software +no packages listed/);
  expect(bare).toMatch(/Use +not told/);
  expect(bare).toMatch(/Image +acme\/train@sha256:/);
  for (const absent of ['Cost', 'Seed', 'Not as in the commit']) expect(bare).not.toContain(absent);
  expect(show({ usage: null })).not.toContain('Use ');
  expect(show({ cost: { amount: 12.345, currency: 'EUR', hourly: 2 } })).toMatch(/Cost +12\.3[45] EUR/);
});
