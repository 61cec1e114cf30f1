import { diffVersions } from '../../../core/registry/version-diff.ts';
import { diffBlocks } from '../../../core/report/registry-blocks.ts';
import { versionDifferenceBlocks } from '../../../core/report/version-difference.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { readModel } from '../../model-answer.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { parseVersion, type RegistryOptions, withRegistry } from '../../registry-source.ts';

/** `gatehouse registry diff`: what differs between two versions of a model. */
export const diffVersionsCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('diff')
      .description('Lays two versions side by side: parameters, data, metrics, gates, approvals, code')
      .argument('<model>', 'name of the model')
      .argument('<a>', 'for example v6')
      .argument('<b>', 'for example v7')
      .option('--all', 'every fact of both records: digests and times too, and what is equal');
    withRegistryOptions(command).action(
      (model: string, a: string, b: string, options: RegistryOptions & { readonly all?: boolean }) =>
        context.run(() =>
          withRegistry(context, options, fetchAnchors, async (source) => {
            const [one, other] = [parseVersion(model, a), parseVersion(model, b)];
            const left = await readModel(source.reader, model, one);
            const right = await readModel(source.reader, model, other);
            const all = diffVersions(left.record, right.record);
            const facts = options.all === true ? all : all.filter(({ differs }) => differs);
            printAnswer(context, options, source, {
              json: { model, versions: [one, other], facts },
              blocks: () =>
                options.all === true
                  ? diffBlocks(model, [one, other], facts)
                  : versionDifferenceBlocks(model, [left.record, right.record], facts),
            });
            return 0;
          }),
        ),
    );
  };
