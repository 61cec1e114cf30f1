import type { GitHubReader, PullFacts } from '../../adapters/github/reader.ts';
import type { Proposal, ProposalCommits } from '../../adapters/proposal/read-proposal.ts';
import { modelOfFile, modelPath, namesIn } from '../../core/config/layout.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { InputError } from '../../core/error/error.ts';
import type { SweptModel } from '../../core/training/sweep-facts.ts';

export interface ModelReader {
  readonly reader: Pick<GitHubReader, 'tree' | 'file' | 'branchHead'>;
  readProposal(commits: ProposalCommits): Promise<Proposal>;
  say(text: string): void;
}

/** Models of a commit, by name. One that cannot be read is left out and told: its runs have the limits of the others. */
export async function readModels(
  { reader, say }: ModelReader,
  commit: string,
): Promise<readonly SweptModel[]> {
  const models: SweptModel[] = [];
  for (const model of namesIn(await reader.tree(commit), modelOfFile)) {
    const path = modelPath(model);
    const text = new TextDecoder().decode((await reader.file(path, commit)) ?? new Uint8Array());
    try {
      models.push({ model, train: parseModelConfig(text, path, model).train });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      say(`${path} cannot be read and sets no limit: ${error.message}`);
    }
  }
  return models;
}

/** Which model a pull request is about, as `validate-dataset` tells it to the training job; null when it cannot be told. */
export async function readTrainedModel(
  { reader, readProposal, say }: ModelReader,
  pull: PullFacts,
): Promise<string | null> {
  const base = (await reader.branchHead(pull.base.ref)) ?? pull.base.sha;
  try {
    const { change } = await readProposal({ baseRef: pull.base.ref, base, head: pull.head.sha });
    return change.kind === 'request' ? change.model : null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    say(`Pull request ${pull.number} does not tell its model: ${error.message}`);
    return null;
  }
}
