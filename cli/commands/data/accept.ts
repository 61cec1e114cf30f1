import { writeFile } from 'node:fs/promises';
import { profileFiles } from '../../../adapters/dataset/profile-files.ts';
import { parseContract } from '../../../core/config/contract-file.ts';
import { editYaml } from '../../../core/config/yaml-edit.ts';
import { acceptFinding, isAcceptable } from '../../../core/dataset/accept.ts';
import { type InferredColumn, inferColumn } from '../../../core/dataset/infer-column.ts';
import { InputError } from '../../../core/error/error.ts';
import type { Finding } from '../../../core/finding/finding.ts';
import { paragraph } from '../../../core/report/block.ts';
import { diffLines } from '../../../core/report/line-diff.ts';
import { renderText } from '../../../core/report/text.ts';
import type { AddCommand, CommandContext } from '../../context.ts';
import { describeApprovals } from './approval.ts';
import { checkData, toSaved } from './check.ts';
import { type OpenEngine, withEngine } from './engine.ts';
import { toDataFiles } from './files.ts';
import { readSavedChecks, type SavedCheck } from './report-file.ts';
import { findContracts, type ReadContract, readDataRepository } from './repository.ts';

interface AcceptOptions {
  readonly column?: string;
  readonly dataset?: string;
  readonly from?: string;
  readonly data?: readonly string[];
  readonly reference?: string;
  readonly tolerate?: boolean;
  readonly dryRun?: boolean;
}

/** `gatehouse data accept`: the data is right, so the contract changes; who owns it approves. */
export const acceptDataCommand =
  (open: OpenEngine): AddCommand =>
  (program, context) => {
    program
      .command('accept')
      .description(
        'Changes the contract so that a finding is none, one line and no byte more; says who must approve',
      )
      .argument('<finding>', 'code of a finding (data/range) or name of a rule')
      .option('--column <name>', 'only the finding of this column')
      .option('--dataset <dataset>', 'name or path of the contract; needed when there are several')
      .option('--from <file>', 'what "gatehouse data check --json" wrote; else the check runs now')
      .option('--data <files...>', 'check these files instead of those that the contract names')
      .option('--reference <file>', 'compare with this table, or with a profile (.json)')
      .option('--tolerate', 'let as many rows break the rule as do now, instead of changing the rule')
      .option('--dry-run', 'show the change and write nothing')
      .action((named: string, options: AcceptOptions) =>
        context.run(async () => {
          await accept(context, open, named, options);
          return 0;
        }),
      );
  };

async function accept(
  context: CommandContext,
  open: OpenEngine,
  named: string,
  options: AcceptOptions,
): Promise<void> {
  const repository = await readDataRepository(context.cwd);
  const dataset = options.dataset ?? (await datasetOf(context, options));
  const read = onlyOne(await findContracts(repository, context.cwd, dataset));
  const saved = await findSaved(context, open, read, options);
  const finding = findFinding(saved.findings, named, options.column);
  const inferred = await inferUnknown(context, open, finding, saved, options);
  const { profile, headers, drift } = saved;
  const facts = {
    contract: read.contract,
    profile,
    headers,
    drift,
    inferred,
    tolerate: options.tolerate === true,
  };
  const answer = acceptFinding(finding, facts);
  if (answer.kind === 'refused') {
    throw new InputError('NOT_ACCEPTED', `${finding.code} cannot be accepted: ${answer.because}`, {
      hint: answer.fix,
    });
  }
  const text = answer.edits.reduce(editYaml, read.text);
  // A contract that nobody could read is never written.
  parseContract(text, read.path);
  if (options.dryRun !== true) await writeFile(read.local, text);
  const done = options.dryRun === true ? 'would change' : 'is changed';
  const approvals = await describeApprovals(repository.root, read.contract.dataset);
  context.print(
    renderText([
      paragraph({ strong: `${read.path} ${done}: ` }, { prose: answer.says }),
      { kind: 'fence', language: 'diff', lines: diffLines(read.text, text) },
      ...approvals.map((line) => paragraph({ prose: line })),
    ]),
  );
}

/** A file with one dataset says which; with several of them somebody has to. */
async function datasetOf(context: CommandContext, { from }: AcceptOptions): Promise<string | undefined> {
  const [only, second] = from === undefined ? [] : await readSavedChecks(context.cwd, from);
  return second === undefined ? only?.dataset : undefined;
}

async function findSaved(
  context: CommandContext,
  open: OpenEngine,
  { contract, path }: ReadContract,
  options: AcceptOptions,
): Promise<SavedCheck> {
  if (options.from === undefined) {
    const [checked] = await checkData(context, open, options.dataset ?? contract.dataset, options);
    if (checked !== undefined) return toSaved(checked);
  } else {
    const all = await readSavedChecks(context.cwd, options.from);
    const found = all.find(({ dataset }) => dataset === contract.dataset);
    if (found !== undefined) return found;
  }
  throw new InputError('FINDING_UNKNOWN', `nothing was found about the dataset of ${path}`, {
    hint: 'Check it first: gatehouse data check',
  });
}

function findFinding(findings: readonly Finding[], named: string, column: string | undefined): Finding {
  const code = named.includes('/') ? named : `data/${named}`;
  const fitting = findings.filter(
    (finding) =>
      (finding.code === code || finding.rule === named) &&
      (column === undefined || finding.column === column),
  );
  const [only, second] = fitting;
  if (only !== undefined && second === undefined) return only;
  const others = (only === undefined ? findings : fitting).filter((each) => isAcceptable(each.code));
  const list = others.map(
    ({ code: each, column: of, rule }) =>
      `${each}${of === undefined ? '' : ` --column "${of}"`}${rule === undefined ? '' : ` (rule ${rule})`}`,
  );
  if (only !== undefined) {
    throw new InputError('FINDING_AMBIGUOUS', `${fitting.length} findings are called "${named}"`, {
      hint: `Say which: ${list.join('; ')}.`,
    });
  }
  throw new InputError(
    'FINDING_UNKNOWN',
    `the check found no "${named}"${column === undefined ? '' : ` of column "${column}"`}`,
    {
      hint: list.length === 0 ? 'Nothing was found that could be accepted.' : `Found: ${list.join('; ')}.`,
    },
  );
}

/** A column that the contract does not know was not measured by it: it is looked at now. */
async function inferUnknown(
  context: CommandContext,
  open: OpenEngine,
  finding: Finding,
  { files }: SavedCheck,
  options: AcceptOptions,
): Promise<ReadonlyMap<string, InferredColumn>> {
  if (finding.code !== 'data/column-unknown' || files.length === 0) return new Map();
  const data = options.data === undefined ? files : toDataFiles(context.cwd, options.data);
  const profile = await withEngine(context, open, (engine) => profileFiles(engine, data));
  return new Map(profile.columns.map((column) => [column.name, inferColumn(column, profile.rows)]));
}

function onlyOne(contracts: readonly ReadContract[]): ReadContract {
  const [only, second] = contracts;
  if (only !== undefined && second === undefined) return only;
  throw new InputError('DATASET_AMBIGUOUS', `there are ${contracts.length} contracts here`, {
    hint: `Say which: --dataset ${contracts.map(({ contract }) => contract.dataset).join(' or ')}.`,
  });
}
