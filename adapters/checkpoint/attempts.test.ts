import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAttempt } from '../../core/training/attempt.fixture.ts';
import { closeAttempts } from '../../core/training/attempt-log.ts';
import type { Run } from '../../sandbox/actions-service/run.ts';
import { type Bench, openBench } from '../../sandbox/runner/bench.ts';
import { downloadArtifact } from '../actions/artifact.ts';
import { openArtifactUploader } from '../artifact/upload.ts';
import { openAttemptRecorder, type RecorderOptions, readAttemptLog } from './attempts.ts';
import { restoreCheckpoint } from './restore.ts';
import { listRunArtifacts } from './run-artifacts.ts';
import { openCheckpointSaver } from './save.ts';
import { openShelf, type Shelf } from './shelf.fixture.ts';

let root: string;
let shelf: Shelf;
let lines: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'attempts-'));
  mkdirSync(join(root, 'shelf'));
  shelf = openShelf(join(root, 'shelf'));
  lines = [];
});
afterEach(() => rmSync(root, { recursive: true }));
const log = (line: string) => lines.push(line);
const now = () => new Date('2026-06-01T10:05:00.000Z');
const { durationMs: _, outcome: __, how: ___, ...begun } = makeAttempt();
const record = (own: Partial<RecorderOptions> = {}) =>
  openAttemptRecorder({
    key: 'churn',
    runId: 5,
    runAttempt: 1,
    earlier: [],
    uploader: shelf.uploader,
    now,
    log,
    ...own,
  });
const read = () => readAttemptLog('churn', 5, join(root, 'scratch'), { ...shelf, log });

describe('attempts that one job tells the next', () => {
  it('one that never ended was lost; the next job goes on counting', async () => {
    await record().begin(begun);
    const earlier = closeAttempts((await read()) ?? expect.fail());
    expect(earlier).toMatchObject([{ number: 1, outcome: 'lost-runner', durationMs: 300_000 }]);
    const second = record({ runAttempt: 2, earlier });
    await second.begin({ ...begun, number: 2, runAttempt: 2 });
    await second.end(makeAttempt({ number: 2, runAttempt: 2 }));
    expect(second.list().map(({ outcome }) => outcome)).toEqual(['lost-runner', 'done']);
    expect((await read())?.ended).toEqual(second.list());
    expect(shelf.names()).toEqual([
      ...['gatehouse-attempts-churn-1-1', 'gatehouse-attempts-churn-2-1', 'gatehouse-attempts-churn-2-2'],
    ]);
  });

  it("nothing is told where nothing can be uploaded, and no failure is the training's", async () => {
    const alone = record({ uploader: null });
    await alone.begin(begun);
    expect(alone.current().open).toEqual(begun);
    expect(await read()).toBe(null);
    await record({ uploader: { upload: () => Promise.reject(new Error('HTTP 500')) } }).begin(begun);
    expect(lines).toEqual(['A further job of this run will not know of this attempt: HTTP 500']);
  });

  it('passes over what cannot be read', async () => {
    await record().begin(begun);
    await shelf.put('gatehouse-attempts-churn-2-1', strToU8('no zip'));
    await shelf.put('gatehouse-attempts-churn-2-2', zipSync({ 'other.json': strToU8('{}') }));
    expect((await read())?.open).toEqual(begun);
    expect(lines).toHaveLength(2);
  });
});

describe('with the API of GitHub', () => {
  let bench: Bench;
  let run: Run;
  beforeAll(async () => {
    bench = await openBench();
    const steps = 'on: push\njobs: { up: { runs-on: ubuntu-latest, steps: [{ run: "true" }] } }\n';
    await bench.repository('one', { '.github/workflows/up.yml': steps }, { private: true });
    run = (await bench.settle())[0] as Run;
  });
  afterAll(() => bench.close());

  it('a job on another runner goes on from what the lost one kept safe', async () => {
    const { url, token } = bench.actions.service.grantRuntime(run);
    const opened = openArtifactUploader(
      { ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: token, GITHUB_SERVER_URL: bench.hub.url },
      { now, retentionDays: 3 },
    );
    if (opened.kind === 'none') throw new Error(opened.because);
    const { uploader } = opened;
    const [runId, folder] = [run.id, join(root, 'one')];
    mkdirSync(join(folder, 'ckpt'), { recursive: true });
    writeFileSync(join(folder, 'ckpt', 'model.pt'), 'weights');
    const recorder = record({ runId, uploader });
    await recorder.begin(begun);
    const saver = openCheckpointSaver({
      ...{
        workspace: root,
        folder: join(folder, 'ckpt'),
        scratch: join(root, 'a'),
        key: 'churn',
        runId,
        runAttempt: 1,
        everyMs: 1,
      },
      ...{ uploader, now, log, attempts: recorder.current, restored: null },
    });
    const digest = await saver.save();

    const permissions = { actions: 'read', contents: 'read' } as const;
    const jobToken = bench.hub.issueToken({ kind: 'job', repositoryId: run.repository.id, permissions });
    const api = { apiUrl: bench.hub.apiUrl, repository: 'acme/one', token: jobToken };
    const reader = {
      list: () => listRunArtifacts(api, runId),
      download: (id: number, file: string) => downloadArtifact(api, id, file),
      log,
    };
    mkdirSync(join(root, 'two'));
    const restored = await restoreCheckpoint(
      { key: 'churn', runId, workspace: join(root, 'two'), folder: 'ckpt', scratch: join(root, 'b') },
      reader,
    );
    expect(restored).toMatchObject({ checkpoint: { digest }, attempts: { open: begun } });
    expect(await readAttemptLog('churn', runId, join(root, 'c'), reader)).toMatchObject({ open: begun });
    const blind = bench.hub.issueToken({
      kind: 'job',
      repositoryId: run.repository.id,
      permissions: { contents: 'read' },
    });
    await expect(listRunArtifacts({ ...api, token: blind }, runId, [])).rejects.toMatchObject({
      ...{ kind: 'service', code: 'ARTIFACT_LIST' },
      hint: expect.stringContaining('actions: read'),
    });
    await expect(
      listRunArtifacts({ ...api, apiUrl: 'http://127.0.0.1:1' }, runId, [1]),
    ).rejects.toMatchObject({
      code: 'ARTIFACT_LIST',
    });
    expect(bench.hub.violations).toEqual([]);
  });

  it('lists more than one page', async () => {
    const store = (name: string) =>
      bench.actions.service.artifacts.store({
        run,
        name,
        bytes: strToU8('x'),
        overwrite: false,
        retentionDays: 1,
      });
    for (let count = 0; count < 130; count += 1) store(`many-${count}`);
    const permissions = { actions: 'read' } as const;
    const token = bench.hub.issueToken({ kind: 'job', repositoryId: run.repository.id, permissions });
    const found = await listRunArtifacts({ apiUrl: bench.hub.apiUrl, repository: 'acme/one', token }, run.id);
    expect(found.filter(({ name }) => name.startsWith('many-'))).toHaveLength(130);
    expect(found[0]?.digest).toMatch(/^sha256:/);
  });
});
