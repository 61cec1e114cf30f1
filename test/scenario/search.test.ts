import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRunRecord } from '../../core/evidence/run-record.ts';
import { readArtifact } from '../../sandbox/actions-service/artifact-shelf.ts';
import type { Run } from '../../sandbox/actions-service/run.ts';
import { changed, modelFiles, setupFiles } from '../../sandbox/demo/story/files.ts';
import { flights, startWorld, type World } from '../../sandbox/demo/world.ts';

const minute = 60_000;
const modelPath = 'models/flight-delay/model.yml';
const trainPath = 'models/flight-delay/train.mjs';

const search = `  search:
    method: tpe
    space:
      features: [hour, hour+weekday, origin, hour+moon]
      smoothing: { from: 1, to: 1000, scale: log }
    trials: 16
    parallel: 4
    seed: 3
    metric: auc
    goal: maximize
predict:`;

/**
 * The team's script, changed as a search needs it: parameters of the trial, every fourth row kept for validation, and an
 * end by the system the first time that `lost` is not there.
 */
const trainScript = (text: string, lost: string): string =>
  text
    .replace(
      /const params = .*/,
      `const given = JSON.parse(readFileSync(process.env.GATEHOUSE_PARAMETERS, 'utf8'));
const params = { features: given.features.split('+'), smoothing: given.smoothing };
if (given.features === 'origin' && !existsSync('${lost}')) {
  writeFileSync('${lost}', '');
  process.kill(process.pid, 'SIGKILL');
}
const held = [];`,
    )
    .replace('import { mkdirSync,', 'import { existsSync, mkdirSync,')
    .replace(
      '    total.rows += 1;',
      '    if (Number(row.row) % 2000 === 0) return held.push([row, late]);\n    total.rows += 1;',
    )
    .replace('JSON.stringify({ rows: total.rows,', `JSON.stringify({ auc: measureAuc(), rows: total.rows,`)
    .concat(`
function measureAuc() {
  const scored = held.map(([row, late]) => [
    features.reduce((odds, [name, valueOf]) => odds + (weights[name][valueOf(row)] ?? 0), base),
    late,
  ]);
  let [pairs, right] = [0, 0];
  for (const [a, isLate] of scored) {
    if (!isLate) continue;
    for (const [b, other] of scored) {
      if (other) continue;
      pairs += 1;
      right += a > b ? 1 : a === b ? 0.5 : 0;
    }
  }
  return right / pairs;
}
`);

const halving = `  search:
    method: halving
    space: { smoothing: { from: 1, to: 1000 } }
    trials: 3
    parallel: 4
    metric: auc
    goal: maximize
    resource: { name: epochs, least: 2, most: 4, reduction: 2 }
predict:`;

/** Goes on from its checkpoint up to the epoch that it is given, and claims where it began. */
const epochScript = `import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const { GATEHOUSE_PARAMETERS, GATEHOUSE_RESOURCE, GATEHOUSE_CHECKPOINT } = process.env;
const { smoothing } = JSON.parse(readFileSync(GATEHOUSE_PARAMETERS, 'utf8'));
const state = GATEHOUSE_CHECKPOINT + '/epoch.txt';
const began = existsSync(state) ? Number(readFileSync(state, 'utf8')) : 0;
mkdirSync(GATEHOUSE_CHECKPOINT, { recursive: true });
writeFileSync(state, GATEHOUSE_RESOURCE);
mkdirSync('models/flight-delay/out', { recursive: true });
writeFileSync('models/flight-delay/out/model.json', '{}');
writeFileSync('models/flight-delay/out/metrics.json', JSON.stringify({ auc: smoothing / 1000, began }));
`;

