import { expect, it } from 'vitest';
import { type ConfigTexts, configOf } from './held-out.fixture.ts';
import { judgedMetrics } from './judged-metrics.ts';

const usual = ['auc', 'log-loss', 'brier', 'accuracy'];
const slices = 'slices: { declared: [{ column: carrier }] }\n';
const spoiled =
  'production-like: { seed: 1, corruptions: [{ name: lost, kind: missing, columns: [distance], share: 0.3 }] }\n';

it.each<[string, ConfigTexts, Partial<ReturnType<typeof judgedMetrics>>]>([
  [
    'gates first, then what is usual; latency and behaviour are of no row',
    { gates: '[{ metric: f1, min: 0.1 }, { metric: auc, min: 0.6 }, { metric: latency-p95, max: 9 }]' },
    { whole: ['f1', ...usual], slices: [], productionLike: [], groupColumns: [] },
  ],
  [
    'slices have the metrics of gates',
    { gates: '[{ metric: f1, min: 0.1 }]', rest: slices },
    { slices: ['f1'], productionLike: [] },
  ],
  [
    'a slice of its own gate comes first, and the slices key wins over gates of all rows',
    {
      gates: '[{ metric: f1, min: 0.1 }, { metric: recall, slice: carrier=AA, min: 0.2 }]',
      rest: 'slices: { declared: [{ column: carrier }], metrics: [auc] }\n',
    },
    { whole: ['f1', 'recall', ...usual], slices: ['recall', 'auc'] },
  ],
  [
    'production-like rows have what their gates ask for, and what is usual',
    {
      gates: '[{ metric: recall, drop: 0.1 }, { metric: mcc, set: production-like, min: 0.1 }]',
      rest: spoiled,
    },
    { whole: ['recall', 'mcc', ...usual], productionLike: ['recall', 'mcc', ...usual] },
  ],
  [
    'gaps between groups are of all rows',
    { gates: '[{ metric: disparate-impact-ratio, by: sex, min: 0.8 }]', rest: slices },
    { whole: ['disparate-impact-ratio by sex', ...usual], slices: [], groupColumns: ['sex'] },
  ],
  [
    'scores of the team are judged in slices as well',
    {
      task: 'scored-examples',
      gates: '[{ metric: "score:help", min: 0.1 }]',
      rest: `scorers: [{ name: help, higher-is-better: true }, { name: tone, higher-is-better: true }]\n${slices}`,
    },
    { whole: ['score:help', 'score:tone'], slices: ['score:help'] },
  ],
])('%s', (_, texts, wanted) => {
  const config = configOf(texts);
  expect(judgedMetrics(config, config.gates)).toMatchObject(wanted);
});
