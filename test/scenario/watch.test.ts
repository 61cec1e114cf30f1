import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBatchState } from '../../core/report/batch-state.ts';
import { readArtifact } from '../../sandbox/actions-service/artifact-shelf.ts';
import type { Run } from '../../sandbox/actions-service/run.ts';
import { pointTo } from '../../sandbox/demo/flights-repository.ts';
import { silent } from '../../sandbox/demo/narrator.ts';
import { modelFiles } from '../../sandbox/demo/story/files.ts';
import { openPull, type Stage } from '../../sandbox/demo/story/stage.ts';
import { flights, startWorld, type World } from '../../sandbox/demo/world.ts';

const minute = 60_000;
const april = 'data/flights-2001-04.csv.dvc';
const contractPath = 'datasets/flights.yml';

/** As the README of the action shows it. On schedule the team's command brings a batch; on a push the data is looked at. */
const watcher = (sha: string): string => `name: watch
on:
  schedule: [{ cron: '0 6 * * *' }]
  workflow_dispatch:
  push: { branches: [main], paths: ['data/**.dvc'] }
permissions: {}
concurrency: { group: watch, cancel-in-progress: false }
jobs:
  watch:
    permissions: { contents: read, actions: read, issues: write }
    uses: acme/gatehouse/.github/workflows/watch-dataset.yml@${sha}
    with:
      dataset: flights
      ingest: \${{ github.event_name == 'schedule' }}
    secrets:
      source-credentials: \${{ secrets.SOURCE }}
`;

/** A source that answers with a file, or not at all; whoever asks must show the key. */
const fetchCommand = (source: string): string =>
  `test "$GATEHOUSE_SOURCE_CREDENTIALS" = open-sesame && cp ${source} data/flights-2001-05.csv`;

/** April once more as May: other rows, other days. */
const toMay = (april: string): string =>
  april.replaceAll('2001-04', '2001-05').replace(/^\d+/gm, (row) => String(Number(row) + 10_000_000));

