import type { Catalogue, Governed } from '../change/catalogue.ts';
import type { Change } from '../change/change.ts';
import { modelPath } from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import { refuse, refuseInput } from '../evaluation/refusal.ts';
import { needsJudgement, requiredComparisons } from '../evidence/comparison-need.ts';
import type { ChampionFact } from '../evidence/evidence.ts';
import { championsOf } from './champion.ts';
import type { ModelState, VersionRecord } from './ledger.ts';
import { emptyState } from './stream.ts';

export interface JudgementPlanInput {
  /** What the caller workflow asks for; pull-request controlled. */
  readonly model: string;
  readonly artifactId: number | null;
  readonly change: Change;
  readonly catalogue: Catalogue;
  /** null: the ledger knows nothing of the model. */
  readonly state: ModelState | null;
}

/** What is judged, against whom: derived from the pull request and the ledger, not from the caller's inputs. */
export interface JudgementPlan {
  readonly change: Change & { readonly kind: 'request' };
  readonly model: Governed<ModelConfig>;
  readonly state: ModelState;
  /** The version that a promotion request moves; null: a new one is proposed. */
  readonly promoted: VersionRecord | null;
  /** Every endpoint of the model that has a champion. */
  readonly champions: readonly ChampionFact[];
  /** Versions to compare with; null where nothing serves. Never empty. */
  readonly against: readonly (number | null)[];
}

/**
 * Derives what a judging job has to do and refuses what does not fit the pull request.
 * @throws InputError with a code JUDGE_..., each for one way in which caller and pull request disagree
 */
export function planJudgement(input: JudgementPlanInput): JudgementPlan {
  const change = requireRequest(input);
  const model = input.catalogue.models.get(input.model);
  if (!model) throw unknownModel(input.model);
  const state = input.state ?? emptyState(input.model);
  const champions = championsOf(state);
  const promoted = findPromoted(change, state, input.artifactId);
  return { change, model, state, promoted, champions, against: requiredComparisons(change.moves, champions) };
}

function requireRequest({ change, model }: JudgementPlanInput): JudgementPlan['change'] {
  if (change.kind === 'refused') {
    const [first, ...rest] = change.findings;
    throw first ? refuseInput('JUDGE_CHANGE_REFUSED', [first, ...rest]) : nothingToJudge();
  }
  if (change.kind === 'nothing' || change.model === null) throw nothingToJudge();
  if (change.model !== model) {
    throw refuse(
      'judge/other-model',
      `The workflow asks to judge "${model}", but the pull request changes "${change.model}"`,
      `Pass "${change.model}" as model, best the output "model" of the validation job.`,
    );
  }
  return change;
}

/** One judgement is about one thing: a new version, or one version of the ledger. */
function findPromoted(
  change: JudgementPlan['change'],
  state: ModelState,
  artifactId: number | null,
): VersionRecord | null {
  const judged = change.moves.filter(needsJudgement);
  const versions = [...new Set(judged.map((move) => (move.kind === 'stage' ? move.version : null)))];
  const [version] = versions;
  if (version === undefined) throw nothingToJudge();
  if (versions.length > 1) {
    throw refuse(
      'judge/several-versions',
      `The pull request moves ${versions.length} versions that need a judgement of their own`,
      'Open one pull request for each version.',
    );
  }
  requireArtifact(version, artifactId);
  if (version === null) return null;
  const record = state.versions.get(version)?.record;
  if (!record) {
    throw refuse(
      'judge/version-unknown',
      `The ledger has no version ${version} of ${state.model}`,
      'Name a version that the ledger has registered.',
    );
  }
  return record;
}

function requireArtifact(version: number | null, artifactId: number | null): void {
  if (version === null && artifactId === null) {
    throw refuse(
      'judge/artifact-missing',
      'A model is proposed, but the workflow names no artifact',
      'Pass the output artifact-id of the upload step of the training job.',
    );
  }
  if (version !== null && artifactId !== null) {
    throw refuse(
      'judge/artifact-unwanted',
      `Version ${version} is judged from its stored bytes, but the workflow names an artifact`,
      'Leave artifact-id empty for a pull request that moves versions.',
    );
  }
}

function unknownModel(model: string) {
  return refuse(
    'judge/model-unknown',
    `Neither base nor head has ${modelPath(model)}`,
    'Add the file, or correct the name that the workflow passes.',
  );
}

function nothingToJudge() {
  return refuse(
    'judge/nothing-to-judge',
    'Nothing in this pull request needs a judgement',
    'Call the judge only when the output "judge" of the validation job is true.',
  );
}
