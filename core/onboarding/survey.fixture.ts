import { type Answers, defaultAnswers } from './answers.ts';
import { findExisting, findSetup } from './find-setup.ts';
import { type Proposal, proposeSetup } from './propose-setup.ts';
import { isSurveyed, type Survey, tableOf } from './survey.ts';

/** A repository with these files; every table is at hand unless it is named as absent. */
export function surveyOf(files: Readonly<Record<string, string>>, own: Partial<Survey> = {}): Survey {
  const paths = Object.keys(files).sort();
  return {
    paths,
    texts: new Map(Object.entries(files).filter(([path]) => isSurveyed(path))),
    tables: new Set(paths.flatMap((path) => tableOf(path) ?? [])),
    repository: 'acme/churner',
    folder: 'work',
    ...own,
  };
}

/** What `inferContract` writes for a small table. */
export const inferredText = (
  dataset: string,
  files: readonly string[],
): string => `# First contract of "${dataset}"
# It says what was seen.
version: 1

# TODO: fill in these seven lines. Until then every check fails and names them.
description: # TODO what one row is
owner: # TODO who answers for the data: { users: [login] } or { teams: [organization/team] }
source: # TODO where the data comes from
legal-basis: # TODO what allows its use
approved-by: # TODO who approved its use
expires: # TODO the day after which nothing may train on it: "2030-12-31"
access: # TODO models that may train on it: [flight-delay], or ["*"] for all

files: ${JSON.stringify(files)}
rows: { min: 2 }
columns:
  - { name: id, type: integer, unique: true }
  - { name: churned, type: integer, min: 0, max: 1 }
`;

export interface Setup {
  readonly survey: Survey;
  readonly proposal: Proposal;
  readonly found: ReturnType<typeof findSetup>;
  readonly answers: Answers;
}

/** `gatehouse init --yes` without a machine. */
export function setUp(survey: Survey, change: (answers: Answers) => Answers = (answers) => answers): Setup {
  const existing = findExisting(survey);
  const found = findSetup(survey, existing);
  const answers = change(defaultAnswers(found, existing, null));
  const ready = found.datasets.filter(({ atHand }) => atHand);
  const inferred = new Map(ready.map(({ name, files }) => [name, inferredText(name, files)]));
  const proposal = proposeSetup({ survey, found, existing, answers, inferred, expires: '2027-02-19' });
  return { survey, found, answers, proposal };
}

/** The repository after the proposal was merged. */
export function merge({ survey, proposal }: Setup): Survey {
  const files = Object.fromEntries(survey.paths.map((path) => [path, survey.texts.get(path) ?? '']));
  for (const { path, text } of proposal.files) files[path] = text;
  return surveyOf(files, { repository: survey.repository, folder: survey.folder });
}
