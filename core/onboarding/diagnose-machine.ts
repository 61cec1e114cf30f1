import { advise, type Diagnosis, mend, ok, unknown } from './diagnosis.ts';

/** What the machine of `gatehouse doctor` says of itself. */
export interface MachineFacts {
  /** `git version 2.43.0`; null: git did not start. */
  readonly git: string | null;
  /** `v24.1.0` */
  readonly node: string;
  /** `GATEHOUSE_OFFLINE` */
  readonly offline: boolean;
  /** Where the data engine is named; empty: nowhere. */
  readonly enginePath: string;
}

/** `merge-tree --write-tree` came with it. @see https://github.com/git/git/blob/master/Documentation/RelNotes/2.38.0.txt */
const leastGit = [2, 38] as const;
const leastNode = 20;

/** Tools of this machine, and whether it is one that reaches no network. */
export function diagnoseMachine({ git, node, offline, enginePath }: MachineFacts): readonly Diagnosis[] {
  return [
    diagnoseGit(git),
    Number(/^v?(\d+)\./.exec(node)?.[1] ?? Number.NaN) >= leastNode
      ? ok('machine/node', `Node ${node}`)
      : mend(
          'machine/node',
          `Node ${node}`,
          'Gatehouse runs on Node 20 or newer.',
          'Install Node 24: https://nodejs.org',
        ),
    ...(offline
      ? [
          enginePath === ''
            ? mend(
                'machine/engine',
                'GATEHOUSE_OFFLINE is set, and no data engine is named',
                'Data can be checked only where the engine lies in the tool cache of the runner already.',
                'Set GATEHOUSE_ENGINE_PATH to the folder of the engine (README of validate-dataset, "The engine").',
              )
            : ok('machine/engine', `Offline, with the engine in ${enginePath}`),
        ]
      : []),
  ];
}

function diagnoseGit(git: string | null): Diagnosis {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(git ?? '') ?? [];
  if (git === null || major === undefined || minor === undefined) {
    return unknown('machine/git', 'The version of git is not known', 'git did not tell it');
  }
  const [least, leastMinor] = leastGit;
  const isNew = Number(major) > least || (Number(major) === least && Number(minor) >= leastMinor);
  return isNew
    ? ok('machine/git', git)
    : advise(
        'machine/git',
        git,
        `Older than ${leastGit.join('.')}: the demo and its tests do not run.`,
        'Update git.',
      );
}
