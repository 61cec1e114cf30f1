import { checkLocal, type LocalResult } from '../../../adapters/dataset/local.ts';
import type { DataEngine } from '../../../adapters/engine/engine.ts';
import type { DriftRules } from '../../../core/config/drift-rules.ts';
import type { Measured } from '../../../core/dataset/measured.ts';
import { privacyIn } from '../../../core/dataset/record-maker.ts';
import { toPublicProfile } from '../../../core/profile/private.ts';
import { type DataCheck, renderDataCheck } from '../../../core/report/data-check.ts';
import type { AddCommand, CommandContext, ExitCode } from '../../context.ts';
import { type OpenEngine, progressOf, withEngine } from './engine.ts';
import { findNamed } from './files.ts';
import { wholeNumber } from './option.ts';
import type { SavedCheck } from './report-file.ts';
import {
  type DataRepository,
  dataPlace,
  findContracts,
  findModel,
  knownContracts,
  type ReadContract,
  readDataRepository,
} from './repository.ts';

export interface CheckOptions {
  readonly data?: readonly string[];
  readonly model?: string;
  readonly reference?: string;
  readonly examples?: number;
  readonly json?: boolean;
}

/** What a check of one dataset came to, with everything that is needed to act on it. */
export interface Checked {
  readonly read: ReadContract;
  readonly result: LocalResult;
}

/** `gatehouse data check`: the checks of the pull request, on this machine. */
export const checkDataCommand =
  (open: OpenEngine): AddCommand =>
  (program, context) => {
    program
      .command('check')
      .description('Checks data by its contract: governance, every rule, drift; prints what was measured')
      .argument('[dataset]', 'name or path of a contract; all of the repository when none is named')
      .option('--data <files...>', 'check these files instead of those that the contract names')
      .option('--model <name>', 'may this model train on it, and does it keep the limits of the model?')
      .option('--reference <file>', 'compare with this table, or with a profile (.json)')
      .option('--examples <number>', 'example rows for each finding, 0 to 20', wholeNumber(0, 20))
      .option('--json', 'print JSON')
      .action((dataset: string | undefined, options: CheckOptions) =>
        context.run(async () => {
          const checked = await checkData(context, open, dataset, options);
          const shown = checked.map(({ read, result }) => ({ read, check: toDataCheck(read, result) }));
          context.print(
            options.json === true
              ? JSON.stringify(checked.map(toJson), null, 2)
              : shown.map(({ read, check }) => renderDataCheck(check, read.text)).join('\n\n'),
          );
          return exitCodeOf(checked.map(({ result }) => result.verdict));
        }),
      );
  };

/** Checks the contracts that are named, one after the other, with one engine. */
export async function checkData(
  context: CommandContext,
  open: OpenEngine,
  dataset: string | undefined,
  options: CheckOptions,
): Promise<readonly Checked[]> {
  const repository = await readDataRepository(context.cwd);
  const contracts = await findContracts(repository, context.cwd, dataset);
  return withEngine(context, open, async (engine, workdir) => {
    const checked: Checked[] = [];
    for (const read of contracts) {
      const result = await checkOne(
        context,
        repository,
        read,
        options,
        engine,
        `${workdir}/${checked.length}`,
      );
      checked.push({ read, result });
    }
    return checked;
  });
}

async function checkOne(
  context: CommandContext,
  repository: DataRepository,
  { contract, path, text }: ReadContract,
  options: CheckOptions,
  engine: DataEngine,
  workdir: string,
): Promise<LocalResult> {
  // Files that a person names are relative to where the person is, files of the repository to its root.
  const place = (file: string): Promise<string> => findNamed(repository.root, context.cwd, file);
  const data = options.data === undefined ? undefined : await Promise.all(options.data.map(place));
  const reference = options.reference === undefined ? null : toReference(await place(options.reference));
  const examples = options.examples ?? contract.examples;
  return checkLocal({
    root: repository.root,
    contract: { ...contract, examples, ...(data === undefined ? {} : { files: data }) },
    ...{ path, text, engine, workdir, reference },
    known: knownContracts(repository),
    paths: [
      ...new Set([...repository.paths, ...(data ?? []), ...(reference === null ? [] : [reference.path])]),
    ],
    model: findModel(repository, options.model),
    place: dataPlace(repository),
    now: context.now(),
    ...progressOf(context, contract.dataset),
  });
}

const toReference = (path: string): DriftRules['reference'] & { readonly path: string } => ({
  kind: path.endsWith('.json') ? 'profile' : 'file',
  path,
});

function toDataCheck({ contract, path }: ReadContract, result: LocalResult): DataCheck {
  const { measurement, verdict, findings, observations, notes } = result;
  return {
    dataset: contract.dataset,
    contractPath: path,
    ...{ verdict, findings, observations, notes },
    rows: measurement?.measured.rows ?? null,
    files: measurement?.measured.files.length ?? 0,
    drift: measurement?.drift ?? null,
  };
}

/** Everything but values of private columns: those do not leave the machine, not even into a file of its owner. */
function toJson({ read, result }: Checked) {
  const measured = result.measurement?.measured ?? null;
  const profile = measured?.profile ?? null;
  return {
    ...toDataCheck(read, result),
    headers: headersOf(measured),
    profile: profile === null ? null : toPublicProfile(profile, privacyIn(read.contract)),
  };
}

/** What `accept` acts on, without the way over a file. */
export function toSaved({ read, result }: Checked): SavedCheck {
  const { measurement, findings, localFiles } = result;
  const measured = measurement?.measured ?? null;
  return {
    dataset: read.contract.dataset,
    findings,
    headers: headersOf(measured),
    profile: measured?.profile ?? null,
    drift: measurement?.drift ?? null,
    files: localFiles,
  };
}

const headersOf = (measured: Measured | null): readonly string[] => [
  ...new Set(measured?.files.flatMap(({ columns }) => columns) ?? []),
];

/** The worst one decides: what was not evaluated is no pass. */
function exitCodeOf(verdicts: readonly LocalResult['verdict'][]): ExitCode {
  if (verdicts.includes('data invalid')) return 1;
  return verdicts.includes('not evaluated') || verdicts.length === 0 ? 3 : 0;
}
