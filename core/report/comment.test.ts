import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../policy/decision.ts';
import { renderCheck } from './check.ts';
import { renderComment } from './comment.ts';
import { headlineOf } from './headline.ts';
import { parseMarker, parseState } from './marker.ts';
import type { Report } from './report.ts';
import {
  brokenData,
  commit,
  promotion,
  rita,
  sampleJudgement,
  sampleReport,
  sampleValidation,
} from './sample.fixture.ts';
import { phraseText } from './text.ts';
import { verdictReports } from './verdict-sample.fixture.ts';

interface Node {
  readonly type: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}
const parse = (markdown: string): Node =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
const flatten = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(flatten)];

const verdicts = ['pass', 'fail', 'data invalid', 'not evaluated', 'waiting'] as const;
const words = {
  pass: '✅ Pass',
  fail: '❌ Fail',
  'data invalid': '⛔ Data invalid',
  'not evaluated': '⚠️ Not evaluated',
  waiting: '⏳ Waiting',
};

describe.each(verdicts)('verdict %s', (verdict) => {
  it.each([1, 20])('reads as the golden file with %i gates', async (count) => {
    const name = `${verdict.replaceAll(' ', '-')}-${count}`;
    await expect(renderComment(verdictReports(count)[verdict])).toMatchFileSnapshot(
      `golden/comment-${name}.txt`,
    );
    const { summary, text, title } = renderCheck(verdictReports(count)[verdict]);
    await expect(`${title}\n\n${summary}\n\n${text}\n`).toMatchFileSnapshot(`golden/check-${name}.txt`);
  });

  it.each([1, 20, 600])('fits with %i gates and still has marker, headline, next step and state', (count) => {
    const report = verdictReports(count)[verdict];
    const body = renderComment(report);
    expect(body.length).toBeLessThanOrEqual(60_000);
    const lines = body.split('\n');
    expect(lines[0]).toBe('<!-- gatehouse:proposal:flight-delay; -->');
    expect(lines[1]?.startsWith(`### ${words[verdict]}: `)).toBe(true);
    expect(phraseText(headlineOf(report)).length).toBeLessThanOrEqual(110);
    expect(body).toContain('\n**Next**\n\n1. ');
    expect(parseState(body)).toMatchObject({ head: commit('9'), run: 8812, attempt: 1 });
    const check = renderCheck(report);
    expect([...check.title].length).toBeLessThanOrEqual(120);
    expect(check.summary.length).toBeLessThanOrEqual(60_000);
    expect(check.text.length).toBeLessThanOrEqual(60_000);
  });

  it('has tables without a ragged row, and links to the host of the report only', () => {
    const nodes = flatten(parse(renderComment(verdictReports(20)[verdict])));
    for (const table of nodes.filter(({ type }) => type === 'table')) {
      expect(new Set(table.children?.map(({ children }) => children?.length)).size).toBe(1);
    }
    const urls = nodes.flatMap(({ type, url }) => (type === 'link' ? [url ?? ''] : []));
    expect(urls.filter((url) => !url.startsWith('https://github.example/'))).toEqual([]);
  });
});

describe('what is left out', () => {
  it('is whole sections, and is said', () => {
    const body = renderComment(verdictReports(600).fail);
    expect(body).toContain('Left out to keep this short');
    expect(body.match(/<details>/g)?.length).toBe(body.match(/<\/details>/g)?.length);
    expect(flatten(parse(body)).filter(({ type }) => type === 'table').length).toBeGreaterThan(2);
  });
});

