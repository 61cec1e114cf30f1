import type { FetchAnchors } from './anchors.ts';
import type { AddCommand } from './context.ts';

/** A command as the help lists it. */
export interface ListedCommand {
  /** As the help shows it: `resolve [options] <model>`. */
  readonly usage: string;
  /** Word for word the description that the command gives itself. */
  readonly summary: string;
  readonly load: () => Promise<AddCommand>;
}

/** Asking GitHub takes a large library: it is loaded when somebody asks. */
const fetchAnchors: FetchAnchors = async (query) => (await import('./anchors.ts')).fetchAnchors(query);

/** Every command in the order of the help, each loaded when it is called: nobody waits for the others. */
export const catalogue: readonly ListedCommand[] = [
  {
    usage: 'init [options]',
    summary: 'Looks at this repository and proposes the files of Gatehouse, report-only',
    load: async () => {
      const { initCommand } = await import('./commands/init.ts');
      const { startConversation } = await import('./conversation.ts');
      const { openInstalled } = await import('./engine.ts');
      const { findOwnPin } = await import('../adapters/onboarding/own-pin.ts');
      return initCommand({
        open: openInstalled,
        ask: startConversation,
        findPin: () => findOwnPin(import.meta.dirname),
      });
    },
  },
  {
    usage: 'doctor [options]',
    summary:
      'Looks for what the gate rests on: files, workflows, rulesets, runners, secrets; each with its fix',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  {
    usage: 'check [options]',
    summary: 'Checks every Gatehouse file of this clone and says what this branch will ask for',
    load: async () => (await import('./commands/check.ts')).checkCommand,
  },
  {
    usage: 'compare [options] [a] [b]',
    summary: 'Compares two models on the same rows: is challenger B better than champion A, or worse?',
    load: async () => (await import('./commands/compare.ts')).compareCommand,
  },
  {
    usage: 'noise-floor [options] <predictions...>',
    summary: 'Measures how far trainings of one model with other seeds lie apart: a gain must exceed it',
    load: async () => (await import('./commands/noise-floor.ts')).noiseFloorCommand,
  },
  {
    usage: 'verify [options]',
    summary: 'Proves the ledger: every hash, move, decision, file and anchor; names the first bad entry',
    load: async () => (await import('./commands/verify.ts')).verifyCommand(fetchAnchors),
  },
  {
    usage: 'resolve [options] <model>',
    summary: 'Says which version serves at an endpoint, with its digest, from a proven ledger',
    load: async () => (await import('./commands/resolve.ts')).resolveCommand(fetchAnchors),
  },
  {
    usage: 'registry',
    summary: 'Answers what serves where, made from what, approved by whom, since when, how well',
    load: async () => (await import('./commands/registry.ts')).registryCommand(fetchAnchors),
  },
  {
    usage: 'policy',
    summary: 'Explains recorded decisions, and tries other approvals and policies on them',
    load: async () => (await import('./commands/policy.ts')).policyCommand(fetchAnchors),
  },
  {
    usage: 'card [options] <model>',
    summary: 'Prints the model card: what it does, its data, limits, figures, who approved it',
    load: async () => (await import('./commands/card.ts')).cardCommand(fetchAnchors),
  },
  {
    usage: 'report [options] <model>',
    summary: 'Shows a judged result that the ledger counted, or writes its page with charts',
    load: async () => (await import('./commands/report.ts')).reportCommand(fetchAnchors),
  },
  {
    usage: 'export [options]',
    summary: 'Writes what happened, or every version, as CSV or JSON Lines',
    load: async () => (await import('./commands/export.ts')).exportCommand(fetchAnchors),
  },
  {
    usage: 'history [options] <model>',
    summary: 'Tells what happened to a model: who approved what, when and why, from a proven ledger',
    load: async () => (await import('./commands/history.ts')).historyCommand(fetchAnchors),
  },
  {
    usage: 'lineage [options] [entity]',
    summary: 'Follows a dataset, source, run, version or endpoint to its origins and to what uses it',
    load: async () => (await import('./commands/lineage.ts')).lineageCommand(fetchAnchors),
  },
  {
    usage: 'reproduce [options] <model> <version>',
    summary: 'Trains a version again from its record, in a checkout of its own: equal, or what differs',
    load: async () => (await import('./commands/reproduce.ts')).reproduceCommand(fetchAnchors),
  },
  {
    usage: 'runs',
    summary: 'Lists, shows and compares training runs',
    load: async () => (await import('./commands/runs.ts')).runsCommand,
  },
  {
    usage: 'data',
    summary: 'Checks, describes and compares data on this machine',
    load: async () => {
      const { dataCommand } = await import('./commands/data.ts');
      const { openInstalled } = await import('./engine.ts');
      return dataCommand(openInstalled, fetchAnchors);
    },
  },
];

/**
 * Says which commands these arguments need: the one that is named, else a line of help for each of them.
 * @param args what follows `gatehouse`
 */
export async function selectCommands(args: readonly string[]): Promise<readonly AddCommand[]> {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const name = names[0] === 'help' ? names[1] : names[0];
  const found = catalogue.find(({ usage }) => usage.split(' ', 1)[0] === name);
  return found === undefined ? catalogue.map(addHelpLine) : [await found.load()];
}

/** A command that can only be listed; also what a mistyped name is compared with. */
function addHelpLine({ usage, summary }: ListedCommand): AddCommand {
  return (program) => {
    const command = program.command(usage.replace(' [options]', '')).description(summary);
    if (usage.includes('[options]')) command.option('--any');
  };
}
