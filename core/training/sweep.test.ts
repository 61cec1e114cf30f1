import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTrain } from '../config/train.fixture.ts';
import { ago, gpuModel, lostJob, makeJob, makeRun, makeSweep, noon } from './sweep.fixture.ts';
import { planSweep } from './sweep.ts';
import {
  emptyMemory,
  type SweepInput,
  type SweptJob,
  type SweptRun,
  type SweptRunner,
} from './sweep-facts.ts';

const actionsOf = (own: Partial<SweepInput>) => planSweep(makeSweep(own)).actions;
const failed = (own: Partial<SweptRun> = {}): SweptRun =>
  makeRun({ status: 'completed', conclusion: 'failure', jobs: [lostJob()], ...own });
const runner = (own: Partial<SweptRunner> = {}): SweptRunner => ({
  name: 'gpu-1',
  online: true,
  busy: false,
  labels: ['self-hosted', 'Linux', 'X64', 'gpu'],
  ...own,
});

describe('a training that takes too long', () => {
  it('is ended when it is past its limit and the grace', () => {
    const run = makeRun({ jobs: [makeJob({ startedAt: ago(71) })] });
    expect(actionsOf({ runs: [run] })).toEqual([
      {
        kind: 'cancel',
        run: 7,
        attempt: 1,
        url: run.url,
        because: 'It trains for 71 minutes; train.timeout-minutes allows 60.',
      },
    ]);
  });

  it('goes on within the grace: the job ends it itself', () => {
    expect(actionsOf({ runs: [makeRun({ jobs: [makeJob({ startedAt: ago(69) })] })] })).toEqual([]);
  });

  it('has the limit of the most patient model when nobody can tell which one it trains', () => {
    const patient = { model: 'churn', train: makeTrain({ timeoutMinutes: 600, runsOn: ['self-hosted'] }) };
    const other = { model: 'other', train: makeTrain({ timeoutMinutes: 6000, runsOn: ['tpu'] }) };
    const models = [gpuModel, patient, other];
    const run = (model: string | null, minutes: number) =>
      makeRun({ model, jobs: [makeJob({ startedAt: ago(minutes) })] });
    expect(actionsOf({ models, runs: [run('flight-delay', 100)] })).toHaveLength(1);
    expect(actionsOf({ models, runs: [run(null, 100)] })).toEqual([]);
    // Labels rule out the model that needs another machine.
    expect(actionsOf({ models, runs: [run(null, 700)] })).toHaveLength(1);
  });

  it('is ended over the budget of the policy, all attempts and jobs together', () => {
    const jobs = [
      makeJob({ status: 'completed', startedAt: ago(200), completedAt: ago(140) }),
      makeJob({ attempt: 2, startedAt: ago(50) }),
      makeJob({ attempt: 2, name: 'trial (2)', startedAt: ago(50) }),
    ];
    const run = makeRun({ attempt: 2, jobs });
    expect(actionsOf({ runs: [run], policy: { idleMinutes: 30, budgetHours: 3 } })).toEqual([]);
    expect(actionsOf({ runs: [run], policy: { idleMinutes: 30, budgetHours: 2.5 } })).toMatchObject([
      { kind: 'cancel', because: expect.stringContaining('2.7 hours together') },
    ]);
  });

  it('is ended over the budget in money, by the price of its labels', () => {
    const prices = { currency: 'EUR', hourly: { GPU: 4 } };
    const run = makeRun({ jobs: [makeJob({ startedAt: ago(50) }), makeJob({ name: 'b', labels: ['cpu'] })] });
    const policy = { idleMinutes: 30, prices };
    expect(actionsOf({ runs: [run], policy: { ...policy, budgetCost: 3.4 } })).toEqual([]);
    expect(actionsOf({ runs: [run], policy: { ...policy, budgetCost: 3.3 } })).toMatchObject([
      { kind: 'cancel', because: expect.stringContaining('cost 3.33 EUR together') },
    ]);
  });

  it('counts a job once that a later attempt took over', () => {
    const done = {
      status: 'completed',
      conclusion: 'success',
      startedAt: ago(150),
      completedAt: ago(60),
    };
    const jobs = [makeJob(done), makeJob({ ...done, attempt: 2 }), makeJob({ name: 'b', attempt: 2 })];
    const policy = { idleMinutes: 30, budgetHours: 2.2 };
    expect(actionsOf({ runs: [makeRun({ attempt: 2, jobs })], policy })).toEqual([]);
  });

  it('is left alone when its times cannot be read, or no model is known', () => {
    expect(actionsOf({ runs: [makeRun({ jobs: [makeJob({ startedAt: 'soon' })] })] })).toEqual([]);
    expect(actionsOf({ models: [], runs: [makeRun({ jobs: [makeJob({ startedAt: ago(9000) })] })] })).toEqual(
      [],
    );
  });

  it('is told to people when it goes on after it was asked to end', () => {
    const run = makeRun({ jobs: [makeJob({ startedAt: ago(100) })] });
    const asked = [{ run: 7, attempt: 1, what: 'cancel' as const, at: ago(20) }];
    const sweep = planSweep(makeSweep({ runs: [run], memory: { ...emptyMemory, asked } }));
    expect(sweep).toMatchObject({ actions: [], stubborn: [{ run: 7, since: ago(20) }] });
  });
});

