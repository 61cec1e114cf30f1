import { load } from 'js-yaml';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../config/policy-file.ts';
import { InputError } from '../error/error.ts';
import { toClaimedRun } from '../evidence/claimed-run.ts';
import type { EndpointState, ModelState, VersionRecord, VersionState } from '../registry/ledger.ts';
import { renderModelCard } from './card.ts';
import { renderCheck } from './check.ts';
import { renderComment } from './comment.ts';
import { renderLedgerReadme } from './front-page.ts';
import {
  brokenData,
  commit,
  digest,
  rita,
  sampleJudgement,
  sampleMetric,
  sampleRun,
  sampleValidation,
} from './sample.fixture.ts';
import { renderSummary } from './summary.ts';
import { renderError, renderFindings, renderJobTerminal, renderTerminal } from './terminal.ts';
import { verdictReports } from './verdict-sample.fixture.ts';

interface Node {
  readonly type: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}
const flatten = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(flatten)];
const nodesOf = (markdown: string) =>
  flatten(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node);

const approval = {
  reviewId: 1,
  reviewer: rita,
  role: 'reviewer',
  commit: commit('9'),
  submittedAt: '2026-11-21T10:51:00Z',
  checkRunId: 4,
  checkCompletedAt: '2026-11-21T10:42:00Z',
};

const record = (version: number, changes: Partial<VersionRecord> = {}): VersionRecord => ({
  v: 1,
  model: 'flight-delay',
  version,
  registeredAt: '2026-11-21T11:00:00Z',
  artifact: sampleRun.artifact,
  runRecordDigest: digest('f'),
  lineage: {
    repository: 'acme/flights',
    pullRequest: 12,
    codeCommit: commit('9'),
    mergeCommit: commit('a'),
    datasets: [
      {
        dataset: 'flights',
        dataDigest: digest('d'),
        contractDigest: digest('8'),
        rows: 1_204_118,
        record: digest('6'),
        source: 'Bureau of | Transportation',
      },
    ],
    heldOut: { featuresDigest: digest('3'), labelsDigest: digest('4'), rows: 490_188 },
    run: toClaimedRun(sampleRun),
    trainedBy: { runId: 8812, runAttempt: 1 },
  },
  predictions: { digest: digest('5'), featuresDigest: digest('3') },
  predictCommand: 'node predict.mjs',
  metrics: [{ ...sampleMetric(0.658, 0.65), against: 1 }],
  gates: [
    {
      gate: 'auc min 0.6',
      metric: 'auc',
      ...{ slice: null, set: 'held-out' },
      result: 'pass',
      found: '0.658',
      required: 'at least 0.6',
      because: 'it is',
      answer: null,
      rowsNeeded: null,
      against: 1,
    },
  ],
  validation: [{ dataset: 'flights', verdict: 'pass', failures: 0, warnings: 2 }],
  quality: 'judged',
  task: 'binary-classification',
  endpoints: ['eu'],
  owners: { users: ['omar'], teams: ['acme/ml'] },
  contributors: [],
  risk: 'limited',
  description: 'How likely a flight arrives late.',
  limitations: 'Knows nothing of weather.',
  featureVersion: 'unknown',
  servingImage: 'unknown',
  fallback: 'unknown',
  approvals: [approval],
  ...changes,
});

const versionState = (
  version: number,
  stage: VersionState['stage'],
  changes: Partial<VersionRecord> = {},
): VersionState => ({
  record: record(version, changes),
  stage,
  since: '2026-11-21T11:00:00Z',
  wasInProductionAt: stage === 'production' ? ['eu'] : [],
  deployments:
    stage === 'production'
      ? [
          {
            endpoint: 'eu',
            from: '2026-11-22T09:14:00Z',
            until: null,
            pullRequest: 13,
            how: 'promoted',
            approvals: [{ ...approval, role: 'owner' }],
          },
        ]
      : [],
});

const endpoint = (changes: Partial<EndpointState> = {}): EndpointState => ({
  endpoint: 'eu',
  champion: 2,
  previous: 1,
  artifactDigest: digest('e'),
  since: '2026-11-22T09:14:00Z',
  by: { pullRequest: 13, mergedBy: rita, seq: 4 },
  fallback: 'unknown',
  rollout: 'all',
  ...changes,
});

const state = (changes: Partial<ModelState> = {}): ModelState => ({
  model: 'flight-delay',
  versions: new Map([
    [1, versionState(1, 'archived')],
    [2, versionState(2, 'production')],
  ]),
  endpoints: new Map([['eu', endpoint()]]),
  lastSeq: 5,
  lastHash: digest('0'),
  lastAt: '2026-11-22T09:14:00Z',
  heldOut: new Map(),
  looks: new Map(),
  charges: new Map(),
  operations: new Set(),
  requests: new Set(),
  ...changes,
});

