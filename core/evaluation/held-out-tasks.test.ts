import { describe, expect, it } from 'vitest';
import { compareOnHeldOut } from './compare-on-held-out.fixture.ts';
import { type ConfigTexts, configOf, rowsOf, setsNamed, setTables, writeTable } from './held-out.fixture.ts';
import { readScoredModel, type ScoredModel } from './scored-model.ts';

describe('every task', () => {
  const keys = Array.from({ length: 300 }, (_, row) => `k${row}`);
  const compare = (texts: ConfigTexts, labels: string, mine: string, theirs: string) => {
    const config = configOf(texts);
    const rows = rowsOf(config, labels, null);
    const read = (text: string, who: string): ScoredModel => {
      const files = { predictions: Buffer.from(text), sets: new Map() };
      const { model, findings } = readScoredModel({
        ...{ files, who, config, sets: [], keys: rows.truth.keys, validation: null },
      });
      expect(findings).toEqual([]);
      return model as ScoredModel;
    };
    return compareOnHeldOut({
      ...{ config, gates: config.gates, minimumRows: 100, rows, attributions: null, measured: [] },
      ...{ against: 1, challenger: read(mine, 'challenger'), champion: read(theirs, 'v1') },
    });
  };
  const table = (columns: string, cells: (row: number) => readonly (string | number)[]) =>
    writeTable(
      columns.split(','),
      keys.map((key, row) => [key, ...cells(row).map(String)]),
    );
  const noise = (row: number, size: number) => size * (((row * 7919) % 101) / 100 - 0.5);

  it('many classes', () => {
    const classes = ['early', 'late', 'never'];
    const truth = (row: number) => row % 3;
    const says = (right: number) => (row: number) =>
      classes.map((_, at) => (at === truth(row) ? right : (1 - right) / 2));
    const { comparison } = compare(
      {
        task: 'multiclass-classification',
        gates:
          '[{ metric: f1-macro, min: 0.9 }, { metric: "recall:late", min: 0.9 }, { metric: log-loss, versus: not-worse, margin: 0.01 }]',
        rest: 'prediction: { classes: [early, late, never], sum-to-one: 0.001 }\n',
      },
      table('key,late', (row) => [classes[truth(row)] ?? '']),
      table('key,early,late,never', (row) => says(row % 20 === 0 ? 0.2 : 0.7)(row)),
      table('key,early,late,never', (row) => says(row % 4 === 0 ? 0.2 : 0.7)(row)),
    );
    expect(comparison.gates.map(({ result }) => result)).toEqual(['pass', 'pass', 'pass']);
    expect(comparison.detail?.threshold ?? null).toBeNull();
  });

  it('a number with its interval', () => {
    const says = (size: number) => (row: number) => {
      const value = row + noise(row, size);
      return [value.toFixed(3), (value - 3).toFixed(3), (value + 3).toFixed(3)];
    };
    const { comparison } = compare(
      {
        task: 'regression',
        gates:
          '[{ metric: mae, versus: better }, { metric: interval-coverage, min: 0.9 }, { metric: "pinball@0.9", max: 9 }, { metric: rmse, max: 2 }]',
      },
      table('key,late', (row) => [row]),
      table('key,prediction,low,high', says(2)),
      table('key,prediction,low,high', says(6)),
    );
    expect(
      comparison.gates
        .map(({ gate, result }) => `${gate}: ${result}`)
        .filter((text) => !text.endsWith('pass')),
    ).toEqual([]);
  });

  it('a ranking, its queries drawn together', () => {
    const relevance = (row: number) => (row % 10 === 0 ? 2 : row % 10 === 1 ? 1 : 0);
    const { comparison } = compare(
      {
        task: 'ranking',
        labels: ', group: query',
        gates: '[{ metric: "ndcg@5", versus: not-worse, margin: 0.02 }, { metric: mrr, min: 0.5 }]',
      },
      table('key,late,query', (row) => [relevance(row), `q${Math.floor(row / 10)}`]),
      table('key,score', (row) => [relevance(row) + noise(row, 0.5)]),
      table('key,score', (row) => [relevance(row) + noise(row, 5)]),
    );
    expect(comparison.gates.map(({ result }) => result)).toEqual(['pass', 'pass']);
  });

  it('examples with scores of the team: measured', () => {
    const { comparison } = compare(
      {
        task: 'scored-examples',
        gates: '[{ metric: "score:help", versus: not-worse, margin: 0.02 }]',
        rest: 'scorers: [{ name: help, higher-is-better: true }, { name: tone, higher-is-better: true }]\n',
      },
      table('key,id', (row) => [row]),
      table('key,help,tone', (row) => [0.8 + noise(row, 0.2), 0.5]),
      table('key,help,tone', (row) => [0.5 + noise(row, 0.3), 0.5]),
    );
    expect(comparison.gates.map(({ result }) => result)).toEqual(['pass']);
    expect(comparison.metrics.map(({ metric, grade }) => `${metric} ${grade}`)).toEqual([
      'score:help measured',
      'score:tone measured',
    ]);
  });

  it('holds classes and numbers against cases', () => {
    const suite = (expect: string) =>
      `version: 1\ngroups: [{ name: g, kind: edge, cases: [{ name: c, row: {}, expect: ${expect} }] }]\n`;
    const classes = 'prediction: { classes: [early, late], sum-to-one: 0.001 }\n';
    const gates = '[{ metric: accuracy, min: 0.1 }]';
    const judge = (texts: ConfigTexts, labels: string, said: string, about: string) => {
      const config = configOf(texts);
      const rows = rowsOf(
        config,
        labels,
        table('row,hour', (row) => [row]),
      );
      const key = [
        ...setTables(
          config,
          table('row,hour', (row) => [row]),
        ),
      ][0]?.[1]
        .split('\n')[1]
        ?.split(',')[0];
      const sets = new Map([['behaviour', Buffer.from(about.replace('KEY', key ?? ''))]] as const);
      const { model } = readScoredModel({
        ...{ files: { predictions: Buffer.from(said), sets }, who: 'challenger', config },
        ...{ sets: setsNamed('behaviour'), keys: rows.truth.keys, validation: null },
      });
      return compareOnHeldOut({
        ...{ config, gates: config.gates, minimumRows: 100, rows, attributions: null, measured: [] },
        ...{ against: null, challenger: model as ScoredModel, champion: null },
      }).comparison.behaviour?.groups[0]?.passed;
    };
    const many = { task: 'multiclass-classification', gates, rest: classes } as const;
    const labels = table('key,late', (row) => [row % 2 === 0 ? 'early' : 'late']);
    const says = table('key,early,late', () => [0.5, 0.5]);
    for (const [about, passed] of [
      ['0.2,0.8', 1],
      ['0.8,0.2', 0],
    ] as const) {
      const behaviour = suite('{ class: late }');
      expect(judge({ ...many, behaviour }, labels, says, `key,early,late\nKEY,${about}\n`)).toBe(passed);
    }
    const number = {
      task: 'regression',
      gates: '[{ metric: mae, max: 1 }]',
      behaviour: suite('{ max: 5 }'),
    } as const;
    const value = table('key,late', (row) => [row]);
    const predicted = value.replace('late', 'prediction');
    expect(judge(number, value, predicted, 'key,prediction\nKEY,4\n')).toBe(1);
    expect(judge(number, value, predicted, 'key,prediction\nKEY,6\n')).toBe(0);
  });
});