describe('a training whose runner was lost', () => {
  it('is run again', () => {
    expect(actionsOf({ runs: [failed()] })).toMatchObject([
      { kind: 're-run', run: 7, attempt: 1, because: expect.stringContaining('allows attempt 2') },
    ]);
  });

  const onlyOnce = {
    ...gpuModel,
    train: { ...gpuModel.train, retry: { ...gpuModel.train.retry, attempts: 1 } },
  };
  const otherCauses = {
    ...gpuModel,
    train: { ...gpuModel.train, retry: { ...gpuModel.train.retry, causes: ['killed' as const] } },
  };
  const code: SweptJob = lostJob({
    steps: [{ status: 'completed', conclusion: 'failure' }],
    notes: ['Process completed with exit code 1.'],
  });
  it.each<[string, Partial<SweepInput>]>([
    ['its attempts are used up', { runs: [failed({ attempt: 3, jobs: [lostJob({ attempt: 3 })] })] }],
    ['its model wants one attempt', { runs: [failed()], models: [onlyOnce] }],
    ['its model does not name the cause', { runs: [failed()], models: [otherCauses] }],
    ['a newer commit is there', { runs: [failed({ isNewest: false })] }],
    ['its code failed', { runs: [failed({ jobs: [code] })] }],
    [
      'the code of another job failed besides',
      { runs: [failed({ jobs: [lostJob(), { ...code, name: 'trial (2)' }] })] },
    ],
    ['somebody cancelled the run', { runs: [failed({ conclusion: 'cancelled' })] }],
    ['it ended just now', { runs: [failed({ jobs: [lostJob({ completedAt: ago(0.5) })] })] }],
    ['what happened cannot be told', { runs: [failed({ jobs: [lostJob({ notes: null })] })] }],
    ['no model is known', { runs: [failed()], models: [] }],
    ['its budget is used up', { runs: [failed()], policy: { idleMinutes: 30, budgetHours: 0.3 } }],
    ['only an earlier attempt lost it', { runs: [failed({ attempt: 2, jobs: [lostJob()] })] }],
  ])('is not run again when %s', (_, own) => {
    expect(actionsOf(own)).toEqual([]);
  });

  it('waits twice as long after each attempt', () => {
    const run = (minutes: number) =>
      failed({ attempt: 2, jobs: [lostJob({ attempt: 2, completedAt: ago(minutes) })] });
    expect(actionsOf({ runs: [run(1.9)] })).toEqual([]);
    expect(actionsOf({ runs: [run(2.1)] })).toHaveLength(1);
  });
});

