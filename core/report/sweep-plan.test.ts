import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ago, lostJob, makeJob, makeRun, makeSweep } from '../training/sweep.fixture.ts';
import { planSweep } from '../training/sweep.ts';
import { emptyMemory, type Sweep, type SweepInput, type SweptRunner } from '../training/sweep-facts.ts';
import type { IssuePlan, KeptIssue } from './issue-plan.ts';
import { causesOf, renderSweepSummary } from './sweep-issue.ts';
import { planSweepIssue } from './sweep-plan.ts';
import { emptySweepState, hasSweepMarker, parseSweepState, writeSweepState } from './sweep-state.ts';

const runner: SweptRunner = { name: 'gpu-1', online: true, busy: false, labels: ['self-hosted', 'gpu'] };
const queued = makeRun({
  jobs: [makeJob({ status: 'queued', runner: null, startedAt: null, createdAt: ago(45) })],
});

/** What GitHub holds after a plan was carried out. */
function apply(plan: IssuePlan, issue: KeptIssue | null): KeptIssue | null {
  if (plan.kind === 'nothing') return issue;
  return { number: 4, state: plan.state ?? 'open', body: plan.body };
}

function sweepWith(issue: KeptIssue | null, own: Partial<SweepInput>) {
  const memory = issue === null ? emptyMemory : (parseSweepState(issue.body)?.memory ?? emptyMemory);
  const sweep = planSweep(makeSweep({ ...own, memory }));
  const plan = planSweepIssue(issue, sweep);
  return { sweep, plan, issue: apply(plan, issue) };
}

describe('the issue of the sweeper', () => {
  it('is not made while there is nothing to tell and nothing to remember', () => {
    expect(sweepWith(null, {}).plan.kind).toBe('nothing');
  });

  it('is made closed to remember an idle runner, opened when it is idle too long, closed when it works', () => {
    const first = sweepWith(null, { now: ago(40), runners: [runner] });
    expect(first.plan).toMatchObject({
      kind: 'open',
      state: 'closed',
      title: 'Training runners: nothing to tell',
    });
    const soon = sweepWith(first.issue, { now: ago(35), runners: [runner] });
    expect(soon.plan.kind).toBe('nothing');
    const late = sweepWith(first.issue, { runners: [runner] });
    expect(late.plan).toMatchObject({
      kind: 'edit',
      state: 'open',
      title: 'Training runners: 1 idle runner',
      body: expect.stringContaining('`gpu-1`'),
      note: expect.stringContaining('Open again: '),
    });
    const end = sweepWith(late.issue, { runners: [{ ...runner, busy: true }] });
    expect(end.plan).toMatchObject({
      kind: 'edit',
      state: 'closed',
      note: expect.stringContaining('Closed: '),
    });
    expect(sweepWith(end.issue, { runners: [{ ...runner, busy: true }] }).plan.kind).toBe('nothing');
  });

  it('tells of a job without a runner, with what to change', () => {
    const { plan, issue } = sweepWith(null, {
      runs: [queued],
      runners: [{ ...runner, labels: ['self-hosted'] }],
    });
    expect(plan).toMatchObject({
      kind: 'open',
      state: 'open',
      title: 'Training runners: 1 job without a runner',
    });
    for (const part of [
      'No online runner that may be listed has `gpu`',
      '[run 7](https://github.test',
      '`train.runs-on`',
    ])
      expect(issue?.body).toContain(part);
    expect(
      sweepWith(issue, { runs: [queued], runners: [{ ...runner, labels: ['self-hosted'] }] }).plan.kind,
    ).toBe('nothing');
  });

  it('says which token would tell of runners', () => {
    const { issue } = sweepWith(null, { runs: [queued], runners: null });
    expect(issue?.body).toContain('`Administration: read`');
    expect(issue?.body).toContain('Runners are not told');
  });

  it('remembers what was asked for, and tells of a run that does not end', () => {
    const long = makeRun({ jobs: [makeJob({ startedAt: ago(200) })] });
    const first = sweepWith(null, { now: ago(20), runs: [long] });
    expect(first.sweep.actions).toHaveLength(1);
    expect(first.plan).toMatchObject({ kind: 'open', state: 'closed' });
    const second = sweepWith(first.issue, { runs: [long] });
    expect(second.sweep.actions).toEqual([]);
    expect(second.plan).toMatchObject({ state: 'open', title: 'Training runners: 1 run that does not end' });
    expect(second.issue?.body).toContain('force-cancel');
  });

  it('that somebody edited is written anew, and remembers nothing', () => {
    const { issue } = sweepWith(null, { now: ago(40), runners: [runner] });
    const edited = issue === null ? null : { ...issue, body: `${issue.body}\nthanks` };
    const { sweep, plan } = sweepWith(edited, { runners: [runner] });
    expect(sweep.idle).toEqual([]);
    expect(plan.kind).toBe('edit');
  });

  it('shows names as text, whatever they hold', () => {
    const evil = '`|</table><script>@acme/all --> [x](javascript:1)';
    const run = makeRun({ jobs: [makeJob({ ...queued.jobs[0], name: evil, labels: [evil] })] });
    const { issue, sweep } = sweepWith(null, { runs: [run], runners: [{ ...runner, name: evil }] });
    const shown = `${issue?.body.split('\n').slice(1, -1).join('\n')}${renderSweepSummary(sweep)}`;
    expect(sweep.unserved).toHaveLength(1);
    expect(shown).not.toMatch(/<script|@acme|-->|(?<!\\)\]\(javascript/);
    expect(parseSweepState(issue?.body ?? '')?.causes).toEqual(causesOf(sweep));
  });

  it('tells what is new and what is over while it stays open', () => {
    const busy = { ...runner, busy: true };
    const first = sweepWith(null, { runs: [queued], runners: [busy] });
    expect(first.issue?.body).toContain('A runner fits and is busy');
    const other = { ...queued, id: 8 };
    const second = sweepWith(first.issue, { runs: [other], runners: [busy] });
    const note = second.plan.kind === 'edit' ? second.plan.note : null;
    expect(note).toMatch(/^<!-- gatehouse:training-runners-note:1; -->\n⚠️/);
    expect(note).toContain('**New**\n\n- no runner takes job train of run 8');
    expect(note).toContain('**No longer**\n\n- no runner takes job train of run 7');
  });

  it('counts what it has no room for, and runs that do not end', () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ ...queued, id: at + 1 }));
    expect(sweepWith(null, { runs: many }).issue?.body).toContain('And 10 more.');
    const long = [1, 2].map((id) => makeRun({ id, jobs: [makeJob({ startedAt: ago(200) })] }));
    const first = sweepWith(null, { now: ago(20), runs: long });
    expect(renderSweepSummary(first.sweep)).toContain('end it');
    expect(sweepWith(first.issue, { runs: long }).plan).toMatchObject({
      title: 'Training runners: 2 runs that do not end',
    });
  });

  it('a summary says what was asked for and why', () => {
    const run = makeRun({ status: 'completed', conclusion: 'failure', jobs: [lostJob()] });
    const summary = renderSweepSummary(planSweep(makeSweep({ runs: [run] })));
    expect(summary).toContain('run its failed jobs again');
    expect(summary).toContain('train.retry allows attempt 2');
  });
});

