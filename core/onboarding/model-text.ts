import type { Contract } from '../config/contract.ts';
import { writeYaml, type YamlValue } from '../config/yaml-write.ts';
import type { Answers } from './answers.ts';
import { proposeGate } from './find-metrics.ts';
import type { FoundModel } from './found.ts';
import { schemaLine, toRoleValue } from './policy-text.ts';

export interface ModelParts {
  readonly model: FoundModel;
  /** Contracts that it trains on: at least one. */
  readonly contracts: readonly Contract[];
  /** Paths besides its own folder that no other model has. */
  readonly paths: readonly string[];
  /** A file that looks like rows kept from training. */
  readonly heldOut: string | null;
}

const noDigest = '0'.repeat(64);
const labelNames = /^(?:label|target|y|class|outcome|churned|is_fraud)$/i;

/** `models/<model>/model.yml` with what was found, and a TODO at each line that only the team can say. */
export function modelText(parts: ModelParts, answers: Answers): string {
  const { model, contracts, paths } = parts;
  const columns = contracts.flatMap((contract) => contract.columns);
  const key = columns.find(({ unique }) => unique)?.name ?? 'id';
  const label = columns.find(({ name }) => labelNames.test(name))?.name ?? 'label';
  const gate = proposeGate(model.metrics);
  return [
    ...schemaLine(answers, 'model'),
    `# The model "${model.name}", proposed by "gatehouse init" from ${clean(model.from.join(', '))}.`,
    '# Guesses and gaps are marked: "gatehouse doctor" names those that are left.',
    'version: 1',
    `task: ${gate?.task ?? 'binary-classification'}`,
    'description: "TODO: what it predicts, for what"',
    'limitations: "TODO: where it must not be trusted"',
    '# Who answers for it: the role "owner" in approvals.',
    `owners: ${writeYaml(toRoleValue(answers.governors))}`,
    '# minimal, limited or high: a higher class asks for more approvals.',
    'risk: limited',
    `datasets: ${writeYaml(contracts.map(({ dataset }) => dataset))}`,
    '# A change of one of these files is a proposal of a new version.',
    `paths: ${writeYaml([`models/${model.name}/**`, ...paths])}`,
    '',
    ...trainLines(model, answers),
    '',
    '# Reads GATEHOUSE_MODEL and GATEHOUSE_INPUT, writes CSV with key,score to GATEHOUSE_OUTPUT.',
    ...(model.predict === null ? ['# TODO: this command is a guess.'] : []),
    `predict: { command: ${writeYaml(model.predict ?? `python models/${model.name}/predict.py`)} }`,
    '',
    ...heldOutLines(parts, key, label),
    '',
    ...gateLines(parts),
    '',
    '# Where versions can serve; each endpoint has one champion.',
    'endpoints: [main]',
    '',
  ].join('\n');
}

function trainLines(
  { command, artifact, metrics, name }: FoundModel,
  { labels }: Answers,
): readonly string[] {
  return [
    '# The command runs in the repository, reads the folder GATEHOUSE_DATA and writes the artifact.',
    'train:',
    ...(command === null ? ['  # TODO: nothing was found that trains it.'] : []),
    `  command: ${writeYaml(command ?? `python models/${name}/train.py`)}`,
    ...(artifact === null ? ['  # TODO: the file that the command writes.'] : []),
    `  artifact: ${writeYaml(artifact ?? `models/${name}/out/model.bin`)}`,
    ...(metrics === null
      ? []
      : [
          '  # What the command claims: shown beside the judged numbers, gates nothing.',
          `  metrics: ${writeYaml(metrics.path)}`,
        ]),
    `  runs-on: ${writeYaml(labels)}`,
  ];
}

function heldOutLines({ model, heldOut }: ModelParts, key: string, label: string): readonly string[] {
  const labels: YamlValue = {
    url: `https://labels.invalid/${model.name}.csv`,
    audience: 'gatehouse-labels',
    sha256: noDigest,
    column: label,
  };
  return [
    '# TODO: the rows on which every version is judged, and where the judge alone gets their labels (README, "Labels").',
    '# Until the digest is right nothing is judged.',
    ...(heldOut === null
      ? []
      : [`# ${clean(heldOut)} looks like such rows; they need the key column, and no labels.`]),
    'held-out:',
    `  features: ${writeYaml(`data/${model.name}-held-out.csv`)}`,
    `  key: ${writeYaml(key)}`,
    `  labels: ${writeYaml(labels)}`,
  ];
}

function gateLines({ model }: ModelParts): readonly string[] {
  const gate = proposeGate(model.metrics);
  const why =
    gate === null
      ? '# TODO: no metric was found that Gatehouse knows; this is no more than better than chance.'
      : `# ${clean(model.metrics?.path ?? '')} says ${gate.metric} ${gate.today} today; there is some room below.`;
  const written: YamlValue =
    gate === null ? { metric: 'auc', min: 0.5 } : { metric: gate.metric, ...gate.limit };
  return [
    '# What a version must reach on the held-out rows, measured by the judge. A comparison with the champion comes from the policy.',
    why,
    'gates:',
    `  - ${writeYaml(written)}`,
  ];
}

/** A path in a comment: a line of its own must not begin in it. */
const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 300);
