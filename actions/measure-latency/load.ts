import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import type { LatencyConfig } from '../../core/config/latency.ts';
import { modelPath } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { refuse } from '../../core/evaluation/refusal.ts';

/** Where the files of a measurement are read. */
export interface Place {
  readonly model: string;
  readonly proposal: Pick<Proposal, 'commits' | 'catalogue' | 'state'>;
  readonly github: Pick<GitHubReader, 'file'>;
}

export interface ChosenLoad extends LatencyConfig {
  readonly from: 'base' | 'head';
  /** The model.yml that governs, from the same side or from base. */
  readonly config: ModelConfig;
}

/**
 * The load of the model.yml that governs. Where that one declares none, head's: the record says so, and the policy can
 * refuse it.
 * @throws InputError LATENCY_MODEL_UNKNOWN, LATENCY_NOT_DECLARED, CONFIG_INVALID
 */
export async function chooseLoad(place: Place): Promise<ChosenLoad> {
  const governing = place.proposal.catalogue.models.get(place.model);
  const head = governing?.from === 'base' ? await readModelAt(place, place.proposal.commits.head) : null;
  if (governing === undefined) {
    throw refuse(
      'latency/model-unknown',
      `There is no ${modelPath(place.model)} at the commit that governs`,
      'Add the file, or correct the name that the workflow passes.',
    );
  }
  const { config, from } = governing;
  if (config.latency !== undefined) return { ...config.latency, from, config };
  if (head?.latency !== undefined) return { ...head.latency, from: 'head', config };
  throw refuse(
    'latency/not-declared',
    `${modelPath(place.model)} declares no latency`,
    'Add latency: with serve, request and arrival, or leave the measuring job out of the workflow.',
    { where: { file: modelPath(place.model) } },
  );
}

/** @returns null when the commit has no such file */
export async function readModelAt({ model, github }: Place, commit: string): Promise<ModelConfig | null> {
  const path = modelPath(model);
  const content = await github.file(path, commit);
  return content === null ? null : parseModelConfig(new TextDecoder().decode(content), path, model);
}
