import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { buildProductionLikeSet } from '../../../adapters/dataset/production-like.ts';
import { InputError } from '../../../core/error/error.ts';
import { canonicalJson } from '../../../core/json/canonical.ts';
import type { ProductionLikeRecord } from '../../../core/production-like/record.ts';
import { type Block, paragraph } from '../../../core/report/block.ts';
import { counted, grouped } from '../../../core/report/facts.ts';
import { renderText } from '../../../core/report/text.ts';
import type { AddCommand } from '../../context.ts';
import { findModel, readDataRepository } from './repository.ts';

interface ProductionLikeOptions {
  readonly features: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `gatehouse data production-like`: held-out rows spoiled as production spoils them, and the record of how. */
export const productionLikeCommand: AddCommand = (program, context) => {
  program
    .command('production-like')
    .description('Builds the production-like set of a model: held-out rows spoiled by its declared suite')
    .argument('<model>', 'name of the model')
    .requiredOption('--features <file>', 'held-out features as CSV')
    .requiredOption('--out <folder>', 'where the set and its record go')
    .option('--json', 'print the record as JSON')
    .action((name: string, options: ProductionLikeOptions) =>
      context.run(async () => {
        const repository = await readDataRepository(context.cwd);
        const model = findModel(repository, name);
        const suite = model?.productionLike;
        if (model === null || suite === undefined) throw noSuite(name);
        const folder = resolve(context.cwd, options.out);
        await mkdir(folder, { recursive: true });
        const target = join(folder, basename(options.features));
        const recorded = suite.corruptions.flatMap((one): [string, string][] =>
          one.kind === 'recorded' ? [[one.file, resolve(repository.root, one.file)]] : [],
        );
        const record = await buildProductionLikeSet({
          source: resolve(context.cwd, options.features),
          ...{ target, suite, key: model.heldOut.key, recorded: new Map(recorded) },
        });
        await writeFile(join(folder, 'record.json'), `${canonicalJson(record)}\n`, { flag: 'wx' }).catch(
          (cause) => {
            throw new InputError(
              'PRODUCTION_LIKE_TARGET',
              `${join(options.out, 'record.json')} cannot be written anew`,
              {
                hint: 'Name an empty folder.',
                cause,
              },
            );
          },
        );
        context.print(
          options.json === true
            ? JSON.stringify(record, null, 2)
            : renderText(recordBlocks(name, record, target)),
        );
        return 0;
      }),
    );
};

function recordBlocks(
  model: string,
  { rows, corruptions, result }: ProductionLikeRecord,
  target: string,
): readonly Block[] {
  return [
    paragraph({ strong: `Production-like set of ${model}` }, `: ${counted(rows, 'row')} in `, {
      prose: target,
    }),
    {
      kind: 'table',
      head: ['Corruption', 'Kind', 'Rows', 'Cells'],
      align: ['l', 'l', 'r', 'r'],
      rows: corruptions.map((each) => [
        [each.name],
        [each.kind],
        [grouped(each.rows)],
        [grouped(each.cells)],
      ]),
    },
    paragraph('Digest: ', { code: result }),
  ];
}

const noSuite = (name: string): InputError =>
  new InputError('SUITE_MISSING', `the model ${name} declares no corruptions`, {
    hint: `Add production-like to models/${name}/model.yml: a seed and the corruptions.`,
  });
