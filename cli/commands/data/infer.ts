import { resolve } from 'node:path';
import { profileFiles } from '../../../adapters/dataset/profile-files.ts';
import { inferContract, inferredPath } from '../../../core/dataset/infer.ts';
import type { AddCommand } from '../../context.ts';
import { type OpenEngine, progressOf, withEngine } from './engine.ts';
import { toDataFiles, toRepositoryPath, writeNew } from './files.ts';
import { readDataRepository } from './repository.ts';

interface InferOptions {
  readonly name: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/** `gatehouse data infer`: a first contract from data. */
export const inferDataCommand =
  (open: OpenEngine): AddCommand =>
  (program, context) => {
    program
      .command('infer')
      .description('Writes a first contract from data, with the reason of each rule as a comment')
      .argument('<files...>', 'tables that are read as one')
      .requiredOption('--name <dataset>', 'name of the dataset, for example flights')
      .option('--out <file>', 'where the contract goes (default: datasets/<dataset>.yml of the clone)')
      .option('--force', 'write over a contract that is there')
      .option('--dry-run', 'print it and write nothing')
      .action((files: readonly string[], options: InferOptions) =>
        context.run(async () => {
          const { root, paths } = await readDataRepository(context.cwd);
          const target =
            options.out === undefined
              ? resolve(root, inferredPath(options.name))
              : resolve(context.cwd, options.out);
          inferredPath(options.name);
          const { onProgress } = progressOf(context, options.name);
          const profile = await withEngine(context, open, (engine) =>
            profileFiles(engine, toDataFiles(context.cwd, files), 'find', onProgress),
          );
          // The commit holds the pointer where DVC keeps the data.
          const named = files
            .map((file) => toRepositoryPath(root, context.cwd, file))
            .map((file) => (paths.includes(`${file}.dvc`) ? `${file}.dvc` : file));
          const text = inferContract({ dataset: options.name, files: named, profile });
          if (options.dryRun === true) {
            context.print(text.trimEnd());
            return 0;
          }
          await writeNew(target, text, options.force === true);
          context.print(
            `${toRepositoryPath(root, context.cwd, target)} is written. Fill in its seven empty fields, read every line, then: gatehouse data check ${options.name}`,
          );
          return 0;
        }),
      );
  };
