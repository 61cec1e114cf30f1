import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import { linkFile, linkPull } from './address.ts';
import { namesOf, showTime } from './approval-sections.ts';
import { fitSections } from './budget.ts';
import { renderCheck } from './check.ts';
import { renderComment } from './comment.ts';
import { headlineOf } from './headline.ts';
import { showDuration } from './lineage-section.ts';
import { renderMarkdown } from './markdown.ts';
import { differenceOf } from './metric-text.ts';
import {
  brokenData,
  digest,
  promotion,
  registration,
  type SampleParts,
  sampleJudgement,
  sampleMetric,
  samplePolicy,
  sampleReport,
} from './sample.fixture.ts';
import { renderTerminal } from './terminal.ts';
import { phraseText, renderText } from './text.ts';

const titleOf = (parts: SampleParts) => phraseText(headlineOf(sampleReport(parts)));
const request = sampleReport().input.change;
if (request.kind !== 'request') throw new Error('the sample is a request');
const without = { ...request, proposal: false, moves: [], datasets: [], model: null };
const refusal = (message: string): Finding => ({
  code: 'request/move',
  severity: 'fail',
  message,
  fix: 'Ask for another.',
});
const refused = (message: string) =>
  ({ kind: 'refused', verdict: 'fail', findings: [refusal(message)] }) as const;

describe('headlines of rarer requests', () => {
  it.each<readonly [string, SampleParts, string]>([
    [
      'configuration',
      { moves: [], input: { change: { ...without, configuration: ['.github/gatehouse.yml'] } } },
      '✅ Pass: merging this pull request changes the rules of Gatehouse (1 file)',
    ],
    [
      'data alone',
      { moves: [], input: { change: { ...without, datasets: ['flights'] } } },
      '✅ Pass: merging this pull request changes the data of flights',
    ],
    [
      'neither',
      { moves: [], input: { change: without } },
      '✅ Pass: merging this pull request changes nothing that is governed',
    ],
    [
      'a move down',
      { moves: [{ ...promotion, from: 'production', to: 'archived' }] },
      '✅ Pass: merging this pull request moves flight-delay v2 from production to archived at eu',
    ],
    [
      'two moves',
      { moves: [promotion, { ...promotion, endpoint: 'us' }] },
      '✅ Pass: merging this pull request puts flight-delay v2 into production at eu and 1 more move',
    ],
    [
      'registered only',
      {
        input: { policy: { ...samplePolicy, proposal: { ...samplePolicy.proposal, onMerge: 'registered' } } },
      },
      '✅ Pass: merging this pull request registers a new version of flight-delay',
    ],
    [
      'a refused move',
      { input: { judgement: null }, decision: refused('A version that is rejected cannot move to staging') },
      '❌ Fail: merging records nothing. A version that is rejected cannot move to staging',
    ],
    [
      'a long refusal',
      { input: { judgement: null }, decision: refused('x'.repeat(200)) },
      '❌ Fail: merging records nothing. See what stands in the way',
    ],
    [
      'a long refusal of two clauses',
      {
        input: { judgement: null },
        decision: refused(
          'There is no models/flight-delay/readiness.yml on the base branch, and the policy requires it for production',
        ),
      },
      '❌ Fail: merging records nothing. There is no models/flight-delay/readiness.yml on the base branch',
    ],
    [
      'unreadable change',
      {
        input: { judgement: null, change: { kind: 'refused', findings: [refusal('No.')] } },
        decision: { ...refused('No.'), moves: [] },
      },
      '❌ Fail: merging records nothing. No',
    ],
    [
      'a registration recorded',
      { report: { recorded: { ledgerUrl: 'https://github.example/c', files: [], size: 1, root: 'r' } } },
      '✅ Recorded: registered a new version of flight-delay in staging',
    ],
    [
      'a version recorded',
      {
        report: {
          recorded: {
            ledgerUrl: 'https://github.example/c',
            files: [
              'models/other/versions/0007.yml',
              'models/flight-delay/state.yml',
              'models/flight-delay/versions/0002.yml',
            ],
            size: 1,
            root: 'r',
          },
        },
      },
      '✅ Recorded: registered flight-delay v2 in staging',
    ],
    [
      'two approvals missing',
      {
        decision: {
          kind: 'waiting',
          verdict: 'waiting',
          missing: [{ role: 'reviewer', count: 2, candidates: [] }],
        },
      },
      '⏳ Waiting: 1 of 3 approvals to register a new version of flight-delay in staging',
    ],
    [
      'evidence to come',
      { decision: { kind: 'waiting', verdict: 'waiting' } },
      '⏳ Waiting: for evidence on 9999999',
    ],
    [
      'data on its own',
      {
        moves: [],
        input: { change: { ...without, datasets: ['flights'] }, judgement: null },
        decision: { kind: 'refused', verdict: 'data invalid' },
      },
      '⛔ Data invalid: this data may not be used',
    ],
    [
      'a fault without words',
      {
        input: { judgement: null },
        decision: { kind: 'not evaluated', verdict: 'not evaluated', rules: [] },
      },
      '⚠️ Not evaluated: evidence is missing. This says nothing about the model',
    ],
  ])('%s', (_name, parts, title) => {
    expect(titleOf(parts)).toBe(title);
    expect(renderCheck(sampleReport(parts)).title).toBe(title);
  });

  it('tells what only time can meet beside what fails', () => {
    const report = sampleReport({ decision: refused('The model is too large') });
    const time = { rule: 'time', state: 'waiting', because: 'Frozen until Monday.', children: [] } as const;
    const held = { ...report, decision: { ...report.decision, rules: [...report.decision.rules, time] } };
    expect(renderComment(report)).not.toContain('waits all the same');
    expect(renderComment(held)).toContain('Then it waits all the same: Frozen until Monday.');
  });

  it('says what was done once it was merged', () => {
    const change = { ...without, configuration: ['.github/gatehouse.yml'] };
    const report = { ...sampleReport({ moves: [], input: { change } }), merged: true };
    expect(renderCheck(report).title).toBe('✅ Merged: changed the rules of Gatehouse (1 file)');
  });

  it('uses the comment of the configuration where no model is meant', () => {
    const report = sampleReport({
      moves: [],
      input: { model: null, change: { ...without, configuration: ['a', 'b'] } },
    });
    expect(renderComment(report).split('\n')[0]).toBe('<!-- gatehouse:configuration:repository; -->');
  });
});