describe('a search of 16 trials on the flights model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-search-'));
  let world: World;
  let run: Run;

  beforeAll(async () => {
    world = await startWorld({ folder: join(folder, 'world'), every: 500, contract: false });
    world.actions.addRunner({ name: 'gpu-2', labels: ['self-hosted', 'gpu'], environment: 'self-hosted' });
    const model = changed(world, modelPath, 'predict:', search);
    const train = trainScript(world.setup[trainPath] ?? '', join(folder, 'lost'));
    const files = { ...setupFiles(world), ...modelFiles(world), [modelPath]: model, [trainPath]: train };
    await world.people.ada.push(flights, 'main', 'Start', files, null);
    run = await startSearch('main');
  }, 2 * minute);

  const startSearch = async (ref: string): Promise<Run> => {
    const path = `/repos/${flights}/actions/workflows/search.yml/dispatches`;
    await world.people.ada.ask('POST', path, { ref, inputs: { model: 'flight-delay' } });
    await world.settle();
    const found = [...world.actions.runs.values()].findLast(({ event }) => event === 'workflow_dispatch');
    if (found === undefined) throw new Error('no run was started');
    return found;
  };

  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }, minute);

  const filesOf = (name: string): Readonly<Record<string, Uint8Array>> => {
    const artifact = world.actions.service.artifacts.listOf(run).findLast((one) => one.name === name);
    if (artifact === undefined) throw new Error(`no artifact ${name}`);
    return unzipSync(readArtifact(artifact));
  };
  const textOf = (name: string, file: string) => new TextDecoder().decode(filesOf(name)[file]);
  const result = () => JSON.parse(textOf('gatehouse-search', 'search.json'));
  const jobs = () => [...world.actions.service.jobs.values()].filter((job) => job.run.id === run.id);

  it('ends well although a trial was lost and others failed, and takes no more rounds than it needs', () => {
    expect(run.conclusion).toBe('success');
    const rounds = jobs().filter(
      ({ name, conclusion }) => name.endsWith('/ plan') && conclusion === 'success',
    );
    expect(rounds.length).toBeGreaterThanOrEqual(5);
    expect(jobs().filter(({ conclusion }) => conclusion === 'failure').length).toBeGreaterThan(0);
    expect(result()).toMatchObject({ done: true, why: 'complete' });
  });

  it('tried 16 points, each one once, and the lost one again under its number', () => {
    const { trials, trainings } = result();
    expect(
      trials.map(({ number }: { number: number }) => number).sort((a: number, b: number) => a - b),
    ).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
    const points = trials.map(({ parameters }: { parameters: object }) => JSON.stringify(parameters));
    expect(new Set(points).size).toBe(16);
    const lost = trainings.filter(({ state }: { state: string }) => state === 'lost');
    expect(lost.length).toBe(1);
    const again = trainings.filter(({ number }: { number: number }) => number === lost[0].number);
    expect(again.map(({ state }: { state: string }) => state)).toEqual(['lost', 'done']);
    expect(
      new Set(again.map(({ parameters }: { parameters: object }) => JSON.stringify(parameters))).size,
    ).toBe(1);
  });

  it('names the best by the metric of the validation rows, each trial with its run record', () => {
    const { best, trials } = result();
    const done = trials.filter(({ value }: { value: number | null }) => value !== null);
    expect(done.length).toBeGreaterThanOrEqual(10);
    for (const { number, round, value } of done) {
      const record = parseRunRecord(textOf(`gatehouse-trial-${round}-${number}`, 'run.json'), 'run.json');
      expect(record.metrics.auc).toBe(value);
    }
    const values = done.map(({ value }: { value: number }) => value);
    expect(trials[0]).toMatchObject({ number: best, value: Math.max(...values) });
    expect(Math.max(...values)).toBeGreaterThan(0.6);
    expect(JSON.parse(textOf('gatehouse-search', 'best-parameters.json'))).toEqual(trials[0].parameters);
  });

  it('never asks for held-out labels', () => {
    expect(world.actions.service.labels.readings).toEqual([]);
  });

  it('shows every trial in the summary, those that failed with their reason, and draws them', () => {
    const summary = world.actions.summaryOf(run.id);
    expect(summary).toContain('### Search: `flight-delay` is best with trial');
    expect(summary.split('\n').filter((line) => /^\|\s+(?:\d+|–) \|/.test(line)).length).toBe(16);
    expect(summary).toMatch(/Trial \d+ failed: failed/);
    const svg = textOf('gatehouse-search', 'parallel-coordinates.svg');
    expect(svg.match(/<polyline/g)?.length).toBe(16);
  });

  it(
    'sends the best of a rung on from its checkpoint, and never trains the others again',
    async () => {
      const model = changed(world, modelPath, 'predict:', halving);
      await world.people.ada.push(flights, 'rungs', 'Rungs', {
        [modelPath]: model,
        [trainPath]: epochScript,
      });
      run = await startSearch('rungs');
      const { trainings, best, done } = result();
      expect([run.conclusion, done]).toEqual(['success', true]);
      expect(trainings.map(({ resource }: { resource: number }) => resource)).toEqual([2, 2, 2, 4]);
      const began = trainings.map(
        ({ round, number }: { round: number; number: number }) =>
          parseRunRecord(textOf(`gatehouse-trial-${round}-${number}`, 'run.json'), 'run.json').metrics.began,
      );
      expect(began).toEqual([0, 0, 0, 2]);
      const values = trainings.map(({ value }: { value: number }) => value);
      expect(trainings.at(-1)).toMatchObject({ number: best, value: Math.max(...values) });
    },
    minute,
  );
});
