import { type Command, InvalidArgumentError } from 'commander';
import { decideAgain, findDecision } from '../../../core/audit/recorded-decision.ts';
import { InputError } from '../../../core/error/error.ts';
import type { DecisionInput } from '../../../core/policy/decision.ts';
import { compareDecisions } from '../../../core/policy/decision-difference.ts';
import { parseDecisionInput } from '../../../core/policy/decision-input-file.ts';
import { suppose, type WhatIf } from '../../../core/policy/what-if.ts';
import { renderText } from '../../../core/report/text.ts';
import { type WhatIfAnswer, whatIfBlocks } from '../../../core/report/what-if-blocks.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { readDecisions } from '../../decisions.ts';
import { readPolicy, readText } from '../../policy-source.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { type RegistryOptions, withRegistry } from '../../registry-source.ts';

interface SimulateOptions extends RegistryOptions {
  readonly entry?: string;
  readonly input?: string;
  readonly addApproval: WhatIf['added'];
  readonly removeApproval: readonly string[];
  readonly policy?: string;
}

/** `gatehouse policy simulate`: what would be decided, if? Changes nothing. */
export const simulateCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('simulate')
      .description('Tries an approval more or less, or another policy, on a decision; changes nothing');
    withRegistryOptions(withWhatIf(command)).action((options: SimulateOptions) =>
      context.run(async () => {
        const { entry, input: file } = options;
        if ((entry === undefined) === (file === undefined)) throw notOne();
        const { cwd } = context;
        const policy =
          options.policy === undefined ? {} : { policy: (await readPolicy(cwd, options.policy)).policy };
        const whatIf: WhatIf = { ...policy, added: options.addApproval, removed: options.removeApproval };
        if (file !== undefined) {
          const answer = answerOf(file, parseDecisionInput(await readText(cwd, file), file), whatIf);
          context.print(
            options.json ? JSON.stringify(toJson(answer), null, 2) : renderText(whatIfBlocks(answer)),
          );
          return exitCodeOf(answer);
        }
        return withRegistry(context, options, fetchAnchors, async (source) => {
          const { cause, input } = findDecision(await readDecisions(cwd, source), entry ?? '');
          const answer = answerOf(`entry ${cause.gseq}`, input, whatIf);
          printAnswer(context, options, source, { json: toJson(answer), blocks: () => whatIfBlocks(answer) });
          return exitCodeOf(answer);
        });
      }),
    );
  };

const withWhatIf = (command: Command): Command =>
  command
    .option('--entry <entry>', 'recorded decision: flight-delay@v2, "#41", 17 or flight-delay#5')
    .option('--input <file>', 'inputs of a decision as JSON, as "policy explain --json" prints them')
    .option(
      '--add-approval <login:role>',
      'as if LOGIN approved now as ROLE; may be given again',
      addApproval,
      [],
    )
    .option('--remove-approval <login>', 'as if LOGIN had not approved; may be given again', collect, [])
    .option('--policy <file>', 'as if this were the policy (default: the recorded one)');

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function addApproval(text: string, before: WhatIf['added']): WhatIf['added'] {
  const [, login, role] = /^([^:\s]{1,120}):([^:\s]{1,120})$/.exec(text) ?? [];
  if (login === undefined || role === undefined) throw new InvalidArgumentError('write it as rita:reviewer.');
  return [...before, { login, role }];
}

function answerOf(of: string, input: DecisionInput, whatIf: WhatIf): WhatIfAnswer {
  const without = decideAgain(input);
  const supposed = suppose(input, whatIf);
  const after = decideAgain(supposed.input);
  return { of, without, with: after, changed: compareDecisions(without, after), supposed };
}

const toJson = ({ supposed, ...answer }: WhatIfAnswer) => ({
  ...answer,
  hypothetical: supposed.hypothetical,
  unknown: supposed.unknown,
});

const exitCodeOf = ({ with: { kind } }: WhatIfAnswer): 0 | 1 =>
  kind === 'allowed' || kind === 'nothing' ? 0 : 1;

const notOne = (): InputError =>
  new InputError('DECISION_NOT_NAMED', 'name one decision: --entry ENTRY or --input FILE', {
    hint: 'gatehouse history MODEL lists the entries of a model; flight-delay@v2 names its newest promotion.',
  });
