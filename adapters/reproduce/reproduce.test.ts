import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../core/evidence/evidence.ts';
import { readCurrentPolicy } from './current-policy.ts';
import { type ReproduceInputs, reproduceVersion } from './reproduce.ts';
import { ReproduceWorld, trainCommand } from './world.fixture.ts';

let world: ReproduceWorld;
let log: string[] = [];
afterEach(() => world.remove());

const deps = { log: (line: string) => log.push(line), now: () => new Date() };
const reproduce = (inputs: ReproduceInputs) => {
  log = [];
  return reproduceVersion(inputs, deps);
};
const begin = async (...start: Parameters<ReproduceWorld['start']>): Promise<void> => {
  world = await new ReproduceWorld().start(...start);
};
// Other tests of this machine write to its temporary folder as well: these have one of their own.
const shared = process.env.TMPDIR;
const own = mkdtempSync(join(tmpdir(), 'gatehouse-reproduce-own-'));
beforeAll(() => {
  process.env.TMPDIR = own;
});
afterAll(() => {
  if (shared === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = shared;
  rmSync(own, { recursive: true });
});

/** A stand-in engine: it runs the command on this machine, with nothing but what `--env` gives it. */
const standIn = (state: string, digest: string): string => `#!/bin/bash
printf '%s\\n' "$*" >> ${state}/calls
case "$1" in
  version) echo docker ;;
  run)
    envs=()
    for ((i = 1; i <= $#; i++)); do [ "\${!i}" = --env ] && { j=$((i + 1)); envs+=("\${!j}"); }; done
    /usr/bin/env -i PATH=${world.bin} "\${envs[@]}" bash -eo pipefail -c "\${@: -1}" ;;
  inspect) echo "sha256:${'b'.repeat(64)} false 2026-06-01T10:00:00.1Z" ;;
  image) echo '["ghcr.io/acme/train@${digest}"]' ;;
esac
`;

describe('a version that is trained again', () => {
  it('is equal, with the recorded seed and variables, no token, and the checkout untouched', async () => {
    await begin();
    world.write('.git/hooks/post-checkout', `#!/bin/sh\ntouch ${world.root}/hooked\n`);
    chmodSync(join(world.clone, '.git/hooks/post-checkout'), 0o755);
    const inputs = await world.inputs();
    world.write('params.json', 'my own work\n');
    const before = world.git('status', '--porcelain', '--branch');
    const found = await reproduce(inputs);
    expect(found).toMatchObject({ outcome: 'equal', model: 'flight-delay', version: 7, scores: null });
    expect(found.metrics).toEqual([{ metric: 'auc', was: 0.66, is: 0.66, within: true }]);
    expect(found.causes.map(({ about }) => about)).toContain('CPU');
    expect(found.causes.map(({ about }) => about)).not.toContain('code');
    expect(log).toContain('fetching data/flights-2001-01.csv');
    expect(world.git('status', '--porcelain', '--branch')).toBe(before);
    expect(world.git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(existsSync(join(world.root, 'hooked'))).toBe(false);
    expect(readdirSync(own)).toEqual([basename(world.root)]);
  });

  it('is within tolerance, or differs, with what differs', async () => {
    await begin();
    const close = await reproduce(await world.inputs('other bytes', { metrics: { auc: 0.6605 } }));
    expect(close.outcome).toBe('within tolerance');
    const far = await reproduce(await world.inputs('other bytes', { metrics: { auc: 0.7 }, seed: null }));
    expect(far).toMatchObject({ outcome: 'differs', because: 'Beyond the tolerance: auc' });
    expect(far.causes).toContainEqual({ kind: 'unpinned', about: 'seed', was: 'none is recorded', is: '' });
    await expect(reproduce({ ...(await world.inputs()), tolerance: Number.NaN })).rejects.toMatchObject({
      code: 'REPRODUCE_TOLERANCE',
    });
  });

  it('is compared on the held-out rows with the predictions that were kept', async () => {
    await begin();
    const inputs = { ...(await world.inputs('other bytes')), predictions: true };
    expect(await reproduce(inputs)).toMatchObject({
      ...{ outcome: 'within tolerance', scores: { rows: 2, changed: 0, largestDifference: 0 } },
    });
    const { record } = inputs;
    const worse = { ...record, predictCommand: record.predictCommand.replace('0.6', '0.9') };
    expect(await reproduce({ ...inputs, record: worse })).toMatchObject({
      ...{ outcome: 'differs', scores: { changed: 1, largestDifference: expect.closeTo(0.3) } },
    });
    const broken = { ...record, predictCommand: 'exit 4' };
    await expect(reproduce({ ...inputs, record: broken })).rejects.toMatchObject({
      ...{ code: 'REPRODUCE_PREDICT', message: 'The recorded predict command ended with exit code 4' },
    });
    const other = {
      ...record,
      predictions: { ...record.predictions, featuresDigest: record.artifact.digest },
    };
    await expect(reproduce({ ...inputs, record: other })).rejects.toMatchObject({ code: 'REPRODUCE_GONE' });
  });

  it('differs when the command fails now, and is not evaluated when the machine ended it', async () => {
    await begin();
    expect(await reproduce(await world.inputs('x', { command: 'exit 3' }))).toMatchObject({
      ...{ outcome: 'differs', because: 'The training left no model: exit code 3', artifact: { is: null } },
    });
    expect(await reproduce(await world.inputs('x', { command: 'true' }))).toMatchObject({
      because: 'The training left no model: exit code 0',
    });
    const killed = reproduce(await world.inputs('x', { command: 'kill -9 $$' }));
    await expect(killed).rejects.toMatchObject({ kind: 'service', code: 'REPRODUCE_STOPPED' });
  });

  it('runs without its image where no engine is, and says so', async () => {
    await begin();
    const image = `ghcr.io/acme/train@sha256:${'1'.repeat(64)}`;
    const found = await reproduce(await world.inputs(undefined, { image }));
    expect(found.outcome).toBe('equal');
    expect(found.causes).toContainEqual({ kind: 'differs', about: 'image', was: image, is: 'ran without' });
    expect(log.join('\n')).toContain('This machine runs no containers');
  });

  it('runs in its image by digest where an engine is', async () => {
    await begin();
    const digest = `sha256:${'1'.repeat(64)}`;
    const image = `ghcr.io/acme/train@${digest}`;
    writeFileSync(join(world.bin, 'docker'), standIn(world.root, digest));
    chmodSync(join(world.bin, 'docker'), 0o755);
    const found = await reproduce(await world.inputs(undefined, { image }));
    expect(found.outcome).toBe('equal');
    expect(found.causes.map(({ about }) => about)).not.toContain('image');
    const calls = readFileSync(join(world.root, 'calls'), 'utf8');
    expect(calls).toContain(`--entrypoint bash ${image}`);
    expect(calls).toContain('--env GATEHOUSE_SEED=7');
    expect(calls).not.toContain('plantedtoken');
  });

  it('runs every stage of its pipeline', async () => {
    await begin(['pipeline: dvc.yaml']);
    world.write(
      'dvc.yaml',
      `stages:\n  train:\n    cmd: ${JSON.stringify(trainCommand.replace(/\$\{/g, '\\${'))}\n    outs: [out/model.json]\n`,
    );
    world.git('add', '--all');
    world.git('commit', '--quiet', '-m', 'pipeline');
    expect(await reproduce(await world.inputs())).toMatchObject({ outcome: 'equal' });
    expect(log.some((line) => line.startsWith('stage train ran: every stage is run'))).toBe(true);
  });

  it('tells no secret of this machine', async () => {
    await begin([], `${trainCommand}; echo '{"plantedtoken": 1, "auc": 1}' > out/metrics.json`);
    const inputs = await world.inputs('x', { metrics: {}, parameters: { name: 'plantedtoken' } });
    expect(JSON.stringify(await reproduce(inputs))).not.toContain('plantedtoken');
  });
});

describe('what is gone', () => {
  const gone = (inputs: ReproduceInputs) => reproduce(inputs).catch((error: unknown) => error);

  it.each<[string, (inputs: ReproduceInputs) => void, RegExp]>([
    [
      'the run record',
      () => rmSync(join(world.store, 'sha256'), { recursive: true }),
      /^The run record of flight-delay v7 is not there any more; looked for in file:.*store/,
    ],
    [
      'the data',
      () => rmSync(join(world.data, 'files'), { recursive: true }),
      /^The training data of flight-delay v7 is not there any more; looked for in file:.*data.*flights-2001-01/,
    ],
  ])('is named with where it was looked for: %s', async (_, remove, message) => {
    await begin();
    const inputs = await world.inputs();
    remove(inputs);
    expect(await gone(inputs)).toMatchObject({
      ...{ kind: 'input', code: 'REPRODUCE_GONE', hint: expect.any(String) },
      message: expect.stringMatching(message),
    });
  });

  it('is fetched from the pull request when a commit is nowhere else, and told when it is not there either', async () => {
    await begin();
    const inputs = await world.inputs();
    const origin = join(world.root, 'origin.git');
    execFileSync('git', ['init', '--quiet', '--bare', origin]);
    world.git('remote', 'add', 'origin', origin);
    world.git('push', '--quiet', 'origin', 'HEAD:refs/pull/12/head');
    // The clone of somebody else: the branch was merged as another commit, and deleted.
    const other = join(world.root, 'other');
    execFileSync('git', ['init', '--quiet', other]);
    execFileSync('git', ['remote', 'add', 'origin', origin], { cwd: other });
    expect(await reproduce({ ...inputs, repository: other })).toMatchObject({ outcome: 'equal' });

    const { record } = inputs;
    const lost = { ...record, lineage: { ...record.lineage, codeCommit: 'f'.repeat(40), pullRequest: 99 } };
    const run: Partial<RunRecord> = { commit: 'f'.repeat(40) };
    const { runRecordDigest } = (await world.inputs(undefined, run)).record;
    expect(await gone({ ...inputs, record: { ...lost, runRecordDigest } })).toMatchObject({
      code: 'REPRODUCE_GONE',
      message: expect.stringMatching(/^The commit f{40} of flight-delay v7 .*pull request #99/),
    });
  });

  it('is asked for with the token of the job, which is in no argument and in no file afterwards', async () => {
    await begin();
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const empty = join(world.root, 'empty');
    execFileSync('git', ['init', '--quiet', empty]);
    execFileSync('git', ['remote', 'add', 'origin', `${serverUrl}/acme/flights.git`], { cwd: empty });
    const inputs = await world.inputs();
    const origin = { serverUrl, token: 't0ken' };
    expect(await gone({ ...inputs, repository: empty, origin })).toMatchObject({ code: 'REPRODUCE_GONE' });
    expect(new Set(seen)).toEqual(new Set([`basic ${btoa('x-access-token:t0ken')}`]));
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('gatehouse-fetch-'))).toEqual([]);
    server.close();
  });

  it('is not the same as what is of another run', async () => {
    await begin();
    const inputs = await world.inputs(undefined, { model: 'churn' });
    expect(await gone(inputs)).toMatchObject({ code: 'REPRODUCE_RECORD' });
  });
});

describe('the policy of now', () => {
  it('is that of the default branch as it was fetched', async () => {
    await begin();
    expect((await readCurrentPolicy(world.clone)).store).toBe(`file://${world.store}`);
    world.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    world.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    world.edit('.github/gatehouse.yml', `file://${world.store}`, 'file:///elsewhere');
    world.git('commit', '--quiet', '--all', '-m', 'not pushed');
    expect((await readCurrentPolicy(world.clone)).store).toBe(`file://${world.store}`);
  });

  it('is told when there is none', async () => {
    world = new ReproduceWorld();
    execFileSync('git', ['init', '--quiet', world.clone]);
    await expect(readCurrentPolicy(world.clone)).rejects.toMatchObject({ code: 'POLICY_MISSING' });
  });
});
