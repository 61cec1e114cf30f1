import type { GovernedScoring } from '../../adapters/scoring/governed-scoring.ts';
import { requirePublished } from '../../adapters/scoring/published.ts';
import { applicableGates } from '../../core/config/floor.ts';
import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import {
  type HeldOutRows,
  needsFeatures,
  readHeldOutRows,
  truthColumnsOf,
} from '../../core/evaluation/held-out-rows.ts';
import { type HeldOutTruth, readTruth } from '../../core/evaluation/read-truth.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';
import type { JudgeDeps, JudgedProposal } from './deps.ts';
import { readLabels } from './labels.ts';

export interface RowOutcome {
  /** null: there are no labels or features, and the findings say why. */
  readonly rows: HeldOutRows | null;
  readonly findings: readonly Finding[];
}

/** Reads labels, and features where slices, groups or samples ask for them. */
export async function readRows(
  plan: JudgementPlan,
  { features }: GovernedScoring,
  proposal: JudgedProposal,
  deps: JudgeDeps,
): Promise<RowOutcome> {
  const { truth, findings } = await readLabels(plan, proposal, deps);
  if (truth === null) return { rows: null, findings };
  const { config } = plan.model;
  const gates = applicableGates(config, proposal.policy.defaults);
  try {
    const content = needsFeatures(config, gates) ? await readFile(features, plan, proposal, deps) : null;
    return { rows: readHeldOutRows(truth, content, config, gates), findings };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return { rows: null, findings: [...findings, ...findingsOf('judge', error)] };
  }
}

/** Labels of the validation rows are files of the repository and no secret. */
export async function readValidation(
  plan: JudgementPlan,
  proposal: JudgedProposal,
  deps: JudgeDeps,
): Promise<{ readonly truth: HeldOutTruth | null; readonly findings: readonly Finding[] }> {
  const { config, from } = plan.model;
  const { validation } = config.heldOut;
  if (validation === undefined || config.decision === undefined || !('choose' in config.decision)) {
    return { truth: null, findings: [] };
  }
  try {
    const content = await deps.github.file(validation.labels, proposal.commits[from]);
    if (content === null) throw absent(validation.labels);
    const bytes = await readFile({ path: validation.labels, content }, plan, proposal, deps);
    const columns = { ...truthColumnsOf(config), weight: null, group: null };
    return { truth: readTruth(bytes, columns, config.task), findings: [] };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return { truth: null, findings: findingsOf('judge', error) };
  }
}

async function readFile(
  file: GovernedScoring['features'],
  plan: JudgementPlan,
  { catalogue, commits, policy }: JudgedProposal,
  { github, readRows: read }: JudgeDeps,
): Promise<Uint8Array> {
  await requirePublished(file, { plan, catalogue, base: commits.base, github });
  return read(file, policy);
}

const absent = (path: string) =>
  refuse(
    'judge/validation-missing',
    `The validation labels ${path} are not there at the commit that governs`,
    'Commit them, or name a fixed threshold under "decision" of model.yml.',
    { where: { file: path } },
  );
