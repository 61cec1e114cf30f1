import { isPromotion, replayPolicy } from '../../../core/audit/replay-policy.ts';
import { policyReplayBlocks } from '../../../core/report/policy-replay-blocks.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { readDecisions } from '../../decisions.ts';
import { readPolicy } from '../../policy-source.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { type RegistryOptions, withRegistry } from '../../registry-source.ts';
import { wholeNumber } from '../data/option.ts';

interface ReplayOptions extends RegistryOptions {
  readonly policy?: string;
  readonly last: number;
  readonly all?: boolean;
}

/** `gatehouse policy replay`: what would this policy have blocked? */
export const replayPolicyCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('replay')
      .description('Says which of the last promotions a policy would have blocked, and by which rule')
      .option('--policy <file>', 'policy to try (default: .github/gatehouse.yml of the working tree)')
      .option('--last <number>', 'how many of the newest promotions', wholeNumber(1, 100_000), 50)
      .option('--all', 'every recorded decision: proposals, other stages and rollbacks as well');
    withRegistryOptions(command).action((options: ReplayOptions) =>
      context.run(async () => {
        const { name, policy } = await readPolicy(context.cwd, options.policy);
        return withRegistry(context, options, fetchAnchors, async (source) => {
          const decisions = await readDecisions(context.cwd, source);
          const chosen = options.all === true ? decisions : decisions.filter(isPromotion);
          const replay = replayPolicy(chosen, policy, options.last);
          printAnswer(context, options, source, {
            json: { policy: name, ...replay },
            blocks: () => policyReplayBlocks(replay, name, options.all === true ? 'decision' : 'promotion'),
          });
          return replay.blocked === 0 ? 0 : 1;
        });
      }),
    );
  };
