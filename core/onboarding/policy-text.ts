import { writeYaml, type YamlValue } from '../config/yaml-write.ts';
import { type Answers, isNowhere, noCommit, type People } from './answers.ts';

/** A role in the written form: an empty list is left out. */
export const toRoleValue = ({ users, teams }: People): YamlValue => ({
  ...(users.length === 0 ? {} : { users }),
  ...(teams.length === 0 ? {} : { teams }),
});

/**
 * Where an editor finds the schema of a file: in the copy of Gatehouse, at the pinned commit.
 * @returns no line while no commit is known
 * @see https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
 */
export const schemaLine = ({ pin }: Pick<Answers, 'pin'>, schema: string): readonly string[] =>
  pin.sha === noCommit
    ? []
    : [
        `# yaml-language-server: $schema=https://raw.githubusercontent.com/${pin.repository}/${pin.sha}/schemas/${schema}.schema.json`,
      ];

const meaning: Readonly<Record<Answers['preset'], string>> = {
  'small-team': 'one reviewer for a version, an owner for production',
  team: 'a reviewer and an owner for production, AUC at least 0.5',
  regulated: 'two reviewers for a version, the role risk for production, two governors for rules',
};

const sealLines = ({ sealTo }: Answers): readonly string[] => [
  '# Public key of the app: results on held-out labels are sealed to it, and seen when the app has counted them.',
  ...(sealTo === undefined
    ? [
        '# The log of the app names it when it starts. Without it they stand in the summary of the run at once.',
        '# evidence:',
        '#   seal-to: [MIIBIjANBg...]',
      ]
    : ['evidence:', `  seal-to: ["${sealTo}"]`]),
];

/** `.github/gatehouse.yml`, report-only. */
export function policyText(answers: Answers): string {
  const { preset, pin, reviewers, governors, store, data } = answers;
  // Two people of a role that has only one would be waited for until the end of time.
  const risk = preset === 'regulated' ? [`  risk: ${writeYaml(toRoleValue(governors))}`] : [];
  const enough = (people: People): People =>
    preset === 'regulated' && people.teams.length === 0 && people.users.length < 2
      ? { users: people.users, teams: [`${pin.repository.split('/')[0]}/gatehouse`] }
      : people;
  return [
    ...schemaLine(answers, 'gatehouse'),
    '# Rules of Gatehouse, proposed by "gatehouse init". From its merge on this file judges every change, of itself too.',
    '# "gatehouse check --print-policy" prints it with the preset in full.',
    'version: 1',
    '',
    `# ${preset}: ${meaning[preset]}. The other presets: ${Object.keys(meaning)
      .filter((name) => name !== preset)
      .join(', ')}.`,
    `preset: ${preset}`,
    '',
    '# Report only: the check says what it would do and holds up no merge. The ledger takes only what is allowed in any case.',
    '# Take this line out when you have seen enough.',
    'enforce: false',
    '',
    'roles:',
    ...(reviewers.guessed === true || governors.guessed === true
      ? ['  # TODO: name people or teams. These are a guess: a name that does not exist approves nothing.']
      : []),
    '  # Who may approve a new version. Nobody approves what he or she wrote, so name more people than are asked for.',
    `  reviewer: ${writeYaml(toRoleValue(enough(reviewers)))}`,
    '  # Who approves changes of these rules, of workflows, and new models and datasets.',
    `  governor: ${writeYaml(toRoleValue(enough(governors)))}`,
    ...risk,
    '',
    '# Where models, predictions and records are kept for good, by digest. Only Gatehouse writes there; never the training.',
    ...(isNowhere(store) ? ['# TODO: nobody has said where. This address answers nobody.'] : []),
    `store: ${writeYaml(store)}`,
    '# The DVC remote with the data.',
    ...(isNowhere(data) ? ['# TODO: no remote of DVC was found that can be named here.'] : []),
    `data: ${writeYaml(data)}`,
    '',
    '# Whose workflows are believed, at which commits. A tag could be moved, a commit cannot.',
    'trusted:',
    `  repository: ${pin.repository}`,
    ...(pin.sha === noCommit
      ? ['  # TODO: the commit of your copy of Gatehouse, here and in .github/workflows/gatehouse.yml.']
      : []),
    `  shas: ["${pin.sha}"]`,
    '',
    ...sealLines(answers),
    '',
  ].join('\n');
}
