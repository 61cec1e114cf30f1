import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseContract } from '../../../core/config/contract-file.ts';
import { editYaml, type YamlEdit } from '../../../core/config/yaml-edit.ts';
import { privacyIn } from '../../../core/dataset/record-maker.ts';
import { type Calibration, calibrate } from '../../../core/drift/calibrate.ts';
import { InputError } from '../../../core/error/error.ts';
import { parseProfile } from '../../../core/profile/parse-profile.ts';
import { toPublicProfile } from '../../../core/profile/private.ts';
import type { Profile } from '../../../core/profile/profile.ts';
import { paragraph } from '../../../core/report/block.ts';
import { calibrationBlocks } from '../../../core/report/calibration-table.ts';
import { terminalWidth } from '../../../core/report/columns.ts';
import { diffLines } from '../../../core/report/line-diff.ts';
import { renderText } from '../../../core/report/text.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand, CommandContext } from '../../context.ts';
import { type LedgerOptions, withLedgerOptions } from '../../ledger.ts';
import { describeApprovals } from './approval.ts';
import { shareUpTo } from './option.ts';
import { findContracts, findModel, type ReadContract, readDataRepository } from './repository.ts';
import { readStoredProfiles } from './stored.ts';

interface CalibrateOptions extends LedgerOptions {
  readonly history?: readonly string[];
  readonly fromStore?: boolean;
  readonly model?: string;
  readonly target: number;
  readonly against: string;
  readonly write?: boolean;
}

/** `gatehouse data calibrate`: limits of drift from the dataset's own history. */
export const calibrateDataCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('calibrate')
      .description(
        'Proposes drift limits from a history of profiles, with the rate of false alarms that they imply',
      )
      .argument('<dataset>', 'name or path of a contract')
      .option(
        '--history <profiles...>',
        'profiles in time order, oldest first ("gatehouse data profile --out")',
      )
      .option('--from-store', 'profiles of everything that was trained on, from the ledger and the store')
      .option('--model <name>', 'with the limits of this model')
      .option('--target <share>', 'most false alarms a comparison', shareUpTo(0.5), 0.05)
      .option('--against <which>', 'compare each with the previous one, or with the first one', 'previous')
      .option('--write', 'write the limits into the contract');
    withLedgerOptions(command).action((dataset: string, options: CalibrateOptions) =>
      context.run(async () => {
        const repository = await readDataRepository(context.cwd);
        const [read] = await findContracts(repository, context.cwd, dataset);
        if (read === undefined) throw new TypeError('a named contract is found or refused');
        const name = read.contract.dataset;
        if ((options.history === undefined) === (options.fromStore !== true)) throw noHistory();
        const history =
          options.history === undefined
            ? await readStoredProfiles(context, repository, name, options, fetchAnchors)
            : await readHistory(context.cwd, options.history);
        const isPrivate = privacyIn(read.contract);
        const result = calibrate({
          history: history.map((profile) => toPublicProfile(profile, isPrivate)),
          rules: read.contract.drift,
          limits: findModel(repository, options.model)?.driftLimits?.[name] ?? {},
          target: options.target,
          against: toAgainst(options.against),
        });
        context.print(
          options.json === true
            ? JSON.stringify(result, null, 2)
            : renderText(calibrationBlocks(name, result), { width: terminalWidth }),
        );
        if (options.write === true) await write(context, repository.root, read, result);
        return 0;
      }),
    );
  };

const noHistory = (): InputError =>
  new InputError('HISTORY_MISSING', 'it is not said which history to learn from', {
    hint: 'Give either --history PROFILE... or --from-store.',
  });

async function readHistory(cwd: string, paths: readonly string[]): Promise<readonly Profile[]> {
  const profiles: Profile[] = [];
  for (const path of paths) {
    const text = await readFile(resolve(cwd, path), 'utf8').catch((cause) => {
      throw new InputError('FILE_MISSING', `${path} cannot be read`, {
        hint: 'Name profiles that "gatehouse data profile --out" wrote.',
        cause,
      });
    });
    profiles.push(parseProfile(text, path));
  }
  return profiles;
}

function toAgainst(text: string): 'previous' | 'first' {
  if (text === 'previous' || text === 'first') return text;
  throw new InputError('AGAINST_UNKNOWN', `nothing is compared with "${text}"`, {
    hint: 'Use --against previous or --against first.',
  });
}

async function write(
  context: CommandContext,
  root: string,
  { contract, path, text, local }: ReadContract,
  { columns }: Calibration,
): Promise<void> {
  const edits = columns.flatMap((column): readonly YamlEdit[] => {
    if (column.result !== 'proposed') return [];
    const at = ['drift', 'columns', column.column];
    return [
      { kind: 'set', path: [...at, 'limit'], value: column.limit },
      // A limit means something only in the unit of its test.
      { kind: 'set', path: [...at, 'test'], value: column.test },
    ];
  });
  const edited = edits.reduce(editYaml, text);
  parseContract(edited, path);
  await writeFile(local, edited);
  const approvals = edited === text ? [] : await describeApprovals(root, contract.dataset);
  // Standard output has the proposal already, which may be JSON.
  context.complain(
    renderText([
      paragraph({ strong: edited === text ? `${path} stays as it is.` : `${path} is changed:` }),
      ...(edited === text
        ? []
        : [{ kind: 'fence', language: 'diff', lines: diffLines(text, edited) } as const]),
      ...approvals.map((line) => paragraph({ prose: line })),
    ]),
  );
}
