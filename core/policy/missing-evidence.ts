import type { Finding } from '../finding/finding.ts';
import type { DecisionInput } from './decision.ts';
import { type Ruling, refuse, rule } from './rule.ts';

/**
 * Says why evidence that is needed is not there: refused when some was found and not believed or none can come, waiting
 * while a run may still bring it, not evaluated when the runs ended without it.
 * @param what `validation` or `judgement`
 */
export function ruleOnMissing(what: 'validation' | 'judgement', input: DecisionInput): Ruling {
  const [refusal] = input.refusals;
  if (refusal) {
    const ruling = rule(what, 'refused', `Evidence was found and is not believed: ${refusal.message}`);
    return { result: ruling.result, findings: input.refusals };
  }
  if (input.fork) return refuse(what, forked);
  const open = input.runs.find((run) => run.status !== 'completed');
  if (open) return rule(what, 'waiting', `Run ${open.id} is ${open.status.replaceAll('_', ' ')}.`);
  if (input.runs.length === 0) return rule(what, 'waiting', 'The workflow has not started yet.');
  const held = input.runs.find((run) => run.conclusion === 'action_required');
  if (held) return rule(what, 'waiting', `Run ${held.id} waits for a maintainer to approve it.`);
  return endedWithout(what, input.runs);
}

function endedWithout(what: string, runs: DecisionInput['runs']): Ruling {
  const last = [...runs].sort((a, b) => b.id - a.id)[0];
  const ended = `Run ${last?.id} ended (${last?.conclusion ?? 'no conclusion'}) without ${what}`;
  return {
    result: {
      rule: what,
      state: 'not evaluated',
      because: `${ended}. This says nothing about the model.`,
      children: [],
    },
    findings: [
      ...(last?.notes ?? []).map((note) => toFinding(what, note)),
      {
        code: `${what}/missing`,
        severity: 'fail',
        message: ended,
        fix: `Open the run, mend what stopped it, and run it again. The workflow must call the trusted ${what} workflow.`,
      },
    ],
  };
}

/** An action ends its error with "Fix: ..."; another program's error has none. */
function toFinding(
  what: string,
  { job, message }: { readonly job: string; readonly message: string },
): Finding {
  const [said = '', fix] = message.split(' Fix: ');
  return {
    code: `${what}/stopped`,
    severity: 'fail',
    message: `${said.replace(/\.$/, '')} (job ${job})`,
    fix: fix ?? 'Open the log of the job and mend what it says.',
  };
}

const forked = {
  code: 'request/fork',
  message: 'It comes from a fork, which reaches no GPU runner, no secret and no held-out labels',
  fix: 'A maintainer who has read the diff pushes the branch to this repository and opens the pull request from there.',
};