describe('the check', () => {
  it.each([
    ['pass', 'completed', 'success'],
    ['fail', 'completed', 'failure'],
    ['data invalid', 'completed', 'failure'],
    ['not evaluated', 'completed', 'action_required'],
    ['waiting', 'in_progress', null],
  ] as const)(
    'of %s is %s, %s: never neutral, which would let a merge pass',
    (verdict, status, conclusion) => {
      expect(renderCheck(verdictReports(1)[verdict])).toMatchObject({ status, conclusion });
    },
  );

  it('says the same later: no time in it', () => {
    const [now, later] = ['2026-11-21T10:42:08Z', '2026-11-22T10:42:08Z'].map((updatedAt) =>
      sampleReport({ report: { updatedAt } }),
    );
    expect(renderCheck(now as Report)).toEqual(renderCheck(later as Report));
    expect(parseState(renderComment(now as Report))).toEqual(parseState(renderComment(later as Report)));
  });

  it('annotates changed files only: the rule when the contract changed, else the data file', () => {
    const decision = { kind: 'refused', verdict: 'data invalid', findings: brokenData.slice(0, 1) } as const;
    const base = sampleReport({
      input: { validation: sampleValidation(brokenData), judgement: null },
      decision,
    });
    const withPaths = (paths: readonly string[]): Report => {
      const { change } = base.input;
      if (change.kind !== 'request') throw new Error('sample');
      const contentPaths = paths.map((path) => ({ path, before: null, after: commit('1'), mode: '100644' }));
      return { ...base, input: { ...base.input, change: { ...change, contentPaths } } };
    };
    expect(renderCheck(withPaths(['train.py'])).annotations).toEqual([]);
    expect(
      renderCheck(withPaths(['datasets/flights.yml'])).annotations.map(({ startLine, level }) => [
        startLine,
        level,
      ]),
    ).toEqual([
      [18, 'failure'],
      [24, 'warning'],
    ]);
    expect(renderCheck(withPaths(['data/flights-01.csv.dvc'])).annotations[0]).toMatchObject({
      path: 'data/flights-01.csv.dvc',
      startLine: 1,
      level: 'failure',
    });
  });
});

const decided = (decision: Partial<Decision>) => ({ decision });

describe('headlines', () => {
  it.each([
    [
      'a promotion',
      sampleReport({ moves: [promotion] }),
      '✅ Pass: merging this pull request puts flight-delay v2 into production at eu',
    ],
    [
      'a rollback',
      sampleReport({
        moves: [{ ...promotion, version: 1, from: 'archived', rollback: true }],
      }),
      '✅ Pass: merging this pull request returns endpoint eu to flight-delay v1',
    ],
    [
      'a fork',
      sampleReport({
        input: { fork: true, judgement: null },
        decision: {
          kind: 'refused',
          verdict: 'fail',
          findings: [{ code: 'request/fork', severity: 'fail', message: 'fork', fix: 'push it' }],
        },
      }),
      '🔒 Waiting for a maintainer: a pull request from a fork gets no GPU runner, secret or label',
    ],
    [
      'nothing',
      sampleReport(decided({ kind: 'nothing', moves: [] })),
      '⚪ Nothing to check: merging this pull request moves no model',
    ],
    [
      'a run that has not ended',
      sampleReport(
        decided({
          kind: 'waiting',
          verdict: 'waiting',
          rules: [{ rule: 'judgement', state: 'waiting', because: 'Run 8812 is queued.', children: [] }],
        }),
      ),
      '⏳ Waiting: running for 9999999: no result yet',
    ],
    [
      'a recorded promotion',
      sampleReport({
        moves: [promotion],
        report: { recorded: { ledgerUrl: 'https://github.example/c', files: ['a'], size: 1, root: 'r' } },
      }),
      '✅ Recorded: put flight-delay v2 into production at eu',
    ],
  ])('%s', (_name, report, headline) => {
    expect(phraseText(headlineOf(report))).toBe(headline);
    expect(renderComment(report)).toContain('<!-- gatehouse:state ');
  });

  it('says what a maintainer does for a fork, with commands to copy', () => {
    const findings = [{ code: 'request/fork', severity: 'fail', message: 'fork', fix: 'push it' }] as const;
    const body = renderComment(
      sampleReport({
        input: { fork: true, judgement: null },
        decision: { kind: 'refused', verdict: 'fail', findings },
      }),
    );
    expect(body).toContain('`git fetch origin pull/12/head:gatehouse/pull-12`');
    expect(body).toContain('`git push origin gatehouse/pull-12`');
  });

  it('links the files that were written', () => {
    const ledgerUrl = `https://github.example/acme/flights/commit/${commit('e')}`;
    const body = renderComment(
      sampleReport({
        report: {
          recorded: {
            ledgerUrl,
            files: ['models/flight-delay/versions/0002.yml'],
            size: 3,
            root: 'sha256:ab',
          },
        },
      }),
    );
    expect(body).toContain(
      `(https://github.example/acme/flights/blob/${commit('e')}/models/flight-delay/versions/0002.yml)`,
    );
    expect(body).not.toContain('If it is merged now');
    const verify = `gatehouse verify --ledger ${commit('e')} --anchor 3:sha256:ab`;
    expect(body).toContain(`\`\`\`text\ngit fetch origin\n${verify}\n\`\`\``);
    const shared = { ledgerUrl, files: ['audit/README.md'], size: 3, root: 'sha256:ab' };
    expect(renderComment(sampleReport({ report: { recorded: shared } }))).toContain(
      `--ledger ${commit('e')} --shared --anchor 3:sha256:ab\n`,
    );
  });

  it('shows a lost comparison with value, difference, interval, direction, requirement and reason', () => {
    const body = renderComment(
      sampleReport({
        input: { judgement: sampleJudgement(0.573) },
        decision: { kind: 'refused', verdict: 'fail' },
      }),
    );
    const row = body.split('\n').find((line) => line.includes('auc not-worse'));
    expect(row).toMatch(
      /0\.573 \| 0\.650 \| −0\.077 \(−0\.080 to −0\.074\) ▼ worse \| not worse than v1 by more than 0\.002 \| ❌ fail/,
    );
  });
});

