import { basename } from 'node:path';
import type { ServeConfig } from '../../core/config/latency.ts';
import { modelPath } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { InputError } from '../../core/error/error.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { RoundFact, ServedModel } from '../../core/load/latency-record.ts';
import type { VersionRecord } from '../../core/registry/ledger.ts';
import { type Place, readModelAt } from './load.ts';

export interface SideInputs {
  readonly who: RoundFact['who'];
  /** Version of the ledger; null: the model that the pull request proposes. */
  readonly version: number | null;
  /** Of the job that made or stored the proposed model; null for a version, whose digest the ledger has. */
  readonly artifactDigest: Digest | null;
  /** Where the artifact with the model was unpacked. */
  readonly folder: string;
  /** Checkout of the head, or of the commit that the version was trained from. */
  readonly workspace: string;
}

/** How one of the two models is served. */
export interface SidePlan extends Pick<SideInputs, 'who' | 'folder' | 'workspace'> {
  readonly serve: ServeConfig;
  /** Name of the model file, as the train command called it. */
  readonly name: string;
  readonly fact: Omit<ServedModel, 'sizeBytes'>;
}

export interface SidePlace extends Place {
  headOf(workspace: string): Promise<string | null>;
  /** For a version from before its model.yml said how it is served. */
  readonly fallback: ServeConfig;
}

/**
 * Says how a model is served: a proposed one by head's command, a version of the ledger by the command of the commit that it
 * was trained from, with the digest that the ledger has.
 * @throws InputError LATENCY_DIGEST_MISSING, LATENCY_VERSION_UNKNOWN, LATENCY_CHECKOUT_OTHER, CONFIG_INVALID
 */
export async function describeSide(side: SideInputs, place: SidePlace): Promise<SidePlan> {
  const plan =
    side.version === null ? await planProposed(side, place) : await planVersion(side, side.version, place);
  await requireCheckout(side, plan.fact.commit, place);
  return plan;
}

async function planProposed(side: SideInputs, place: SidePlace): Promise<SidePlan> {
  if (side.artifactDigest === null) {
    throw refuse(
      'latency/digest-missing',
      'No digest of the proposed model was handed over',
      'Pass the output artifact-digest of the training job.',
    );
  }
  const commit = place.proposal.commits.head;
  const config = await readModelAt(place, commit);
  if (config === null) {
    throw refuse(
      'latency/model-unknown',
      `There is no ${modelPath(place.model)} at the head of the pull request`,
      'Add the file, or correct the name that the workflow passes.',
    );
  }
  const fact = { version: null, commit, artifactDigest: side.artifactDigest };
  return { ...toPlan(side, config, place), name: basename(config.train.artifact), fact };
}

async function planVersion(side: SideInputs, version: number, place: SidePlace): Promise<SidePlan> {
  const { artifact, lineage } = findRecord(version, place);
  const config = await readModelAt(place, lineage.codeCommit).catch((error: unknown) => {
    // A file of long ago that is no longer understood says nothing about serving.
    if (error instanceof InputError) return null;
    throw error;
  });
  const fact = { version, commit: lineage.codeCommit, artifactDigest: artifact.digest };
  return { ...toPlan(side, config, place), name: basename(artifact.name), fact };
}

function toPlan({ who, folder, workspace }: SideInputs, config: ModelConfig | null, { fallback }: SidePlace) {
  return { who, folder, workspace, serve: config?.latency?.serve ?? fallback };
}

function findRecord(version: number, { model, proposal: { state } }: SidePlace): VersionRecord {
  // The state is of the model that the pull request changes, whatever name the caller passes.
  const record = state?.model === model ? state.versions.get(version)?.record : undefined;
  if (record !== undefined) return record;
  throw refuse(
    'latency/version-unknown',
    `The ledger has no version ${version} of ${model}`,
    'Pass the output of the step that names the version, unchanged.',
  );
}

/** Code and bytes belong together: a champion served by the code of the pull request is another program. */
async function requireCheckout(side: SideInputs, commit: string, place: SidePlace): Promise<void> {
  const found = await place.headOf(side.workspace);
  if (found === commit) return;
  throw refuse(
    'latency/checkout-other',
    `The checkout of the ${side.who} is at ${found ?? 'no commit'}, not at ${commit}`,
    `Give actions/checkout ref: ${commit.slice(0, 12)}... for the ${side.who}: the head of the pull request, or the commit of the version.`,
    { found: found ?? 'none', allowed: commit },
  );
}
