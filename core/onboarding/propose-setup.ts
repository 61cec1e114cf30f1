import { checkRepositoryConfig } from '../config/check.ts';
import type { Contract } from '../config/contract.ts';
import { parseContract } from '../config/contract-file.ts';
import { matchesGlob } from '../config/glob.ts';
import { contractPath, modelPath, policyPath, stagesPath } from '../config/layout.ts';
import type { Finding } from '../finding/finding.ts';
import type { Answers } from './answers.ts';
import { callerPath, callerText } from './caller-text.ts';
import { contractText } from './contract-text.ts';
import { isHeldOut } from './find-datasets.ts';
import type { Existing } from './find-setup.ts';
import type { Found, FoundDataset, FoundModel } from './found.ts';
import { modelText } from './model-text.ts';
import { policyText, schemaLine } from './policy-text.ts';
import { type Survey, tableOf } from './survey.ts';

export interface ProposedFile {
  readonly path: string;
  readonly text: string;
}

/** What a setup would add. Nothing that is there is in it. */
export interface Proposal {
  readonly files: readonly ProposedFile[];
  /** What could not be proposed, and what helps. */
  readonly notes: readonly string[];
  /** What `gatehouse check` says of the repository with these files. */
  readonly findings: readonly Finding[];
}

export interface ProposalInput {
  readonly survey: Survey;
  readonly found: Found;
  readonly existing: Existing;
  readonly answers: Answers;
  /** Dataset to the text of `inferContract`, where its data could be read. */
  readonly inferred: ReadonlyMap<string, string>;
  /** ISO date on which proposed contracts end. */
  readonly expires: string;
}

/** Makes the files of a setup. Pure: the same input gives the same bytes. */
export function proposeSetup(input: ProposalInput): Proposal {
  const { found, existing, answers, survey } = input;
  const wanted = found.datasets.filter(({ name }) => input.inferred.has(name));
  const readers = found.models.map((model) => ({
    model,
    datasets: datasetsOf(model, wanted, found.models.length),
  }));
  const contracts = wanted.map((dataset) => {
    const models = readers
      .filter(({ datasets }) => datasets.includes(dataset))
      .map(({ model }) => model.name);
    const text = contractText(input.inferred.get(dataset.name) ?? '', answers, {
      expires: input.expires,
      models,
    });
    return {
      path: contractPath(dataset.name),
      text,
      contract: parseContract(text, contractPath(dataset.name)),
    };
  });
  const models = modelFiles(
    input,
    readers,
    contracts.map(({ contract }) => contract),
  );
  const first = found.models[0]?.name ?? existing.models[0]?.model ?? found.fallbackName;
  const all: readonly ProposedFile[] = [
    { path: policyPath, text: policyText(answers) },
    ...(callsGatehouse(survey) ? [] : [{ path: callerPath, text: callerText(answers, first) }]),
    ...contracts.map(({ path, text }) => ({ path, text })),
    ...models,
  ];
  const files = all.filter(({ path }) => !isThere(path, survey, existing));
  const after = new Map(survey.paths.map((path) => [path, survey.texts.get(path) ?? '']));
  for (const { path, text } of files) after.set(path, text);
  return { files, notes: notesOn(input, files), findings: checkRepositoryConfig(after) };
}

/** Also under the ending that nobody reads: a second file beside it would be one too many. */
function isThere(path: string, { paths }: Survey, { paths: own }: Existing): boolean {
  return paths.includes(path) || own.has(path.replace(/\.yml$/, '.yaml'));
}

const callsGatehouse = ({ texts }: Survey): boolean =>
  [...texts].some(
    ([path, text]) =>
      path.startsWith('.github/workflows/') &&
      /\/\.github\/workflows\/(?:validate-data|propose-model)\.yml@/.test(text),
  );

interface Reader {
  readonly model: FoundModel;
  readonly datasets: readonly FoundDataset[];
}

/** What its stage reads; else what has its name; else, for the only model, everything. */
function datasetsOf(
  model: FoundModel,
  all: readonly FoundDataset[],
  models: number,
): readonly FoundDataset[] {
  const read = all.filter(({ local, files }) =>
    [...local, ...files].some((path) =>
      model.reads.some((each) => path === each || path.startsWith(`${each}/`)),
    ),
  );
  if (read.length > 0) return read;
  const named = all.filter(
    ({ name, files }) => name.includes(model.name) || files.some((path) => path.includes(model.name)),
  );
  return named.length > 0 ? named : models === 1 || all.length === 1 ? all : [];
}

function modelFiles(
  { found, existing, answers, survey }: ProposalInput,
  readers: readonly Reader[],
  contracts: readonly Contract[],
): readonly ProposedFile[] {
  const heldOut = survey.paths.find((path) => tableOf(path) !== null && isHeldOut(path)) ?? null;
  const taken = existing.models.flatMap(({ paths }) => paths);
  const claimed = new Set<string>();
  return readers.flatMap(({ model, datasets }): ProposedFile[] => {
    const own = [...contracts, ...existing.contracts].filter(
      ({ dataset, access }) =>
        datasets.some(({ name }) => name === dataset) ||
        (datasets.length === 0 && (access.includes('*') || access.includes(model.name))),
    );
    if (own.length === 0) return [];
    const folder = `models/${model.name}/`;
    const free = [
      model.script,
      ...(found.models.length === 1 ? datasets.flatMap(({ files }) => files) : []),
    ].filter(
      (path): path is string =>
        path !== null && !path.startsWith(folder) && !claimed.has(path) && !matchesGlob(taken, path),
    );
    const paths = [...new Set(free)].slice(0, 90);
    for (const path of paths) claimed.add(path);
    return [
      { path: modelPath(model.name), text: modelText({ model, contracts: own, paths, heldOut }, answers) },
      { path: stagesPath(model.name), text: stagesText(answers) },
    ];
  });
}

const stagesText = (answers: Answers): string =>
  [
    ...schemaLine(answers, 'stages'),
    '# What should serve where. A pull request that changes this file asks for it; the ledger says what is.',
    'production: {}',
    '',
  ].join('\n');

function notesOn({ found, inferred }: ProposalInput, written: readonly ProposedFile[]): readonly string[] {
  const absent = found.datasets.filter(({ name }) => !inferred.has(name));
  return [
    ...absent.map(({ name, files, atHand }) =>
      atHand
        ? `No contract could be written for ${name}: try gatehouse data infer ${files[0]?.replace(/\.dvc$/, '')} --name ${name}, which says why.`
        : `The data of ${name} is not here: run dvc pull ${files[0]}, then gatehouse init again; it adds what is missing and changes nothing.`,
    ),
    ...found.models
      .filter(({ name }) => !written.some(({ path }) => path === modelPath(name)))
      .map(
        ({ name }) =>
          `No table was read that ${name} trains on: write its contract with gatehouse data infer FILE --name NAME, then run gatehouse init again.`,
      ),
  ];
}
