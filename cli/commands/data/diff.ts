import { toDriftRules } from '../../../core/config/drift-file.ts';
import type { DriftRules } from '../../../core/config/drift-rules.ts';
import { compareProfiles } from '../../../core/drift/compare.ts';
import { findRenames } from '../../../core/drift/rename.ts';
import { paragraph } from '../../../core/report/block.ts';
import { terminalWidth } from '../../../core/report/columns.ts';
import { driftBlocks } from '../../../core/report/drift-section.ts';
import { profileDiffTable } from '../../../core/report/profile-diff.ts';
import { renderText } from '../../../core/report/text.ts';
import type { AddCommand } from '../../context.ts';
import { type OpenEngine, withEngine } from './engine.ts';
import { wholeNumber } from './option.ts';
import { findContracts, readDataRepository } from './repository.ts';
import { readSide } from './side.ts';

interface DiffOptions {
  readonly contract?: string;
  readonly minRows?: number;
  readonly json?: boolean;
}

/** `gatehouse data diff`: what changed from one version of a table to another one. */
export const diffDataCommand =
  (open: OpenEngine): AddCommand =>
  (program, context) => {
    program
      .command('diff')
      .description('Compares two tables, profiles or committed datasets: shape, numbers, drift')
      .argument('<old>', 'a table, a profile (.json), or REF:datasets/NAME.yml')
      .argument('<new>', 'the same')
      .option('--contract <dataset>', 'types, privacy and drift limits from this contract')
      .option('--min-rows <number>', 'fewest rows of a comparison', wholeNumber(2, 1_000_000_000))
      .option('--json', 'print JSON')
      .action((old: string, now: string, options: DiffOptions) =>
        context.run(async () => {
          const repository = await readDataRepository(context.cwd);
          const [read] =
            options.contract === undefined
              ? []
              : await findContracts(repository, context.cwd, options.contract);
          const [before, after] = await withEngine(context, open, async (engine, workdir) => {
            const source = {
              cwd: context.cwd,
              repository,
              engine,
              workdir,
              contract: read?.contract ?? null,
            };
            return [await readSide(old, source), await readSide(now, source)] as const;
          });
          const contract = read?.contract ?? after.contract ?? before.contract;
          const own: DriftRules = contract?.drift ?? toDriftRules(undefined);
          const rules = { ...own, ...(options.minRows === undefined ? {} : { minRows: options.minRows }) };
          const report = compareProfiles(after.profile, before.profile, rules, { reference: old });
          const renames = findRenames(after.profile, before.profile);
          context.print(
            options.json === true
              ? JSON.stringify(
                  { old, new: now, drift: report, before: before.profile, after: after.profile },
                  null,
                  2,
                )
              : renderText(
                  [
                    ...driftBlocks(now, report),
                    paragraph('Old and new:'),
                    profileDiffTable(before.profile, after.profile, renames),
                  ],
                  { width: terminalWidth },
                ),
          );
          return 0;
        }),
      );
  };
