import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetValidation } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { digestBytes } from '../json/canonical.ts';
import { daysLeft, type Look, refusalOf } from './batch-look.ts';
import { type BatchIssue, type BatchPlan, planBatchIssue } from './batch-plan.ts';
import {
  emptyBatchState,
  parseBatchMarker,
  parseBatchState,
  writeBatchMarker,
  writeBatchState,
} from './batch-state.ts';

const range: Finding = {
  code: 'data/range',
  severity: 'fail',
  message: 'A delay is over the limit.',
  column: 'delay',
  found: '99999',
  allowed: 'at most 1440',
  fix: 'Mend the delays.',
};
const nulls: Finding = { ...range, code: 'data/nulls', column: 'origin', fix: 'Fill in the origins.' };

interface Shape {
  readonly findings?: readonly Finding[];
  readonly subject?: Look['subject'];
  readonly run?: number;
  readonly batch?: string;
  readonly contract?: string;
  readonly expires?: string;
  readonly nothingCame?: boolean;
}

function look(shape: Shape = {}): Look {
  const { findings = [], subject = 'repository', run = 1, batch = 'a', contract = 'v1' } = shape;
  const validation: DatasetValidation = {
    dataset: 'flights',
    contractPath: 'datasets/flights.yml',
    contractDigest: digestBytes(contract),
    contractFrom: 'base',
    inherited: [],
    files: [{ path: 'data/f.csv.dvc', md5: batch.padEnd(32, '0'), blob: 'b'.repeat(40), sizeBytes: 9 }],
    dataDigest: digestBytes(batch),
    rows: 12_000,
    verdict: findings.length > 0 ? 'data invalid' : 'pass',
    findings,
    record: null,
  };
  return {
    dataset: 'flights',
    owner: { users: ['omar'], teams: ['acme/data'] },
    contractPath: 'datasets/flights.yml',
    expires: shape.expires ?? '2030-01-01',
    subject,
    result: shape.nothingCame ? { kind: 'nothing came', findings } : { kind: 'checked', validation },
    at: '2026-11-21T06:00:00Z',
    run: { id: run, attempt: 1 },
    branch: 'main',
    commit: 'c'.repeat(40),
    repositoryUrl: 'https://github.test/acme/flights',
  };
}

/** What GitHub would hold after a plan. */
function carryOut(issue: BatchIssue | null, plan: BatchPlan): BatchIssue | null {
  if (plan.kind === 'nothing') return issue;
  return { number: 7, state: plan.kind === 'open' ? 'open' : plan.state, body: plan.body };
}

function tell(shapes: readonly Shape[]) {
  const notes: string[] = [];
  let issue: BatchIssue | null = null;
  for (const [at, shape] of shapes.entries()) {
    const plan: BatchPlan = planBatchIssue(issue, look({ run: at + 1, ...shape }));
    if (plan.kind === 'edit' && plan.note !== null) notes.push(plan.note);
    issue = carryOut(issue, plan);
  }
  return { issue, notes, state: issue === null ? null : parseBatchState(issue.body) };
}

describe('the issue of a dataset', () => {
  it('is not opened for data that passes', () => {
    expect(planBatchIssue(null, look())).toMatchObject({ kind: 'nothing' });
  });

  it('says verdict, consequence, rule, owner, what to do and which data', () => {
    const plan = planBatchIssue(null, look({ findings: [range] }));
    if (plan.kind !== 'open') throw new Error(plan.kind);
    expect(plan.title).toBe('Dataset flights: nothing trains on it as it stands');
    for (const part of [
      '### ⛔ Data invalid: nothing trains on `flights` as it stands on `main`',
      'data/range',
      'Mend the delays',
      'change `datasets/flights.yml` in a pull request that its owner approves',
      'Owner of the contract: @acme/data, @omar',
      'actions/runs/1)',
      `data \`${digestBytes('a')}\``,
    ])
      expect(plan.body).toContain(part);
  });

  it('is edited without a comment while the same rules fail, and counts the runs', () => {
    const { notes, state } = tell([{ findings: [range] }, { findings: [range] }, { findings: [range] }]);
    expect(notes).toEqual([]);
    expect(state?.causes.repository).toMatchObject({ looks: 3, run: 3, rules: ['data/range delay'] });
  });

  it('speaks when another rule fails, when it closes, and when it opens again', () => {
    const { notes, issue } = tell([
      { findings: [range] },
      { findings: [range, nulls] },
      {},
      {},
      { findings: [nulls] },
    ]);
    expect(notes.map((note) => note.split('\n')[0])).toEqual([
      '<!-- gatehouse:dataset-note:flights:1; -->',
      '<!-- gatehouse:dataset-note:flights:2; -->',
      '<!-- gatehouse:dataset-note:flights:3; -->',
    ]);
    expect(notes[0]).toContain('Fails now: `data/nulls origin`');
    expect(notes[1]).toMatch(
      /Closed: ✅ Pass.*\n\nNo longer fails: `data\/nulls origin`, `data\/range delay`/,
    );
    expect(notes[2]).toContain('Open again: ⛔ Data invalid');
    expect(issue?.state).toBe('open');
  });

  it('stays open for a batch that did not come in, whatever the data on the branch is', () => {
    const failed: Finding = { ...range, code: 'data/ingest-failed', fix: 'See the log.' };
    const { issue, state } = tell([
      { subject: 'ingest', nothingCame: true, findings: [failed] },
      { subject: 'repository' },
    ]);
    expect(issue?.state).toBe('open');
    expect(issue?.body).toContain('What was to come in failed besides');
    expect(state?.refused).toEqual([]);
    expect(
      tell([{ subject: 'ingest', nothingCame: true, findings: [failed] }, { subject: 'ingest' }]).issue
        ?.state,
    ).toBe('closed');
  });

  it('warns thirty days before the retention ends, and of nothing sooner', () => {
    expect(daysLeft({ at: '2026-11-21T06:00:00Z', expires: '2026-12-21' })).toBe(30);
    expect(daysLeft({ at: '2026-11-21T06:00:00Z', expires: '2026-12-22' })).toBeNull();
    expect(daysLeft({ at: '2026-11-21T06:00:00Z', expires: '2026-11-20' })).toBeNull();
    const { issue } = tell([{ expires: '2026-12-01' }]);
    expect(issue?.body).toContain('the retention of `flights` ends on 2026-12-01');
    expect(issue?.body).toContain('10 days left');
    expect(tell([{ expires: '2026-12-01' }, { expires: '2027-12-01' }]).issue?.state).toBe('closed');
  });

  it('is never overwritten by an older run', () => {
    const { issue } = tell([{ run: 9, findings: [range] }]);
    expect(planBatchIssue(issue, look({ run: 8 }))).toMatchObject({ kind: 'nothing' });
    expect(planBatchIssue(issue, look({ run: 9 }))).toMatchObject({ kind: 'edit', state: 'closed' });
  });

  it('is written anew when somebody edited it, even if there is nothing to report', () => {
    const edited: BatchIssue = {
      number: 7,
      state: 'closed',
      body: `${writeBatchMarker('flights')}\nmine now`,
    };
    expect(planBatchIssue(edited, look())).toMatchObject({ kind: 'edit', state: 'closed' });
  });
});

