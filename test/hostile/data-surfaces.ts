import { RE2JS } from 're2js';
import { parsePointer } from '../../adapters/dvc/pointer.ts';
import { parseExpression } from '../../core/config/expression-parser.ts';
import { matchesGlob } from '../../core/config/glob.ts';
import { parseLock } from '../../core/dvc/lock.ts';
import { parseManifest } from '../../core/dvc/manifest.ts';
import { parsePipeline } from '../../core/dvc/pipeline.ts';
import { parseLabels } from '../../core/evaluation/labels.ts';
import { parsePredictions } from '../../core/evaluation/predictions.ts';
import { parseClaimedMetricFile } from '../../core/training/claimed-metric-file.ts';
import { answerOf } from './reading.ts';
import type { Surface } from './surface.ts';

export const pointerText = `outs:\n- md5: ${'a'.repeat(32)}\n  size: 3\n  path: f.csv\n`;
export const manifestText = `[{"md5": "${'a'.repeat(32)}", "relpath": "x.csv"}]`;
export const pipelineText =
  'stages:\n  train:\n    cmd: node train.mjs\n    deps: [x.csv]\n    outs: [m.json]\n';
export const lockText = `schema: '2.0'\nstages:\n  train:\n    cmd: node train.mjs\n    outs:\n    - path: m.json\n      hash: md5\n      md5: ${'a'.repeat(32)}\n      size: 3\n`;

const metricsOf = {
  json: '{"auc": 0.7}',
  yaml: 'auc: 0.7\n',
  toml: 'auc = 0.7\n',
  tsv: 'step\tauc\n0\t0.7\n',
  csv: 'epoch,auc\n0,0.7\n',
} as const;

const text = (name: string, good: string, parse: (content: string) => unknown): Surface => ({
  name,
  good,
  read: (bytes) =>
    answerOf(() => {
      parse(Buffer.from(bytes).toString());
    }),
});

/** Longest path and text that patterns of a pull request are held against here. */
const longPath = `models/${'a'.repeat(4000)}!`;

/** Data, and what points to it; patterns, which somebody else chooses and we run. */
export const dataSurfaces: readonly Surface[] = [
  text('DVC pointer', pointerText, (content) => parsePointer(content, 'data/f.csv.dvc')),
  text('DVC manifest', manifestText, (content) => parseManifest(content, 'data/f.dvc')),
  text('DVC pipeline', pipelineText, (content) => parsePipeline(content, 'dvc.yaml')),
  text('DVC lock', lockText, (content) => parseLock(content, 'dvc.lock')),
  {
    name: 'predictions',
    good: 'key,score\na,0.5\nb,1\n',
    read: (bytes) =>
      answerOf(() => {
        parsePredictions(bytes, 'predictions.csv');
      }),
  },
  {
    name: 'labels',
    good: 'row,late\na,1\nb,0\n',
    read: (bytes) =>
      answerOf(() => {
        parseLabels(bytes, { key: 'row', label: 'late' });
      }),
  },
  ...(['json', 'yaml', 'toml', 'tsv', 'csv'] as const).map((ending) =>
    text(`metrics.${ending}`, metricsOf[ending], (content) =>
      parseClaimedMetricFile(content, `metrics.${ending}`),
    ),
  ),
  {
    name: 'glob',
    good: 'models/**',
    read: (bytes) =>
      answerOf(() => {
        matchesGlob([Buffer.from(bytes).toString()], longPath);
      }),
  },
  {
    name: 'pattern',
    good: '^a+$',
    read: (bytes) =>
      answerOf(() => {
        RE2JS.compile(Buffer.from(bytes).toString())
          .matcher(`${'a'.repeat(2000)}!`)
          .find();
      }),
  },
  {
    name: 'expression',
    good: 'hour < 6',
    read: (bytes) => {
      const read = parseExpression(Buffer.from(bytes).toString());
      return read.kind === 'fault' ? { kind: 'refused', codes: ['expression'] } : { kind: 'taken', harm: [] };
    },
  },
];