describe('an idle runner', () => {
  const sweepAt = (now: string, memory: SweepInput['memory'], own: Partial<SweepInput> = {}) =>
    planSweep(makeSweep({ now, memory, runners: [runner()], ...own }));

  it('is told after the minutes of the policy, as sweeps remember them', () => {
    const first = sweepAt(ago(40), emptyMemory);
    const second = sweepAt(ago(20), first.memory);
    const third = sweepAt(noon, second.memory);
    expect([first, second, third].map(({ idle }) => idle.length)).toEqual([0, 0, 1]);
    expect(third.idle).toEqual([{ name: 'gpu-1', labels: runner().labels, since: ago(40) }]);
  });

  const known = { ...emptyMemory, seen: ago(15), idle: { 'gpu-1': ago(90) } };
  it.each<[string, Partial<SweepInput>]>([
    ['works', { runners: [runner({ busy: true })] }],
    ['is offline', { runners: [runner({ online: false })] }],
    ['has no label of a model', { runners: [runner({ labels: ['self-hosted', 'build'] })] }],
    ['worked since', { runs: [failed({ jobs: [lostJob({ completedAt: ago(10) })] })] }],
    ['was not looked at for hours', { memory: { ...known, seen: ago(181) } }],
    ['is remembered from the future', { memory: { ...known, idle: { 'gpu-1': '2027-01-01T00:00:00Z' } } }],
    ['is remembered with no time', { memory: { ...known, idle: { 'gpu-1': 'for ever' } } }],
  ])('is not told when it %s', (_, own) => {
    expect(sweepAt(noon, known).idle).toHaveLength(1);
    expect(sweepAt(noon, own.memory ?? known, { runners: [runner()], ...own }).idle).toEqual([]);
  });

  it('needs a label that names more than a kind of system', () => {
    const models = [{ model: 'a', train: makeTrain({ runsOn: ['self-hosted', 'Linux'] }) }];
    expect(sweepAt(noon, known, { models }).idle).toEqual([]);
  });

  it('is not guessed when runners are not told', () => {
    expect(planSweep(makeSweep({ runners: null, memory: known }))).toMatchObject({
      idle: [],
      runnersTold: false,
      memory: { idle: {} },
    });
  });
});

describe('a job that no runner takes', () => {
  const queued = (minutes: number, own: Partial<SweptJob> = {}) =>
    makeRun({
      jobs: [makeJob({ status: 'queued', runner: null, startedAt: null, createdAt: ago(minutes), ...own })],
    });
  const unserved = (own: Partial<SweepInput>) => planSweep(makeSweep(own)).unserved;

  it('is told after the minutes of its model, with the labels that are missing', () => {
    expect(unserved({ runs: [queued(29)] })).toEqual([]);
    const runners = [runner({ name: 'a', labels: ['self-hosted'] }), runner({ name: 'b', online: false })];
    expect(unserved({ runs: [queued(31)], runners })).toMatchObject([
      { run: 7, missing: ['gpu'], since: ago(31) },
    ]);
  });

  it.each<[string, SweepInput['runners'], readonly string[] | null]>([
    ['nobody is online', [], ['self-hosted', 'gpu']],
    ['one is there and busy', [runner({ busy: true })], []],
    ['runners are not told', null, null],
  ])('says what is known when %s', (_, runners, missing) => {
    expect(unserved({ runs: [queued(60)], runners })).toMatchObject([{ missing }]);
  });

  it('is not one that waits for its turn, or was served', () => {
    expect(
      unserved({ runs: [queued(60, { status: 'pending' }), queued(60, { status: 'waiting' })] }),
    ).toEqual([]);
    expect(unserved({ runs: [makeRun()] })).toEqual([]);
  });
});