describe('the memory in the issue', () => {
  const text = fc.string({ unit: 'binary' }).map((one) => one.toWellFormed());
  const state = fc.record({
    v: fc.constant(1 as const),
    changes: fc.nat(),
    causes: fc.array(text),
    memory: fc.record({
      seen: text,
      idle: fc.dictionary(
        text.filter((name) => !['__proto__', 'prototype', 'constructor'].includes(name)),
        text,
      ),
      asked: fc.array(
        fc.record({
          run: fc.nat(),
          attempt: fc.nat(),
          what: fc.constantFrom('cancel' as const, 're-run' as const),
          at: text,
        }),
      ),
    }),
  });

  it('forgets a runner whose name no reader takes, and nothing else', () => {
    const memory = { seen: 'x', idle: JSON.parse('{"prototype":"a","__proto__":"b","gpu":"c"}'), asked: [] };
    const line = writeSweepState({ v: 1, changes: 0, causes: [], memory });
    expect(parseSweepState(line)?.memory).toEqual({ seen: 'x', idle: { gpu: 'c' }, asked: [] });
  });

  it('comes back as it was written, and never ends the comment that it stands in', () => {
    fc.assert(
      fc.property(state, (one) => {
        const line = writeSweepState(one);
        expect(line.slice(4, -3)).not.toMatch(/[<>]|--/);
        expect(parseSweepState(`x\n${line}\n`)).toEqual({
          ...one,
          memory: { ...one.memory, idle: { ...one.memory.idle } },
        });
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '<!-- gatehouse:sweep {x} -->'],
    ['another version', writeSweepState(emptySweepState).replace('"v":1', '"v":2')],
    ['a changed field', writeSweepState(emptySweepState).replace('"asked":[]', '"asked":[{}]')],
    ['an idle runner without time', writeSweepState(emptySweepState).replace('"idle":{}', '"idle":{"a":1}')],
  ])('is none when the line holds %s', (_, line) => {
    expect(parseSweepState(line)).toBeNull();
  });

  it('is only looked for below our marker', () => {
    const { issue } = sweepWith(null, { runners: [runner] });
    expect(hasSweepMarker(issue?.body ?? '')).toBe(true);
    expect(hasSweepMarker(`hello\n${issue?.body}`)).toBeNull();
  });
});

describe('laws of the issue', () => {
  const facts = fc.record({
    runners: fc.oneof(
      fc.constant(null),
      fc.array(
        fc.record({ busy: fc.boolean() }).map(({ busy }) => ({ ...runner, busy })),
        { maxLength: 1 },
      ),
    ),
    runs: fc.subarray([queued, makeRun({ id: 8, jobs: [makeJob({ startedAt: ago(300) })] })]),
    minutes: fc.nat(60),
  });

  it('is open exactly while there is something to tell, and a second look changes nothing', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 6 }), (looks) => {
        let issue: KeptIssue | null = null;
        let at = 600;
        let last: Sweep | null = null;
        for (const { runners, runs, minutes } of looks) {
          at -= minutes;
          const own = { runners, runs, now: ago(at) };
          const done: ReturnType<typeof sweepWith> = sweepWith(issue, own);
          ({ issue } = done);
          last = done.sweep;
          expect(sweepWith(issue, own).plan.kind).toBe('nothing');
          expect(issue?.state ?? 'closed').toBe(causesOf(last).length > 0 ? 'open' : 'closed');
        }
      }),
      { numRuns: 60 },
    );
  });
});
