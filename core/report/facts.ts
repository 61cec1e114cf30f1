import type { Change, Move } from '../change/change.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import type { DatasetValidation, GateOutcome, ModelComparison } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import type { DecisionInput } from '../policy/decision.ts';
import { resolveGates } from '../policy/gate-rule.ts';
import { waivedGates } from '../policy/waiver-rule.ts';
import { versionPath } from '../registry/layout.ts';
import type { Marker } from './marker.ts';
import type { Report } from './report.ts';

export { counted, grouped } from './count-text.ts';

export type Request = Change & { readonly kind: 'request' };
export type StageMove = Move & { readonly kind: 'stage' };

/** One comparison as shown: outcomes are computed from the metrics, as the decision does. */
export interface ShownComparison extends Omit<ModelComparison, 'gates'> {
  readonly endpoints: readonly string[];
  readonly outcomes: ModelComparison['gates'];
  /** How the champion is called where no registry numbers it; absent: by its version. */
  readonly champion?: string;
  /** Gates that governors let fail, by their names, each with its last day; absent: none. */
  readonly waived?: ReadonlyMap<string, string>;
}

/** `v6`; null: there is nobody to compare with. */
export const championOf = ({
  against,
  champion,
}: Pick<ShownComparison, 'against' | 'champion'>): string | null =>
  champion ?? (against === null ? null : `v${against}`);

/** The same within a sentence: `the champion` where it has no number. */
export const championText = (comparison: ShownComparison): string =>
  comparison.champion === undefined ? (championOf(comparison) ?? 'nobody') : `the ${comparison.champion}`;

export function comparisonsOf({ input }: Report): readonly ShownComparison[] {
  const { judgement, policy } = input;
  if (judgement === null) return [];
  const gates = resolveGates(input);
  return judgement.comparisons.map(({ against, metrics, detail, explanation, behaviour }) => {
    const outcomes = evaluateGates(metrics, gates, {
      against,
      rows: judgement.heldOut.rows,
      minimumRows: policy.defaults.minimumRows,
    });
    const endpoints = judgement.champions
      .filter(({ version }) => version === against)
      .map(({ endpoint }) => endpoint);
    const waived = waivedIn(outcomes, metrics, input);
    return { against, endpoints, metrics, detail, explanation, behaviour, outcomes, waived };
  });
}

/** As the decision rules on them. */
function waivedIn(
  outcomes: ShownComparison['outcomes'],
  metrics: ShownComparison['metrics'],
  input: DecisionInput,
): ReadonlyMap<string, string> {
  const { now, model, declared } = input;
  if (now === undefined || model === null) return new Map();
  return waivedGates(outcomes, metrics, model.model, { waivers: declared?.waivers ?? [], now });
}

/** The day until which governors let this gate fail; null: they do not, or it does not fail. */
export const waivedUntil = (
  { waived }: Pick<ShownComparison, 'waived'>,
  { gate, result }: GateOutcome,
): string | null => (result === 'fail' ? (waived?.get(gate) ?? null) : null);

/** Datasets that break their contract, and those that could not be read. Not believed evidence is not shown. */
export function invalidData({ input }: Report): readonly DatasetValidation[] {
  return input.validation?.datasets.filter(({ verdict }) => verdict === 'data invalid') ?? [];
}

export const requestOf = ({ input }: Report): Request | null =>
  input.change.kind === 'request' ? input.change : null;

export const stageMovesOf = ({ decision }: Report): readonly StageMove[] =>
  decision.moves.flatMap((move) => (move.kind === 'stage' ? [move] : []));

export const modelOf = (report: Report): string | null =>
  requestOf(report)?.model ?? report.input.model?.model ?? null;

/** The version that the merge registered, by the file that was written for it; null while nothing is recorded. */
export function registeredVersion({ recorded }: Report, model: string): number | null {
  const folder = `models/${model}/versions/`;
  for (const file of recorded?.files ?? []) {
    const number = file.startsWith(folder)
      ? /^(\d{4,9})\.yml$/.exec(file.slice(folder.length))?.[1]
      : undefined;
    if (number !== undefined && versionPath(model, Number(number)) === file) return Number(number);
  }
  return null;
}

/** Which comment a report belongs to. */
export function markerFor(report: Report): Marker {
  const { change } = report.input;
  if (change.kind === 'refused' && change.about) {
    return { kind: change.about.proposal ? 'proposal' : 'promotion', model: change.about.model };
  }
  const model = modelOf(report);
  if (model === null) return { kind: 'configuration' };
  return { kind: stageMovesOf(report).length > 0 ? 'promotion' : 'proposal', model };
}

/** Refused evidence first: it is what a reader must see before anything else; every finding once. */
export function findingsOf({ input, decision }: Report): readonly Finding[] {
  const all = [...input.refusals, ...decision.findings];
  const seen = new Set<string>();
  return all.filter((finding) => {
    const key = JSON.stringify([finding.code, finding.message, finding.where?.file, finding.where?.line]);
    return !seen.has(key) && seen.add(key);
  });
}

export const short = (commit: string): string => commit.slice(0, 7);