describe('renderModelCard', () => {
  const card = renderModelCard(state(), 2);
  const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(card) ?? [];

  it('reads as the golden file', async () => {
    await expect(card).toMatchFileSnapshot('golden/card.txt');
  });

  it('has front matter that Hugging Face reads: model-index with task, dataset and metrics', () => {
    expect(load(front)).toMatchObject({
      tags: ['binary-classification', 'risk-limited', 'gatehouse'],
      'model-index': [
        {
          name: 'flight-delay-v2',
          results: [
            {
              task: { type: 'tabular-classification' },
              dataset: { name: 'held-out', type: 'acme/flights/held-out' },
              metrics: [{ type: 'auc', value: 0.658 }],
            },
          ],
        },
      ],
    });
  });

  it('quotes in front matter what YAML 1.1 readers take for something else', () => {
    const odd = renderModelCard(
      state({
        versions: new Map([[1, versionState(1, 'staging', { risk: 'yes', task: 'no' })]]),
        endpoints: new Map(),
      }),
      1,
    );
    expect(odd).toMatch(/- ['"]no['"]/);
  });

  it.each([
    'How likely a flight arrives late.',
    'Knows nothing of weather.',
    'production at eu since 2026-11-22 09:14 UTC (v1 is the version to return to)',
    'omar, acme/ml',
    'promoted at eu',
    '490,188',
    '1,204,118',
    digest('e'),
    commit('9'),
    'judged',
  ])('says %s', (text) => {
    expect(body).toContain(text);
  });

  it('never has empty limits, never cuts long ones, and refuses a version that is not there', () => {
    const blank = state({ versions: new Map([[1, versionState(1, 'staging', { limitations: ' ' })]]) });
    expect(renderModelCard(blank, 1)).toContain('unknown: nobody has stated them');
    const long = 'word '.repeat(390).trim();
    const wordy = state({ versions: new Map([[1, versionState(1, 'staging', { limitations: long })]]) });
    expect(renderModelCard(wordy, 1)).toContain(long);
    expect(() => renderModelCard(state(), 3)).toThrow(InputError);
  });
});

describe('renderLedgerReadme', () => {
  it('shows every model, stage, endpoint, owner and since, sorted, with links that work in a clone', async () => {
    const other = state({
      model: 'churn',
      endpoints: new Map(),
      versions: new Map([[1, versionState(1, 'registered')]]),
    });
    const page = renderLedgerReadme([state(), other]);
    await expect(page).toMatchFileSnapshot('golden/front-page.txt');
    expect(page.indexOf('[`churn`]')).toBeLessThan(page.lastIndexOf('[`flight-delay`]'));
    const urls = nodesOf(page).flatMap(({ type, url }) => (type === 'link' ? [url] : []));
    expect(urls).toEqual([
      'models/flight-delay/MODEL_CARD.md',
      'models/churn/state.yml',
      'models/flight-delay/state.yml',
    ]);
    expect(renderLedgerReadme([state()], '../')).toContain('(../models/flight-delay/MODEL_CARD.md)');
  });

  it('is the same whatever the order of the models, and speaks for an empty ledger', () => {
    const models = ['c', 'a', 'b'].map((model) => state({ model }));
    expect(renderLedgerReadme(models)).toBe(renderLedgerReadme([...models].reverse()));
    expect(renderLedgerReadme([])).toContain('No model serves yet.');
  });

  it('leaves out an endpoint that nobody serves', () => {
    const idle = state({ endpoints: new Map([['eu', endpoint({ champion: null, previous: null })]]) });
    expect(renderLedgerReadme([idle])).toContain('0 endpoints served');
  });
});

const judged = {
  ...sampleJudgement(0.658),
  comparisons: [
    {
      against: 1,
      metrics: [sampleMetric(0.658, 0.65)],
      gates: record(2).gates.map(({ against: _, ...gate }) => gate),
      ...{ detail: null, explanation: null, behaviour: null },
    },
  ],
};

describe('renderSummary', () => {
  it.each([
    ['data that passes', renderSummary(sampleValidation([])), '### ✅ Pass: 1 dataset keeps its contract'],
    [
      'broken data',
      renderSummary(sampleValidation(brokenData)),
      '### ⛔ Data invalid: 1 of 1 dataset may not be used. Training does not start',
    ],
    [
      'no data',
      renderSummary({ ...sampleValidation([]), datasets: [] }),
      '### ⚠️ Not evaluated: no dataset was validated',
    ],
    ['a judgement', renderSummary(judged), '### ✅ Pass: `flight-delay` passes 1 gate'],
    [
      'one with gates that had nothing to compare with',
      renderSummary({
        ...judged,
        comparisons: judged.comparisons.map((comparison) => ({
          ...comparison,
          gates: (['pass', 'skipped', 'pass'] as const).flatMap((result) =>
            comparison.gates.map((gate) => ({ ...gate, result })),
          ),
        })),
      }),
      '### ✅ Pass: `flight-delay` passes 2 gates, 1 skipped',
    ],
    [
      'a failed one',
      renderSummary({ ...judged, version: 2, verdict: 'fail' }),
      '### ❌ Fail: `flight-delay v2` fails 0 of 1 gate',
    ],
    [
      'a training run',
      renderSummary({ kind: 'training', record: sampleRun }),
      '### Trained: `flight-delay`. What this job says is claimed and gates nothing',
    ],
  ])('of %s', (_name, summary, headline) => {
    expect(summary.split('\n')[0]).toBe(headline);
    for (const table of nodesOf(summary).filter(({ type }) => type === 'table')) {
      expect(new Set(table.children?.map(({ children }) => children?.length)).size).toBe(1);
    }
  });

  it('shows our own sentences whole: 400 characters of what, why and fix', () => {
    const sentence = (first: string) => `${first} ${'word '.repeat(79)}`.slice(0, 399).padEnd(400, '.');
    const [message, fix, because] = ['What', 'Fix', 'Why'].map(sentence);
    if (message === undefined || fix === undefined || because === undefined) throw new Error('three');
    const finding = { code: 'a/b', severity: 'fail', message, fix } as const;
    const gates = judged.comparisons.flatMap((comparison) =>
      comparison.gates.map((gate) => ({ ...gate, result: 'fail', because }) as const),
    );
    const result = {
      ...judged,
      verdict: 'fail',
      findings: [finding],
      comparisons: judged.comparisons.map((comparison) => ({ ...comparison, gates })),
    } as const;
    for (const shown of [renderSummary(result), renderJobTerminal(result)]) {
      for (const text of [message, fix, because]) expect(shown).toContain(text);
    }
    const rule = { rule: 'gates', state: 'refused', because, children: [] } as const;
    const decision = { ...verdictReports(1).fail.decision, findings: [finding], rules: [rule] };
    const report = { ...verdictReports(1).fail, decision };
    for (const text of [message, fix]) expect(renderComment(report)).toContain(text);
    expect(renderCheck(report).text).toContain(because);
  });

  it('stays far below the megabyte at which GitHub drops it', () => {
    const many = Array.from(
      { length: 20_000 },
      (_, at) =>
        ({ ...brokenData[0], severity: 'fail', code: 'data/nulls', message: `${at}`, fix: 'mend' }) as const,
    );
    expect(new TextEncoder().encode(renderSummary(sampleValidation(many))).length).toBeLessThan(900 * 1024);
  });
});

describe('values to copy', () => {
  it('stand unbroken: numbers, machines and digests of a training run', () => {
    const record = {
      ...sampleRun,
      runner: 'gpu-1',
      parameters: { rows: '1978941' },
      metrics: { auc: 0.658123456789 },
    };
    const summary = renderSummary({ kind: 'training', record });
    for (const value of ['gpu-1', '1978941', '0.658123456789', record.artifact.digest]) {
      expect(summary).toContain(`\`${value}\``);
    }
  });

  it.each(Object.entries(verdictReports(20)))('are as they are in the terminal: %s', (_verdict, report) => {
    expect(renderTerminal(report)).not.toContain('\u200B');
  });
});

describe('the terminal', () => {
  it('says the same sentences, in ASCII when asked', () => {
    const text = renderTerminal(verdictReports(2).fail);
    expect(text).toContain('❌ Fail: merging records nothing. flight-delay fails 3 of 3 gates');
    expect(text).not.toMatch(/[*`|<]/);
    const ascii = renderTerminal(verdictReports(2).fail, { ascii: true });
    expect(ascii).toMatch(/^[\n\x20-\x7e]*$/);
    expect(ascii).toContain('Fail: merging records nothing.');
    expect(renderJobTerminal(sampleValidation(brokenData))).toContain('data/nulls');
  });

  it('frames an error of configuration: place, line, mark, allowed, fix', () => {
    try {
      parsePolicy('version: 1\npreset: tean\n', '.github/gatehouse.yml');
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const lines = renderError(error).trimEnd().split('\n');
      expect(lines.slice(-6)).toEqual([
        '.github/gatehouse.yml:2:9 ❌ fail config/value preset is the text "tean". Did you mean "team"?',
        '  2 | preset: tean',
        '    |         ^',
        '  Found: the text "tean"',
        '  Allowed: small-team, team, regulated',
        '  Fix: Write team.',
      ]);
    }
    expect.assertions(1);
  });

  it('lets no escape sequence and no bidirectional mark through', () => {
    const text = renderFindings([
      {
        code: 'x\u001b[31m',
        severity: 'fail',
        message: 'a\u202eb\u0007\r\nc',
        excerpt: '\u001b]0;t\u0007',
        where: { file: 'f\n', line: 1, column: 1 },
        fix: 'y',
      },
    ]);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(renderFindings([])).toBe('');
  });

  it('shows an error without findings by its own words', () => {
    const error = new InputError('ARTIFACT_MISSING', 'there is no file', { hint: 'Train first.' });
    expect(renderError(error)).toContain('ARTIFACT_MISSING there is no file');
    expect(renderError(error)).toContain('Fix: Train first.');
  });
});