describe('hostile names everywhere', () => {
  const nasty = fc
    .array(
      fc.constantFrom(
        '|',
        '\n',
        '<b>',
        '-->',
        '<!--',
        '@octocat',
        '#1',
        '`',
        '\\',
        '[x](javascript:1)',
        'https://evil.example',
        '</details>',
        '\u202e',
        'a',
        ' ',
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join(''));

  it('law: no name changes marker, state, folds, tables or links', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const person = { ...rita, login: name };
        const report = sampleReport({
          input: {
            validation: sampleValidation([
              {
                ...brokenData[0],
                code: name,
                severity: 'fail',
                message: name,
                column: name,
                found: name,
                allowed: name,
                examples: [name],
                reason: name,
                fix: name,
              },
            ]),
            refusals: [
              { code: name, severity: 'fail', message: name, where: { file: name, line: 3 }, fix: name },
            ],
            judgement: null,
          },
          decision: {
            kind: 'refused',
            verdict: 'data invalid',
            counted: [],
            uncounted: [{ reviewer: person, commit: name, submittedAt: name, because: name }],
            missing: [{ role: name, count: 1, candidates: [name] }],
            rules: [{ rule: name, state: 'refused', because: name, children: [] }],
          },
        });
        const body = renderComment(report);
        expect(parseMarker(body)).toEqual({ kind: 'proposal', model: 'flight-delay' });
        expect(parseState(body)).not.toBeNull();
        expect(body.match(/<!--/g)).toHaveLength(2);
        expect(body.match(/-->/g)).toHaveLength(2);
        expect(body.match(/<\/?details>/g)).toHaveLength(2);
        const nodes = flatten(parse(body));
        for (const table of nodes.filter(({ type }) => type === 'table')) {
          expect(new Set(table.children?.map(({ children }) => children?.length)).size).toBe(1);
        }
        const urls = nodes.flatMap(({ type, url }) => (type === 'link' ? [url ?? ''] : []));
        expect(urls.filter((url) => !url.startsWith('https://github.example/'))).toEqual([]);
        expect(nodes.filter(({ type }) => type === 'image')).toEqual([]);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
