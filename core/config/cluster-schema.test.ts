import { describe, expect, it } from 'vitest';
import { clusterSchema, toCluster } from './cluster-schema.ts';
import { makeTrain } from './train.fixture.ts';
import { toTrain } from './train-file.ts';
import { trainSchema } from './train-schema.ts';

const shared = '/mnt/gatehouse';
const read = (written: unknown) => toCluster(clusterSchema.parse(written));
const isTaken = (written: unknown) => clusterSchema.safeParse(written).success;

describe('train.cluster', () => {
  it('names a Ray cluster, a manifest for Kubernetes, or options of Slurm', () => {
    expect(read({ kind: 'ray', address: 'https://ray.example/', shared })).toEqual({
      kind: 'ray',
      address: 'https://ray.example',
      shared: { folder: shared, seenAs: shared },
    });
    expect(
      read({
        kind: 'kubernetes',
        manifest: 'k8s/train.yml',
        namespace: 'ml',
        shared,
        'shared-as': '/shared',
      }),
    ).toEqual({
      kind: 'kubernetes',
      manifest: 'k8s/train.yml',
      namespace: 'ml',
      shared: { folder: shared, seenAs: '/shared' },
    });
    expect(
      read({ kind: 'ray', address: 'https://ray.example/x/', 'runtime-env': 'ray.yml', shared }),
    ).toMatchObject({ address: 'https://ray.example/x', runtimeEnv: 'ray.yml' });
    expect(
      read({ kind: 'kubernetes', manifest: 'a', namespace: 'b', context: 'admin@gpu', shared }),
    ).toMatchObject({ context: 'admin@gpu' });
    expect(read({ kind: 'slurm', options: ['--gres=gpu:a100:8', '--exclusive'], shared })).toEqual({
      kind: 'slurm',
      options: ['--gres=gpu:a100:8', '--exclusive'],
      shared: { folder: shared, seenAs: shared },
    });
  });

  it('is a part of train, and absent where nothing is said', () => {
    const written = trainSchema.parse({
      command: 'true',
      artifact: 'out/model.json',
      cluster: { kind: 'slurm', partition: 'gpu', shared },
    });
    expect(toTrain(written).cluster).toEqual({
      kind: 'slurm',
      options: [],
      partition: 'gpu',
      shared: { folder: shared, seenAs: shared },
    });
    expect(makeTrain()).not.toHaveProperty('cluster');
  });

  it.each([
    ['image', `team/train@sha256:${'a'.repeat(64)}`],
    ['pipeline', 'dvc.yaml'],
  ])('leaves no room for %s, which would be ignored', (key, value) => {
    const written = { command: 'true', artifact: 'out/model.json', [key]: value };
    expect(trainSchema.safeParse(written).success).toBe(true);
    const { error } = trainSchema.safeParse({ ...written, cluster: { kind: 'slurm', shared } });
    expect(error?.issues).toMatchObject([
      { path: [key], message: expect.stringContaining('beside cluster') },
    ]);
  });

  it.each([
    ['http to another machine', { kind: 'ray', address: 'http://ray.example', shared }],
    ['credentials in an address', { kind: 'ray', address: 'https://a:b@ray.example', shared }],
    ['a key of another engine', { kind: 'ray', address: 'https://ray.example', partition: 'gpu', shared }],
    ['an engine nobody knows', { kind: 'lsf', shared }],
    ['no shared folder', { kind: 'slurm' }],
    ['a relative folder', { kind: 'slurm', shared: 'mnt' }],
    ['a folder that climbs', { kind: 'slurm', shared: '/mnt/../etc' }],
    ['the root', { kind: 'slurm', shared: '/' }],
    ['a folder that a shell reads', { kind: 'slurm', shared: '/mnt/$(id)' }],
    [
      'a context that is an option',
      { kind: 'kubernetes', manifest: 'a', namespace: 'b', context: '-v', shared },
    ],
    ['a namespace that is an option', { kind: 'kubernetes', manifest: 'a', namespace: '--all', shared }],
    ['a manifest elsewhere', { kind: 'kubernetes', manifest: '../a', namespace: 'b', shared }],
    ['a partition that is an option', { kind: 'slurm', partition: '--wrap=id', shared }],
    ['an option twice', { kind: 'slurm', options: ['--mem=1', '--mem=2'], shared }],
  ])('refuses %s', (_what, written) => {
    expect(isTaken(written)).toBe(false);
  });

  it.each([
    '--wrap=id',
    '--output=/etc/cron.d/x',
    '--error=x',
    '--export=ALL',
    '--export-file=x',
    '--array=0-99',
    '--uid=root',
    '--prolog=x',
    '--bcast=x',
    '--chdir=/',
    '--job-name=x',
    '--requeue',
    '--time=99-00',
    '--partition=gpu',
    '--dependency=afterany:1',
    '--mail-user=a@b',
    '--get-user-env',
    '--gres=gpu:1 --wrap=id',
    '--gres=$(id)',
    '--gres=gpu%1',
    '--constraint=a/b',
    '-N 4',
    'gres=gpu:1',
    '--gres=',
    '--gres=\n--wrap=id',
    '',
  ])('refuses the option %j of sbatch', (option) => {
    expect(isTaken({ kind: 'slurm', options: [option], shared })).toBe(false);
  });
});