describe('laws of a sweep', () => {
  const minutes = fc.double({ min: -10, max: 3000, noNaN: true });
  const time = fc.oneof(minutes.map(ago), fc.constant('never'));
  const job = fc.record({
    name: fc.constantFrom('train', 'trial (1)', 'trial (2)'),
    attempt: fc.integer({ min: 1, max: 4 }),
    labels: fc.subarray(['self-hosted', 'gpu', 'tpu']),
    runner: fc.constantFrom('gpu-1', 'gpu-2', null),
    status: fc.constantFrom('queued', 'in_progress', 'completed', 'waiting'),
    conclusion: fc.constantFrom('success', 'failure', 'cancelled', null),
    steps: fc.array(
      fc.record({
        status: fc.constantFrom('completed', 'in_progress'),
        conclusion: fc.constantFrom('success', 'failure', 'cancelled', null),
      }),
      { maxLength: 3 },
    ),
    notes: fc.oneof(
      fc.constant(null),
      fc.array(fc.constantFrom('x lost communication with the server', 'The operation was canceled.', 'no')),
    ),
    createdAt: time,
    startedAt: fc.oneof(time, fc.constant(null)),
    completedAt: fc.oneof(time, fc.constant(null)),
  });
  const run = fc.record({
    id: fc.integer({ min: 1, max: 5 }),
    attempt: fc.integer({ min: 1, max: 4 }),
    status: fc.constantFrom('queued', 'in_progress', 'completed'),
    conclusion: fc.constantFrom('success', 'failure', 'cancelled', null),
    url: fc.constant('https://github.test/run'),
    model: fc.constantFrom('flight-delay', 'unknown', null),
    isNewest: fc.boolean(),
    jobs: fc.array(job, { maxLength: 4 }),
  });
  const input: fc.Arbitrary<SweepInput> = fc.record({
    now: fc.constant(noon),
    runs: fc.uniqueArray(run, { maxLength: 4, selector: ({ id }) => id }),
    runners: fc.oneof(
      fc.constant(null),
      fc.array(
        fc.record({
          name: fc.constantFrom('gpu-1', 'gpu-2', '__proto__'),
          online: fc.boolean(),
          busy: fc.boolean(),
          labels: fc.subarray(['self-hosted', 'gpu']),
        }),
      ),
    ),
    models: fc.subarray([gpuModel, { model: 'other', train: makeTrain({ runsOn: ['tpu'] }) }]),
    policy: fc.record({
      idleMinutes: fc.constant(30),
      budgetHours: fc.double({ min: 0.1, max: 50, noNaN: true }),
    }),
    memory: fc.constant(emptyMemory),
  });

  it('a second sweep of the same facts asks for nothing, at any later time within a day', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 0, max: 1400 }), (first, later) => {
        const { memory, actions } = planSweep(first);
        const again = planSweep({ ...first, memory, now: ago(-later) }).actions;
        const known = new Set(actions.map(({ run: id, attempt, kind }) => `${id} ${attempt} ${kind}`));
        expect(again.filter(({ run: id, attempt, kind }) => known.has(`${id} ${attempt} ${kind}`))).toEqual(
          [],
        );
      }),
    );
  });

  it('asks for one thing of a run at most: an end while it goes on, another attempt when it failed', () => {
    fc.assert(
      fc.property(input, (facts) => {
        const { actions } = planSweep(facts);
        expect(new Set(actions.map(({ run: id }) => id)).size).toBe(actions.length);
        for (const { kind, run: id, attempt } of actions) {
          const found = facts.runs.find((one) => one.id === id);
          expect(found?.attempt).toBe(attempt);
          expect(found?.status === 'completed').toBe(kind === 're-run');
          if (kind === 're-run') {
            expect(found?.conclusion).toBe('failure');
            expect(found?.isNewest).toBe(true);
            expect(attempt).toBeLessThan(3);
          }
        }
      }),
    );
  });

  it('never tries a run again whose annotations could not be read', () => {
    fc.assert(
      fc.property(input, (facts) => {
        const blind = facts.runs.map((one) => ({
          ...one,
          jobs: one.jobs.map((each) => ({ ...each, notes: null })),
        }));
        expect(planSweep({ ...facts, runs: blind }).actions.filter(({ kind }) => kind === 're-run')).toEqual(
          [],
        );
      }),
    );
  });
});
