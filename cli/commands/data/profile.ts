import { resolve } from 'node:path';
import { profileFiles } from '../../../adapters/dataset/profile-files.ts';
import type { ColumnRule } from '../../../core/config/contract.ts';
import { guessColumnPrivacy } from '../../../core/dataset/infer-privacy.ts';
import { privacyIn } from '../../../core/dataset/record-maker.ts';
import { renderProfile } from '../../../core/profile/parse-profile.ts';
import { toPublicProfile } from '../../../core/profile/private.ts';
import type { Profile } from '../../../core/profile/profile.ts';
import { paragraph } from '../../../core/report/block.ts';
import { terminalWidth } from '../../../core/report/columns.ts';
import { profileBlocks } from '../../../core/report/profile-table.ts';
import { renderText } from '../../../core/report/text.ts';
import type { AddCommand } from '../../context.ts';
import { type OpenEngine, progressOf, withEngine } from './engine.ts';
import { toDataFiles, writeNew } from './files.ts';
import { findContracts, readDataRepository } from './repository.ts';

interface ProfileOptions {
  readonly contract?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `gatehouse data profile`: what is in a table. */
export const profileDataCommand =
  (open: OpenEngine): AddCommand =>
  (program, context) => {
    program
      .command('profile')
      .description('Says what is in a table: types, empty cells, numbers, commonest values')
      .argument('<files...>', 'tables that are read as one')
      .option(
        '--contract <dataset>',
        'types and privacy from this contract; else types are found and privacy is guessed',
      )
      .option('--out <file>', 'write the profile as canonical JSON: later data is compared with it')
      .option('--force', 'write over a file that is there')
      .option('--json', 'print the profile as JSON')
      .action((files: readonly string[], options: ProfileOptions) =>
        context.run(async () => {
          const contract = await readContract(context.cwd, options.contract);
          const types =
            contract === null ? 'find' : new Map(contract.columns.map(({ name, type }) => [name, type]));
          const { onProgress } = progressOf(context, 'profile');
          const whole = await withEngine(context, open, (engine) =>
            profileFiles(engine, toDataFiles(context.cwd, files), types, onProgress),
          );
          const privacyOf = contract === null ? guessPrivacyIn(whole) : privacyIn(contract);
          const profile = toPublicProfile(whole, privacyOf);
          const json = renderProfile(profile);
          if (options.out !== undefined)
            await writeNew(resolve(context.cwd, options.out), json, options.force === true);
          const hidden = profile.columns.map(({ name }) => name).filter((name) => privacyOf(name) !== 'none');
          const guessed = contract === null && hidden.length > 0 ? [guessNote(hidden)] : [];
          context.print(
            options.json === true
              ? json.trimEnd()
              : renderText(
                  [
                    ...profileBlocks(profile, new Set(hidden)),
                    ...guessed.map((note) => paragraph({ prose: note })),
                  ],
                  { width: terminalWidth },
                ),
          );
          return 0;
        }),
      );
  };

async function readContract(cwd: string, named: string | undefined) {
  if (named === undefined) return null;
  const [read] = await findContracts(await readDataRepository(cwd), cwd, named);
  return read?.contract ?? null;
}

/** Without a contract nobody has said what is private: names and values decide, and rather too often than too seldom. */
export function guessPrivacyIn({ columns }: Profile): (column: string) => ColumnRule['privacy'] {
  const guessed = new Map<string, ColumnRule['privacy']>(
    columns.map((column) => [column.name, guessColumnPrivacy(column)?.privacy ?? 'none']),
  );
  return (column) => guessed.get(column) ?? 'secret';
}

const guessNote = (hidden: readonly string[]): string =>
  `Hidden because of their names or values: ${hidden.join(', ')}. A contract says which columns are private: --contract.`;