describe('data without a pull request', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-watch-'));
  const source = join(folder, 'may.csv');
  let world: World;
  let stage: Stage;
  let mended = '';

  beforeAll(async () => {
    world = await startWorld({ folder: join(folder, 'world'), every: 200 });
    world.actions.configure(flights, { secrets: { SOURCE: 'open-sesame' } });
    stage = {
      world,
      tell: silent,
      pulls: new Map(),
      verifications: new Map(),
      seen: new Map(),
      afterStep: async () => {},
    };
    const ingest = `ingest: { command: ${JSON.stringify(fetchCommand(source))}, to: data }\n`;
    const files = {
      ...Object.fromEntries(Object.entries(world.setup).filter(([path]) => !(path in modelFiles(world)))),
      ...world.pointers,
      [contractPath]: `${world.setup[contractPath]?.trimEnd()}\n${ingest}`,
      '.github/workflows/watch.yml': watcher(world.gatehouseSha),
    };
    mended = world.pointers[april] ?? '';
    await world.people.ada.push(flights, 'main', 'Set up', files, null);
    await world.settle();
  }, 2 * minute);

  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }, minute);

  const issues = () =>
    [...world.hub.repository(flights).issues.values()].filter(
      ({ author }) => author.login === 'github-actions[bot]',
    );
  const comments = () =>
    [...world.hub.repository(flights).comments.values()].filter(({ issue }) => issue === issues()[0]?.number);
  const lastRun = (event: string): Run => {
    const run = [...world.actions.runs.values()].filter((one) => one.event === event).at(-1);
    if (run === undefined) throw new Error(`no run for ${event}`);
    return run;
  };
  const logOf = (run: Run) => [...world.actions.logsOf(run.id).values()].join('\n');
  const push = async (message: string, edit: Readonly<Record<string, string>>) => {
    await world.people.eve.push(flights, 'main', message, edit, 'main');
    await world.settle();
    return lastRun('push');
  };
  const ranIn = (run: Run) =>
    [...world.actions.service.jobs.values()]
      .filter((job) => job.run.id === run.id && job.conclusion === 'success')
      .map(({ name }) => name);

  it('opens no issue while the data keeps its contract', () => {
    expect(logOf(lastRun('push'))).toContain('Verdict: pass');
    expect(lastRun('push').conclusion).toBe('success');
    expect(issues()).toEqual([]);
  });

  it(
    'opens one issue when a pushed pointer leads to data that breaks its contract',
    async () => {
      const damaged = await pointTo(
        world.files.damaged,
        'flights-2001-04.csv',
        join(world.folder, 'dvc-remote'),
      );
      const run = await push('Use the new export of April', { [april]: damaged });
      expect(run.conclusion).toBe('failure');
      expect(issues()).toMatchObject([
        { state: 'open', title: 'Dataset flights: nothing trains on it as it stands' },
      ]);
      const body = issues()[0]?.body ?? '';
      for (const part of [
        '### ⛔ Data invalid',
        'data/column-missing',
        'Owner of the contract: @omar',
        `/actions/runs/${run.id})`,
      ])
        expect(body).toContain(part);
      expect(parseBatchState(body)?.refused).toHaveLength(1);
    },
    minute,
  );

  it(
    'lets no model train on it',
    async () => {
      const { comment } = await openPull(stage, {
        name: 'v1',
        by: 'ben',
        title: 'Propose a model',
        edit: modelFiles(world),
      });
      expect(comment).toContain('### ⛔ Data invalid: training did not start');
      const [run] = [...world.actions.runs.values()].filter(({ event }) => event === 'pull_request');
      expect(run === undefined ? [] : ranIn(run)).not.toContain('train');
    },
    minute,
  );

  it(
    'updates the one issue, without a comment, when the same is found again',
    async () => {
      await world.people.ada.ask('POST', `/repos/${flights}/actions/workflows/watch.yml/dispatches`, {
        ref: 'main',
      });
      await world.settle();
      expect(lastRun('workflow_dispatch').conclusion).toBe('failure');
      expect(issues()).toHaveLength(1);
      expect(comments()).toEqual([]);
      expect(issues()[0]?.body).toContain('in 2 runs in a row');
    },
    minute,
  );

  it(
    'closes the issue when the data is mended, with a comment that says so',
    async () => {
      const run = await push('Go back to the export of before', { [april]: mended });
      expect(run.conclusion).toBe('success');
      expect(issues()).toMatchObject([{ state: 'closed' }]);
      expect(comments().map(({ body }) => body)).toEqual([
        expect.stringContaining('Closed: ✅ Pass: `flights` keeps its contract'),
      ]);
    },
    minute,
  );

  it(
    'refuses the same batch in a pull request, by the closed issue',
    async () => {
      const damaged = await pointTo(
        world.files.damaged,
        'flights-2001-04.csv',
        join(world.folder, 'dvc-remote'),
      );
      // Another text of the pointer, the same data.
      const { comment } = await openPull(stage, {
        name: 'again',
        by: 'ben',
        title: 'Use it after all',
        edit: { [april]: `${damaged}# reviewed\n` },
      });
      expect(comment).toContain('data/batch-refused');
      expect(comment).toContain(`issue ${issues()[0]?.number}`);
    },
    minute,
  );

  it(
    'opens the issue again when no batch comes in, and keeps training free on what is there',
    async () => {
      await world.actions.strike(flights, 'ada');
      await world.settle();
      const run = lastRun('schedule');
      expect(logOf(run)).toContain('Verdict: fail');
      expect(issues()).toMatchObject([{ state: 'open', title: 'Dataset flights: no new batch came in' }]);
      expect(issues()[0]?.body).toContain('data/ingest-failed');
      expect(parseBatchState(issues()[0]?.body ?? '')?.refused).toHaveLength(1);
    },
    minute,
  );

  it(
    'takes a good batch in: data and records are kept, the pointer lies ready, the issue closes',
    async () => {
      writeFileSync(source, toMay(readFileSync(world.files.months[3] ?? '', 'utf8')));
      await world.actions.strike(flights, 'ada');
      await world.settle();
      const run = lastRun('schedule');
      expect(logOf(run)).toContain('Verdict: pass');
      expect(issues()).toMatchObject([{ state: 'closed' }]);
      const ready = world.actions.service.artifacts
        .listOf(run)
        .find(({ name }) => name === 'gatehouse-ready-flights');
      const files = ready === undefined ? {} : unzipSync(readArtifact(ready));
      const pointer = Buffer.from(files['files/data/flights-2001-05.csv.dvc'] ?? []).toString();
      const md5 = /md5: (\w{2})(\w{30})/.exec(pointer);
      expect(
        existsSync(join(world.folder, 'dvc-remote', 'files', 'md5', md5?.[1] ?? '', md5?.[2] ?? '')),
      ).toBe(true);
    },
    minute,
  );

  it(
    'refuses a bad batch before it is anywhere: not in the remote, nothing ready',
    async () => {
      writeFileSync(source, 'row,date,delay\n1,2001-05-01 10:00,99999\n');
      await world.actions.strike(flights, 'ada');
      await world.settle();
      const run = lastRun('schedule');
      expect(logOf(run)).toContain('Verdict: data invalid');
      expect(issues()[0]).toMatchObject({
        state: 'open',
        body: expect.stringContaining('the new batch of `flights` is refused'),
      });
      expect(world.actions.service.artifacts.listOf(run).map(({ name }) => name)).toEqual([
        'gatehouse-ingest-flights',
      ]);
      expect(parseBatchState(issues()[0]?.body ?? '')?.refused).toHaveLength(2);
    },
    minute,
  );

  it('says nothing on the way that GitHub would not say, and shows no secret', () => {
    expect(world.hub.violations).toEqual([]);
    const logs = [...world.actions.runs.values()].map(logOf).join('\n');
    expect(logs).not.toContain('open-sesame');
  });
});
