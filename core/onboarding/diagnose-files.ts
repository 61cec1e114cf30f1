import { checkRepositoryConfig } from '../config/check.ts';
import { modelPath, policyPath } from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Policy } from '../config/policy.ts';
import { readRepositoryConfig } from '../config/repository.ts';
import type { Finding } from '../finding/finding.ts';
import { checkWaivedGates } from '../policy/waived-gate-check.ts';
import { advise, type Diagnosis, mend, ok } from './diagnosis.ts';

/** Most findings and gaps that are named one by one. */
const mostNamed = 20;

/**
 * What the files of the clone say: mistakes, placeholders, gaps that `gatehouse init` left, and whether it enforces.
 * @param files every path with the text of Gatehouse's files and workflows
 */
export function diagnoseFiles(files: ReadonlyMap<string, string>): readonly Diagnosis[] {
  const findings = [...checkRepositoryConfig(files), ...checkWaivedGates(readRepositoryConfig(files))].filter(
    ({ severity, code }) => severity === 'fail' || code === 'config/placeholder',
  );
  const pins = findings.filter(({ code }) => code.startsWith('config/caller-'));
  const others = findings.filter((finding) => !pins.includes(finding));
  return [
    ...(others.length === 0
      ? [ok('files/check', 'gatehouse check passes')]
      : named(
          others.map((finding) => fromFinding('files/check', finding)),
          'files/check',
        )),
    ...(pins.length === 0
      ? files.has(policyPath) && !others.some(isPlaceholderPin)
        ? [ok('files/pins', 'The workflows are called at commits that the policy trusts')]
        : []
      : pins.map((finding) => fromFinding('files/pins', finding))),
    ...named([...files].flatMap(gapsOf), 'files/todo'),
  ];
}

/** A workflow at a commit of zeros is at the one that the policy names, and that is none. */
const isPlaceholderPin = ({ code, where }: Finding): boolean =>
  code === 'config/placeholder' && where?.file === policyPath;

/** What the policy itself says about how much of it holds. */
export function diagnosePolicy(
  policy: Policy,
  models: readonly ModelConfig[],
  server: string | null,
): readonly Diagnosis[] {
  const places = (['store', 'data'] as const).filter((key) => /\.invalid(?:[:/]|$)/.test(policy[key]));
  const labels = models.filter(({ heldOut }) => /\.invalid(?:[:/]|$)/.test(heldOut.labels.url));
  const isGhes = server !== null && !/^https:\/\/(?:github\.com|[\w-]+\.ghe\.com)\/?$/.test(server);
  return [
    policy.enforce === false
      ? advise(
          'policy/enforce',
          'The policy only reports (enforce: false)',
          'No merge is held up. The ledger takes only what is allowed all the same.',
          `Take the line "enforce: false" out of ${policyPath}.`,
        )
      : ok('policy/enforce', 'The policy enforces'),
    diagnoseSeal(policy),
    ...places.map((key) =>
      mend(
        `policy/${key}`,
        `${key} is ${policy[key]}, which answers nobody`,
        'Nothing can be kept or read.',
        `Write the address into ${policyPath}.`,
      ),
    ),
    ...labels.map(({ model }) => ({
      ...mend(
        'model/labels',
        `The labels of ${model} are at an address that answers nobody`,
        'No version of it can be judged.',
        `Publish them where the judge alone reads them, and write address and SHA-256 into ${modelPath(model)}.`,
      ),
      ...{ about: aboutLabels(modelPath(model)), precise: true },
    })),
    ...(isGhes && policy.judgeRunner === 'github-hosted'
      ? [
          mend(
            'policy/judge-runner',
            `${server} has no hosted runners, and judge-runner names no runner group`,
            'Nothing is judged.',
            `Make a runner group that only judge-model.yml may use, and write its name as judge-runner into ${policyPath}.`,
          ),
        ]
      : []),
  ];
}

/** Whether somebody can see a result on held-out labels before the app has counted the look. */
function diagnoseSeal({ evidence }: Policy): Diagnosis {
  if (evidence === undefined)
    return advise(
      'policy/evidence',
      'Evidence is not sealed: the policy names no key (evidence.seal-to)',
      "Results on held-out labels stand in the run's summary before the app has counted the look.",
      `Write the public key of the app, which its log names when it starts, under evidence.seal-to into ${policyPath}.`,
    );
  const ids = evidence.sealTo.map(({ id }) => id).join(' and ');
  return ok(
    'policy/evidence',
    `Evidence is sealed to ${ids}: the settings page of the app shows the same for its private key`,
  );
}

/** The address that answers nobody and the digest of zeros beside it are mended by one look at them. */
const aboutLabels = (file: string): string => `${file} labels`;

const fromFinding = (code: string, finding: Finding): Diagnosis => {
  const { message, where, fix, severity } = finding;
  const at =
    where === undefined ? '' : `${[where.file, where.line].filter((part) => part !== undefined).join(':')}: `;
  const why = severity === 'fail' ? 'Nothing passes while it is so.' : 'Nothing is believed with it.';
  const isLabels = finding.code === 'config/placeholder' && where !== undefined && where.file !== policyPath;
  return {
    ...mend(code, `${at}${message}`, why, fix),
    ...(isLabels ? { about: aboutLabels(where.file) } : {}),
  };
};

/** Lines that somebody was to fill in. */
function gapsOf([path, text]: readonly [string, string]): readonly Diagnosis[] {
  if (!/^(?:\.github\/gatehouse\.yml|datasets\/|models\/.+\/(?:model|stages)\.yml$)/.test(path)) return [];
  const lines = text.split('\n').flatMap((line, at) => (/\bTODO\b/.test(line) ? [at + 1] : []));
  if (lines.length === 0) return [];
  return [
    mend(
      'files/todo',
      `${path} has TODO in line ${lines.slice(0, mostNamed).join(', ')}`,
      'Guesses and gaps that nobody has looked at.',
      'Say what is right there, and take the word TODO out.',
    ),
  ];
}

function named(all: readonly Diagnosis[], code: string): readonly Diagnosis[] {
  if (all.length <= mostNamed) return all;
  const rest = mend(
    code,
    `And ${all.length - mostNamed} more of the kind`,
    'As above.',
    'Mend those above, and run it again.',
  );
  return [...all.slice(0, mostNamed), rest];
}
