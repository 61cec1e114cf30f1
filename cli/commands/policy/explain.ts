import { decideAgain, findDecision } from '../../../core/audit/recorded-decision.ts';
import { decisionBlocks } from '../../../core/report/decision-blocks.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { readDecisions } from '../../decisions.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { type RegistryOptions, withRegistry } from '../../registry-source.ts';

/** `gatehouse policy explain`: the tree of a recorded decision, from the ledger alone. */
export const explainDecisionCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('explain')
      .description(
        'Explains a recorded decision: each rule and why, which approvals counted and which did not',
      )
      .argument(
        '<entry>',
        'flight-delay@v2, a merged pull request ("#41"), an entry of the ledger (17) or of a history (flight-delay#5)',
      );
    withRegistryOptions(command).action((entry: string, options: RegistryOptions) =>
      context.run(() =>
        withRegistry(context, options, fetchAnchors, async (source) => {
          const found = findDecision(await readDecisions(context.cwd, source), entry);
          const decision = decideAgain(found.input);
          const { model, cause, events, input } = found;
          const entries = events.map(({ gseq }) => gseq);
          printAnswer(context, options, source, {
            json: { model, entries, pullRequest: cause.source.pullRequest, at: cause.at, decision, input },
            blocks: () => decisionBlocks(found, decision),
          });
          return 0;
        }),
      ),
    );
  };
