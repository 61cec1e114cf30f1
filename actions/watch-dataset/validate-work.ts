import { describeProgress } from '../../adapters/dataset/progress-line.ts';
import type { RecordStore } from '../../adapters/dataset/record-store.ts';
import { runValidation, type ValidationResult } from '../../adapters/dataset/validate.ts';
import type { DataEngine } from '../../adapters/engine/engine.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { readTrainedVersions } from '../../adapters/proposal/dataset-history.ts';
import { networkOf } from '../../core/config/network.ts';
import type { Work } from './run.ts';

export interface WorkDeps {
  readonly reader: Pick<GitHubReader, 'file'>;
  readonly records: () => Promise<RecordStore>;
  readonly openEngine: () => Promise<DataEngine>;
  readonly workdir: string;
  readonly now: string;
  readonly say: (text: string) => void;
}

/** The same checks as in a pull request, with the champion's data as reference. What was refused before is judged anew. */
export function validateWork(work: Work, deps: WorkDeps): Promise<ValidationResult> {
  const { watched, origin } = work;
  return runValidation(
    {
      ...{ contracts: work.contracts, known: watched.known, listing: work.listing, origin },
      // No model asks: access is for those that train.
      ...{ model: null, dataUrl: watched.policy.data, network: networkOf(watched.policy) },
      ...{ workdir: deps.workdir, now: deps.now },
      // A batch that brings its own reference along is compared with that of the commit.
      governing: watched.listing,
    },
    {
      openEngine: deps.openEngine,
      readBlob: work.readBlob,
      references: {
        trainedVersions: (dataset) => readTrainedVersions(watched.ledger, dataset),
        get: async (digest) => (await deps.records()).get(digest),
        readFile: (path) => deps.reader.file(path, origin.headSha),
      },
      putRecord: async (text) => (await deps.records()).put(text),
      refused: [],
      onProgress: (dataset, progress) => deps.say(describeProgress(dataset, progress)),
      ...(work.openRemote ? { openRemote: work.openRemote } : {}),
    },
  );
}
