import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProgress } from '../../../adapters/dataset/progress-line.ts';
import type { DataEngine, Progress } from '../../../adapters/engine/engine.ts';
import type { CommandContext } from '../../context.ts';

/** Starts the data engine; tests may give another one. @param workdir a folder of ours: it spills into it */
export type OpenEngine = (context: CommandContext, workdir: string) => Promise<DataEngine>;

/** Runs work with an engine and an empty folder; both are gone afterwards, whatever happens. */
export async function withEngine<T>(
  context: CommandContext,
  open: OpenEngine,
  work: (engine: DataEngine, workdir: string) => Promise<T>,
): Promise<T> {
  const workdir = await mkdtemp(join(tmpdir(), 'gatehouse-data-'));
  try {
    const engine = await open(context, workdir);
    try {
      return await work(engine, workdir);
    } finally {
      engine.close();
    }
  } finally {
    context.showProgress?.('');
    await rm(workdir, { recursive: true, force: true });
  }
}

/** Shows how far long work has come, where a person watches. */
export function progressOf(
  { showProgress }: CommandContext,
  name: string,
): { readonly onProgress?: (progress: Progress) => void } {
  return showProgress === null
    ? {}
    : { onProgress: (progress) => showProgress(describeProgress(name, progress)) };
}
