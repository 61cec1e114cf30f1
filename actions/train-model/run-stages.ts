import { posix } from 'node:path';
import { runPipeline, type StageRun } from '../../adapters/dvc/pipeline.ts';
import { openRemote } from '../../adapters/dvc/remote.ts';
import type { EndOfAttempt } from '../../core/training/outcome.ts';
import type { TrainingInputs } from './training.ts';

/** What ran: one command, or the stages of a pipeline up to the one that broke off. */
export interface Ran {
  readonly end: EndOfAttempt;
  /** Of the log. */
  readonly lastLines: readonly string[];
  /** Image that ran, by digest; null: no container, or the engine did not tell. */
  readonly image: string | null;
  readonly stages: readonly StageRun[];
}

/** Runs one command line. @param folder absolute */
export type RunText = (text: string, folder: string) => Promise<Ran>;

const nothingRan: EndOfAttempt = { outcome: 'done', how: 'no stage had changed' };

/**
 * Runs the stages of dvc.yaml that changed, and writes dvc.lock beside it as DVC would.
 * @throws InputError for a pipeline that is not understood or whose data cannot be had
 */
export async function runStages(
  file: string,
  inputs: TrainingInputs,
  log: (line: string) => void,
  runText: RunText,
): Promise<Ran> {
  let last: Ran = { end: nothingRan, lastLines: [], image: null, stages: [] };
  const result = await runPipeline({
    file,
    workspace: inputs.workspace,
    remote: openRemote(inputs.dataUrl, inputs.network),
    runCommand: async (text, folder) => {
      last = await runText(text, folder);
      return { kind: last.end.outcome === 'done' ? 'done' : 'ended' };
    },
    log,
  });
  for (const { name, action, reasons } of result.stages)
    log(`stage ${name}: ${action}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`);
  return { ...last, stages: result.stages };
}

/** Where the lock of a pipeline lies. */
export const lockPathOf = (pipeline: string): string => posix.join(posix.dirname(pipeline), 'dvc.lock');