describe('findings', () => {
  const workflow = `acme/${'a-long-name-'.repeat(9)}/.github/workflows/judge-model.yml@refs/tags/v1`;
  const allowed = `acme/${'another-name-'.repeat(9)}/.github/workflows/judge-model.yml`;
  const bodyOf = (finding: Partial<Finding>) => {
    const refusals = [{ ...refusal('The receipt names another workflow'), ...finding }];
    const report = sampleReport({ input: { judgement: null, refusals }, decision: refused('No.') });
    return { comment: renderComment(report).replaceAll('\u200B', ''), terminal: renderTerminal(report) };
  };

  it('say what was found, and what is allowed, whole', () => {
    for (const text of Object.values(bodyOf({ found: workflow, allowed }))) {
      expect(text).toContain(`The receipt names another workflow. Found: ${workflow}`);
      expect(text).toContain(allowed);
    }
  });

  it.each([
    ['found in the sentence', { message: 'It names run 7, not run 8.', found: 'run 7' }],
    ['nothing found', {}],
    ['an empty text', { found: ' ' }],
  ])('do not say it twice: %s', (_name, finding) => {
    expect(bodyOf(finding).comment).not.toContain('Found:');
  });
});

describe('next steps', () => {
  const stepsOf = (parts: SampleParts) =>
    renderComment(sampleReport(parts))
      .split('\n')
      .filter((line) => /^\d\. /.test(line));

  it('say to wait for the run, and to approve after the result', () => {
    const rules = [
      { rule: 'judgement', state: 'waiting', because: 'Run 8812 is in progress.', children: [] },
    ] as const;
    const missing = [{ role: 'reviewer', count: 1, candidates: ['rita'] }];
    expect(
      stepsOf({
        input: { judgement: null },
        decision: { kind: 'waiting', verdict: 'waiting', rules, missing },
      }),
    ).toEqual([
      '1. Run 8812 is in progress. This page follows by itself.',
      '2. Approve after the result is here: an approval counts only for a result that was there to see.',
    ]);
  });

  it('say how many and who, and nobody when nobody can', () => {
    const missing = [{ role: 'risk', count: 2, candidates: [] }];
    expect(stepsOf({ decision: { kind: 'waiting', verdict: 'waiting', missing } })[0]).toContain(
      '2 approving reviews as `risk`',
    );
    expect(phraseText(namesOf([]))).toBe('nobody who may approve this');
    expect(phraseText(namesOf(['a', 'b', 'c']))).toBe('a, b or c');
    expect(phraseText(namesOf(Array.from({ length: 12 }, (_, at) => `u${at}`)))).toContain(' or 2 more');
  });

  it('name stages.yml after a registration, and nothing after a promotion', () => {
    const recorded = {
      ledgerUrl: 'https://github.example/c',
      files: [...Array.from({ length: 39 }, () => 'a'), 'models/flight-delay/versions/0002.yml'],
      size: 1,
      root: 'r',
    };
    expect(stepsOf({ report: { recorded } })).toEqual([
      '1. To serve it, open a pull request that asks in `models/flight-delay/stages.yml` for v2 in production: `production: { eu: 2 }`.',
    ]);
    const onMerge = {
      ...samplePolicy,
      proposal: { ...samplePolicy.proposal, onMerge: 'registered' },
    } as const;
    expect(stepsOf({ report: { recorded }, input: { policy: onMerge } })).toEqual([
      '1. It is registered only. To serve it, first open a pull request that asks in `models/flight-delay/stages.yml` for v2 in staging: `staging: [2]`.',
      '2. After that is merged, open another one that asks for production: `production: { eu: 2 }`.',
    ]);
    const wide = { ...recorded, files: ['models/flight-delay/versions/12345.yml'] };
    expect(stepsOf({ report: { recorded: wide } })[0]).toContain('{ eu: 12345 }');
    expect(stepsOf({ report: { recorded }, moves: [promotion] })).toEqual([]);
    expect(renderComment(sampleReport({ report: { recorded } }))).toContain('and 10 files more');
  });

  it.each<readonly [string, SampleParts]>([
    ['rules', { moves: [], input: { change: { ...without, configuration: ['.github/gatehouse.yml'] } } }],
    ['data', { moves: [], input: { change: { ...without, datasets: ['flights'] } } }],
  ])('speak of the ledger for a move only, not for %s alone', (_name, parts) => {
    expect(stepsOf(parts)).toEqual(['1. Merge this pull request: no model moves by it.']);
    expect(renderCheck(sampleReport(parts)).summary).not.toContain('writes the ledger');
    expect(stepsOf({ moves: [promotion] })[0]).toContain(
      'Gatehouse decides once more and writes the ledger.',
    );
  });

  it('link the place of a fix where it is known', () => {
    const decision = { kind: 'refused', verdict: 'data invalid', findings: brokenData } as const;
    expect(stepsOf({ decision, input: { judgement: null } })[0]).toContain('/datasets/flights.yml#L18)');
  });
});

