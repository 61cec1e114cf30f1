import type { RunRecord } from '../evidence/evidence.ts';
import { showCost } from './cost.ts';
import { showGpus } from './gpu-text.ts';

export type RunAspect = 'result' | 'parameters' | 'data' | 'code' | 'environment' | 'cost';

/** One fact of several runs, side by side. */
export interface RunFact {
  readonly aspect: RunAspect;
  readonly name: string;
  /** One for each run, whole; null: it does not have it. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

type Named = readonly (readonly [name: string, value: string | null])[];

/** Parameters and seed in which runs differ, with a value for each of them. */
export function listDifferences(
  runs: readonly Pick<RunRecord, 'parameters' | 'seed'>[],
): readonly (readonly [name: string, values: readonly (string | null)[]])[] {
  const each = runs.map((run) => new Map(parametersOf(run)));
  const names = new Set(each.flatMap((facts) => [...facts.keys()]));
  return [...names]
    .map((name) => [name, each.map((facts) => facts.get(name) ?? null)] as const)
    .filter(([, values]) => new Set(values).size > 1);
}

const parametersOf = ({ parameters, seed }: Pick<RunRecord, 'parameters' | 'seed'>): Named => [
  ...named(parameters),
  ['seed', seed === null ? null : String(seed)],
];

/** Lays runs side by side: every fact that any of them has, in the order of aspects, then of names as they came. */
export function compareRuns(runs: readonly RunRecord[]): readonly RunFact[] {
  return aspects.flatMap(([aspect, factsOf]) => {
    const each = runs.map((run) => new Map(factsOf(run)));
    const names = new Set(each.flatMap((facts) => [...facts.keys()]));
    return [...names].map((name): RunFact => {
      const values = each.map((facts) => facts.get(name) ?? null);
      return { aspect, name, values, differs: new Set(values).size > 1 };
    });
  });
}

const aspects: readonly (readonly [RunAspect, (run: RunRecord) => Named])[] = [
  [
    'result',
    ({ outcome, metrics, artifact }) => [
      ['outcome', outcome],
      ...named(metrics),
      ['model file', artifact?.digest ?? null],
    ],
  ],
  ['parameters', parametersOf],
  [
    'data',
    ({ datasets, featureVersion }) => [
      ...datasets.map(({ dataset, dataDigest }) => [dataset, dataDigest] as const),
      ['feature version', featureVersion],
    ],
  ],
  [
    'code',
    ({ commit, changedFiles, command, trigger }) => [
      ['commit', commit],
      ['not as in the commit', changedFiles.length === 0 ? null : changedFiles.join(', ')],
      ['command', command],
      ['trigger', trigger],
    ],
  ],
  ['environment', describeEnvironment],
  ['cost', describeCost],
];

const named = (values: Readonly<Record<string, unknown>>): Named =>
  Object.entries(values).map(([name, value]) => [name, String(value)]);

function describeEnvironment({
  machine,
  image,
  runner,
  runtimes,
  environment,
  lockFiles,
  packages,
}: RunRecord): Named {
  const versions = new Map<string, string>();
  // One package may be there in two versions: for two interpreters, or by mistake.
  for (const [name, version] of packages) {
    const known = versions.get(name);
    versions.set(name, known === undefined ? version : `${known}, ${version}`);
  }
  return [
    ['image', image],
    ['runner', runner],
    ['os', machine.os],
    ['cpu', `${machine.cpus} x ${machine.cpu}`],
    ['memory', `${machine.memoryMib} MiB`],
    ['gpu', showGpus(machine)],
    ['gpu driver', machine.gpuDriver],
    ['gpu runtime', machine.gpuRuntime],
    ...named(runtimes),
    ...Object.entries(environment).map(([name, value]) => [`$${name}`, value] as const),
    ...lockFiles.map(({ path, digest }) => [path, digest] as const),
    ...[...versions].map(([name, version]) => [`package ${name}`, version] as const),
  ];
}

function describeCost({ cost, durationMs, attempts, usage }: RunRecord): Named {
  const share = usage?.gpuUtilisation ?? null;
  return [
    ['cost', cost === null ? null : showCost(cost)],
    ['time', `${Math.round(durationMs / 1000)} s`],
    ['attempts', String(attempts.length)],
    ['memory at most', usage?.peakMemoryMib == null ? null : `${Math.round(usage.peakMemoryMib)} MiB`],
    [
      'gpu memory at most',
      usage?.gpuPeakMemoryMib == null ? null : `${Math.round(usage.gpuPeakMemoryMib)} MiB`,
    ],
    ['gpu busy', share === null ? null : `${Math.round(share * 100)} %`],
    ['gpu energy', usage?.gpuEnergyWh == null ? null : `${usage.gpuEnergyWh.toFixed(1)} Wh`],
  ];
}