describe('a refused batch', () => {
  const refusal = (shape: Shape) => refusalOf(look(shape));

  it('stays refused after a better one came, until the same batch passes', () => {
    const bad = { findings: [range], batch: 'bad' };
    const { state } = tell([bad, { batch: 'good' }]);
    expect(state?.refused).toEqual([refusal({ batch: 'bad' })]);
    expect(tell([bad, { batch: 'good' }, { batch: 'bad' }]).state?.refused).toEqual([]);
  });

  it('is another one under another contract, and the same one in another file', () => {
    expect(refusal({ contract: 'v2' })).not.toBe(refusal({}));
    const renamed = look();
    if (renamed.result.kind !== 'checked') throw new Error('not checked');
    const [file] = renamed.result.validation.files;
    const files = [{ path: 'data/other.csv.dvc', md5: file?.md5 ?? '', blob: 'd'.repeat(40), sizeBytes: 1 }];
    const validation = { ...renamed.result.validation, files };
    expect(refusalOf({ ...renamed, result: { kind: 'checked', validation } })).toBe(refusal({}));
  });

  it('law: after any runs there is one issue, open exactly while something fails, and it refuses what failed last', () => {
    const shape = fc.record({
      findings: fc.subarray([range, nulls]),
      subject: fc.constantFrom('repository' as const, 'ingest' as const),
      batch: fc.constantFrom('a', 'b', 'c'),
    });
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 12 }), (shapes) => {
        const { issue, state, notes } = tell(shapes);
        const last = (subject: string) => shapes.findLast((each) => each.subject === subject);
        const failing = ['repository', 'ingest'].some((subject) => (last(subject)?.findings.length ?? 0) > 0);
        expect(issue?.state === 'open').toBe(failing);
        for (const batch of ['a', 'b', 'c']) {
          const newest = shapes.findLast((each) => each.batch === batch);
          const refused = (newest?.findings.length ?? 0) > 0;
          expect(state?.refused.includes(refusal({ batch }) ?? 'sha256:') ?? false).toBe(refused);
        }
        expect(new Set(notes.map((note) => note.split('\n')[0])).size).toBe(notes.length);
        expect(notes.length).toBeLessThan(Math.max(1, shapes.length));
      }),
    );
  });
});

describe('what the issue remembers', () => {
  it('is read back whatever stands in names of columns, and never ends the comment', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (rules) => {
        const cause = { since: '2026-11-21T06:00:00Z', looks: 1, run: 4, key: digestBytes(''), rules };
        const state = { ...emptyBatchState('flights'), causes: { repository: cause } };
        const line = writeBatchState(state);
        expect(line.slice(4, -3)).not.toMatch(/--|[<>]/);
        expect(parseBatchState(`x\n${line}\n`)).toEqual(state);
      }),
    );
  });

  it.each([
    ['another value', (line: string) => line.replace('"v":1', '"v":2')],
    ['a refusal that is no digest', (line: string) => line.replace('"refused":[]', '"refused":["all"]')],
    ['an unknown cause', (line: string) => line.replace('"causes":{}', '"causes":{"mine":{}}')],
    ['text behind it', (line: string) => `${line}\nmore`],
    ['no state', () => ''],
  ])('is not believed with %s', (_, change) => {
    const line = writeBatchState(emptyBatchState('flights'));
    expect(parseBatchState(line)).not.toBeNull();
    expect(parseBatchState(change(line))).toBeNull();
  });

  it('belongs to the dataset that the first line names, alone', () => {
    expect(parseBatchMarker(`${writeBatchMarker('flights')}\nx`)).toBe('flights');
    expect(parseBatchMarker(`x\n${writeBatchMarker('flights')}`)).toBeNull();
    expect(parseBatchMarker('<!-- gatehouse:dataset:../x; -->')).toBeNull();
    expect(() => writeBatchMarker('a; -->')).toThrow(expect.objectContaining({ code: 'MARKER' }));
  });
});