describe('figures', () => {
  it.each([
    [sampleMetric(0.66, 0.65), '+0.0100 (+0.0070 to +0.0130) ▲ better'],
    [{ ...sampleMetric(0.66, 0.65), higherIsBetter: false }, 'worse'],
    [sampleMetric(0.65, 0.65), 'may be chance'],
    [sampleMetric(0.65, null), '–'],
    [{ ...sampleMetric(0.66, 0.65), difference: Number.NaN }, '–'],
    [{ ...sampleMetric(0.66, 0.65), differenceInterval: null }, '+0.01 no interval: too few rows'],
    [{ ...sampleMetric(0.66, 0.65), differenceInterval: null, metric: 'size-bytes' }, '▲ better'],
  ])('%j', (metric, shown) => {
    expect(
      differenceOf(metric).replaceAll('0.010 (+0.007 to +0.013)', '0.0100 (+0.0070 to +0.0130)'),
    ).toContain(shown);
  });

  it('shows a gate whose metric was never computed as failed, with its reason', () => {
    const judgement = {
      ...sampleJudgement(0.66, null),
      comparisons: [
        { against: null, metrics: [], gates: [], detail: null, explanation: null, behaviour: null },
      ],
    };
    const body = renderComment(sampleReport({ input: { judgement } }));
    expect(body).toMatch(
      /auc min 0\.6` \| – \| – \| – \| at least 0\.6 \| ❌ fail \| The metric auc was not computed/,
    );
    expect(body).toContain('⚪ skipped: There is no champion to compare with');
    expect(body).toContain('No version serves yet');
  });

  it.each([
    [41_000, '41 s'],
    [600_000, '10 min'],
    [9_000_000, '2.5 h'],
    [Number.NaN, 'an unknown time'],
    [-1, 'an unknown time'],
  ])('%d ms is %s', (milliseconds, shown) => {
    expect(showDuration(milliseconds)).toBe(shown);
  });

  it('shows a time, and what is none as it is', () => {
    expect(showTime('2026-11-21T10:42:08.123Z')).toBe('2026-11-21 10:42 UTC');
    expect(showTime('yesterday')).toBe('yesterday');
  });
});

describe('renderers', () => {
  it('show a link only to web addresses and to own files', () => {
    const links = [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      '/etc',
      'a/../../b',
      'https://a.example/(x)|<y>',
    ].map((to) => renderMarkdown([{ kind: 'paragraph', text: [{ link: 'x', to }] }]));
    expect(links.slice(0, 5)).toEqual(['x', 'x', 'x', 'x', 'x']);
    expect(links[5]).toBe('[x](https://a.example/%28x%29%7c%3Cy%3E)');
    expect(renderMarkdown([{ kind: 'paragraph', text: [linkPull('https://github.example/a/b', 7)] }])).toBe(
      '[pull request 7](https://github.example/a/b/pull/7)',
    );
    expect(linkFile(sampleReport(), { file: 'a b/ü.yml' })).toMatchObject({
      to: expect.stringContaining('/a%20b/%C3%BC.yml'),
    });
  });

  it('close a fence only by themselves', () => {
    const text = renderMarkdown([{ kind: 'fence', language: 'text', lines: ['```', '````x', 'a\u202eb'] }]);
    expect(text).toBe('`````text\n```\n````x\nab\n`````');
    expect(renderText([{ kind: 'fence', language: 'text', lines: ['a\tb'] }])).toBe('  a b');
  });

  it('render every kind of block as text', () => {
    const text = renderText([
      { kind: 'heading', level: 2, text: ['Title'] },
      { kind: 'quote', text: ['quoted ', { strong: 'words' }, { prose: ' more' }] },
      { kind: 'list', items: [['one'], [{ code: 'two' }]] },
      { kind: 'small', text: [{ link: 'a link', to: 'https://x.example' }] },
    ]);
    expect(text).toBe('Title\n\nquoted words more\n\n  - one\n  - two\n\na link');
    expect(renderMarkdown([{ kind: 'quote', text: ['a'] }])).toBe('> a');
  });

  it('keep what must stay however small the limit is', () => {
    const section = (name: string, rank: number) => ({
      name,
      rank,
      blocks: [{ kind: 'paragraph', text: [`${name} `.repeat(50)] }] as const,
    });
    const body = fitSections(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name, rank) => section(name, rank)),
      10,
      'See the check.',
    );
    expect(body).toContain('a a a a');
    expect(body).not.toContain('b b b b');
    expect(body).toContain('b, c, d, e and 1 more. See the check.');
  });

  it('say for a rollback which champion comes back, and what replaces none', () => {
    const back = renderComment(
      sampleReport({ moves: [{ ...promotion, version: 1, from: 'archived', rollback: true }] }),
    );
    expect(back).toContain('+ eu: champion v1\n');
    const first = renderComment(
      sampleReport({ moves: [promotion], input: { ledger: { champions: [], artifacts: [] } } }),
    );
    expect(first).toContain('- eu: champion none');
    const second = renderComment(sampleReport({ moves: [promotion] }));
    expect(second).toContain('+ eu: champion v2, previous v1');
    expect(
      renderComment(sampleReport({ moves: [registration], decision: { subject: digest('1') } })),
    ).toContain('+ vN (the next number): staging');
  });
});
