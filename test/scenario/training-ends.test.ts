import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRunRecord } from '../../core/evidence/run-record.ts';
import { readArtifact } from '../../sandbox/actions-service/artifact-shelf.ts';
import type { Run } from '../../sandbox/actions-service/run.ts';
import { modelFiles, setupFiles } from '../../sandbox/demo/story/files.ts';
import { flights, startWorld, type World } from '../../sandbox/demo/world.ts';

const minute = 60_000;

/** A training of each kind of end: what its command does, what the record and the summary must say. */
const ends = [
  ['code', 'echo "ValueError: x"; exit 3', 'failed', 'said that it failed'],
  ['killed', 'kill -9 $$', 'killed', 'was killed from outside'],
  ['memory', 'echo "MemoryError"; exit 1', 'out-of-memory', 'the machine ran out of memory'],
  [
    'gpu-memory',
    'echo "torch.OutOfMemoryError: CUDA out of memory."; exit 1',
    'gpu-out-of-memory',
    'the GPU ran out of memory',
  ],
  ['disk', 'echo "OSError: [Errno 28] No space left on device"; exit 1', 'out-of-disk', 'is full'],
] as const;

const caller = `on: workflow_dispatch
permissions: {}
jobs:
  train:
    runs-on: [self-hosted, gpu]
    permissions: { contents: read, actions: read }
    strategy:
      fail-fast: false
      matrix: { model: [${[...ends.map(([name]) => name), 'unfit'].join(', ')}] }
    steps:
      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1
        with: { persist-credentials: false }
      - id: train
        uses: acme/gatehouse/actions/train-model@GATEHOUSE
        with: { model: '\${{ matrix.model }}' }
      - if: \${{ !cancelled() && steps.train.outputs.folder != '' }}
        uses: actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0
        with: { name: 'end-\${{ matrix.model }}', path: '\${{ steps.train.outputs.folder }}' }
`;

describe('a training that does not end well', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-ends-'));
  let world: World;
  let run: Run;
  let summary = '';

  beforeAll(async () => {
    world = await startWorld({ folder: join(folder, 'world'), every: 5000, contract: false });
    const models = [...ends, ['unfit', 'touch started', '', ''] as const].map(([name, command]) => {
      const needs = name === 'unfit' ? '{ gpus: 64 }' : '{ gpus: 0 }';
      const text = (world.setup['models/flight-delay/model.yml'] ?? '').replace(
        /train:[\s\S]*?\npredict:/,
        () =>
          `train: { command: ${JSON.stringify(command)}, artifact: out/m.json, needs: ${needs} }\npredict:`,
      );
      return [`models/${name}/model.yml`, text.replaceAll('models/flight-delay/**', `models/${name}/**`)];
    });
    const files = {
      ...setupFiles(world),
      ...modelFiles(world),
      ...Object.fromEntries(models),
      '.github/workflows/ends.yml': caller.replace('GATEHOUSE', world.gatehouseSha),
    };
    await world.people.ada.push(flights, 'main', 'Start', files, null);
    await world.people.ada.ask('POST', `/repos/${flights}/actions/workflows/ends.yml/dispatches`, {
      ref: 'main',
      inputs: {},
    });
    await world.settle();
    const found = [...world.actions.runs.values()].findLast(({ event }) => event === 'workflow_dispatch');
    if (found === undefined) throw new Error('no run was started');
    run = found;
    summary = world.actions.summaryOf(run.id);
  }, 2 * minute);
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }, minute);

  it.each(ends)('is told apart and recorded: %s', (name, _, outcome, words) => {
    const artifact = world.actions.service.artifacts
      .listOf(run)
      .findLast((one) => one.name === `end-${name}`);
    if (artifact === undefined) throw new Error(`no artifact of ${name}`);
    const record = parseRunRecord(unzipSync(readArtifact(artifact))['run.json'] ?? '', 'run.json');
    expect([record.outcome, record.artifact]).toEqual([outcome, null]);
    expect(summary).toContain(words);
  });

  it('never starts on a machine that is not what it needs, and says what was found', () => {
    expect(summary).toContain('The command was not started');
    expect(world.actions.service.artifacts.listOf(run).some(({ name }) => name === 'end-unfit')).toBe(false);
  });

  it('fails the run; only the code itself is called a failure', () => {
    expect(run.conclusion).toBe('failure');
    expect(summary.match(/### ❌ Fail/g)).toHaveLength(1);
    expect(summary.match(/says nothing about the model/g)?.length).toBeGreaterThanOrEqual(5);
  });
});
