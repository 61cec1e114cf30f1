import type { Change, Move } from '../change/change.ts';
import {
  datasetOfFile,
  modelOfFile,
  modelOfRules,
  modelOfWithdrawn,
  waiverOfFile,
} from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import type { ApprovalLine, Policy, PrivacyClass } from '../config/policy.ts';
import { canonicalJson } from '../json/canonical.ts';
import { meetsCondition, meetsWithoutMove } from './condition.ts';
import { type LookFacts, lookReason } from './look-rule.ts';
import { stagesEntered } from './time-rule.ts';

/** One line of a quorum: `count` different people who hold one of `anyOf`. */
export interface RequiredLine {
  /** Name for display: a role of the policy, `owner`, or `any role`. */
  readonly role: string;
  readonly anyOf: readonly string[];
  readonly count: number;
  /** Sentences: what asks for it. */
  readonly because: readonly string[];
}

export interface RequirementFacts extends LookFacts {
  readonly pushersKnown: boolean;
  readonly openedByBot?: boolean;
  /** Privacy classes of the data at stake; absent: unknown. */
  readonly privacy?: readonly PrivacyClass[];
  /** Changed fields of model.yml; absent: unknown. */
  readonly modelFields?: readonly string[];
}

/** Fields of model.yml whose change is for governors, not for owners alone: they decide who judges and on what. */
const governedFields: readonly string[] = [
  ...['owners', 'risk', 'heldOut', 'predict', 'paths', 'task'],
  ...['qualityOwner', 'infrastructureOwner', 'signOffs'],
];

type Request = Change & { readonly kind: 'request' };
type Lines = Map<string, { count: number; because: string[] }>;

/**
 * The approvals that a change asks for. Each move's requirement is met: inside one requirement lines add up, across
 * moves the larger count of a role holds, and what configuration asks for comes on top. Conditions only add.
 * @returns lines sorted by role; empty only when the policy asks nobody for a move that touches no production
 */
export function requiredApprovals(
  change: Change,
  policy: Policy,
  model: ModelConfig | null,
  facts: RequirementFacts = { pushersKnown: true },
): readonly RequiredLine[] {
  if (change.kind !== 'request') return [];
  const conditions = {
    ...{ change, model, riskChanges: changesRisk(change, facts) },
    ...(facts.privacy === undefined ? {} : { privacy: facts.privacy }),
  };
  const moves =
    change.moves.length === 0
      ? [linesWithoutMove(policy, conditions)]
      : change.moves.map((move) => linesOfMove(move, policy, conditions));
  const reasons = governorReasons(change, facts);
  const merged = [...moves, ownerLines(change)].reduce(mergeByMaximum, new Map());
  if (reasons.length > 0) add(merged, policy.configuration.approvals, reasons.join('; '));
  // One governor more, not a whole quorum of them: a worn held-out set is a reason to look twice, never a stop.
  const overBudget = lookReason(change, policy, facts);
  const governed = Object.hasOwn(policy.roles, 'governor');
  if (overBudget !== null && governed) add(merged, [{ role: 'governor', count: 1 }], overBudget);
  const lines = [...merged].map(([role, { count, because }]) => ({ role, anyOf: [role], count, because }));
  // The same people whatever the lines are: else one line more could let somebody else fill an extra one.
  const anybody = anybodyOf(policy);
  const unasked = reasons.length > 0 && policy.configuration.approvals.length === 0;
  const extra = [...extraReasons(facts), ...(overBudget !== null && !governed ? [overBudget] : [])];
  const floor = unasked || (lines.length === 0 && touchesProduction(change)) ? [floorLine(anybody)] : [];
  return [...lines.sort((a, b) => (a.role < b.role ? -1 : 1)), ...floor, ...linesFor(anybody, extra)];
}

/** What is not known about people costs one approval more, whatever else is asked. */
export const extraLines = (policy: Policy, facts: RequirementFacts): readonly RequiredLine[] =>
  linesFor(anybodyOf(policy), extraReasons(facts));

const anybodyOf = ({ roles }: Policy): readonly string[] =>
  [...new Set([...Object.keys(roles), 'owner'])].sort();

/** Top-level fields of model.yml that differ, sorted; every field when one side is missing. */
export function changedModelFields(before: ModelConfig | null, after: ModelConfig | null): readonly string[] {
  const [old, now] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))];
  const text = (value: unknown) => (value === undefined ? '' : canonicalJson(value));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => text(old.get(field)) !== text(now.get(field)))
    .sort();
}

interface Conditions {
  readonly change: Request;
  readonly model: ModelConfig | null;
  readonly privacy?: readonly PrivacyClass[];
  readonly riskChanges: boolean;
}

/** Conditions hold for the stricter of base and head (GATE.md rule 10); a field that nobody compared may have changed. */
function changesRisk(change: Request, { modelFields }: RequirementFacts): boolean {
  const touched = !change.newModel && change.configuration.some((path) => modelOfFile(path) !== null);
  return touched && modelFields?.includes('risk') !== false;
}

function linesWithoutMove(policy: Policy, facts: Conditions): Lines {
  const lines: Lines = new Map();
  for (const condition of policy.addWhen)
    if (meetsWithoutMove(condition, facts)) add(lines, condition.approvals, addedBy);
  return lines;
}

const addedBy = 'a condition of the policy (addWhen)';

function linesOfMove(move: Move, policy: Policy, facts: Conditions): Lines {
  const lines: Lines = new Map();
  if (move.kind === 'registration') {
    add(lines, policy.proposal.approvals, 'the policy for proposals');
    if (policy.proposal.onMerge === 'staging') {
      const staging: Lines = new Map();
      add(staging, policy.stages.staging.approvals, 'the policy for staging, where a merge puts it');
      mergeInto(lines, staging);
    }
  } else if (move.rollback) {
    add(lines, policy.rollback.approvals, 'the policy for rollback');
  } else if (move.to !== 'registered') {
    add(lines, policy.stages[move.to].approvals, `the policy for ${move.to}`);
  }
  for (const [each, role] of signOffsOf(move, policy, facts.model))
    add(lines, [{ role, count: 1 }], `sign-off by ${each}`);
  for (const condition of policy.addWhen) {
    if (meetsCondition(condition, move, stagesEntered(move, policy), facts))
      add(lines, condition.approvals, addedBy);
  }
  return lines;
}

/** Whoever a model names to sign production; each function is a person of its own. */
function signOffsOf(
  move: Move,
  policy: Policy,
  model: ModelConfig | null,
): readonly (readonly [string, string])[] {
  const promotes = move.kind === 'stage' && move.to === 'production' && !move.rollback;
  const required = policy.production?.require.includes('sign-offs') === true;
  return promotes && required ? Object.entries(model?.signOffs ?? {}).sort() : [];
}

/** A changed contract or model.yml: the owners of that file, as base names them. A new file has none yet. */
function ownerLines(change: Request): Lines {
  const lines: Lines = new Map();
  const owned = ownedFiles(change).filter((path) => {
    const dataset = datasetOfFile(path);
    return dataset === null ? !change.newModel : !change.newDatasets.includes(dataset);
  });
  if (owned.length > 0) add(lines, [{ role: 'owner', count: 1 }], `a change of ${listed(owned)}`);
  return lines;
}

const ownedFiles = (change: Request): readonly string[] =>
  change.configuration.filter(
    (path) => datasetOfFile(path) !== null || modelOfRules(path) !== null || waiverOfFile(path) !== null,
  );

function governorReasons(change: Request, facts: RequirementFacts): readonly string[] {
  const owned = ownedFiles(change);
  // A waiver is for both: the owner of the model, and whoever keeps the gates. So is what must not serve any more.
  const governed = change.configuration.filter(
    (path) => !owned.includes(path) || waiverOfFile(path) !== null || modelOfWithdrawn(path) !== null,
  );
  const modelFile = change.newModel ? [] : owned.filter((path) => modelOfFile(path) !== null);
  const fields = facts.modelFields?.filter((field) => governedFields.includes(field));
  return [
    ...(governed.length > 0 ? [`a change of ${listed(governed)}`] : []),
    ...(change.newModel ? [`model ${change.model} is new`] : []),
    ...(change.newDatasets.length > 0 ? [`dataset ${listed(change.newDatasets)} is new`] : []),
    ...(modelFile.length > 0 && fields === undefined ? [`fields of ${listed(modelFile)} not compared`] : []),
    ...(modelFile.length > 0 && fields && fields.length > 0
      ? [`a change of ${fields.map(toKey).join(', ')} in ${listed(modelFile)}`]
      : []),
  ];
}

/** As people write it in model.yml: `heldOut` is `held-out`. */
const toKey = (field: string): string => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Production is never entered or left on nobody's word. */
function touchesProduction(change: Request): boolean {
  return change.moves.some(
    (move) => move.kind === 'stage' && (move.to === 'production' || move.from === 'production'),
  );
}

function extraReasons(facts: RequirementFacts): readonly string[] {
  return [
    ...(facts.pushersKnown ? [] : ['who pushed could not be read']),
    ...(facts.openedByBot === true ? ['another bot opened this pull request'] : []),
  ];
}

function linesFor(anybody: readonly string[], because: readonly string[]): readonly RequiredLine[] {
  if (because.length === 0) return [];
  return [{ role: 'any role', anyOf: anybody, count: because.length, because }];
}

const floorLine = (anybody: readonly string[]): RequiredLine => ({
  role: 'any role',
  anyOf: anybody,
  count: 1,
  because: ['production and configuration are never changed without an approval'],
});

function add(lines: Lines, approvals: readonly ApprovalLine[], because: string): void {
  for (const { role, count } of approvals) {
    const line = lines.get(role) ?? { count: 0, because: [] };
    lines.set(role, { count: line.count + count, because: unique([...line.because, because]) });
  }
}

function mergeByMaximum(merged: Lines, lines: Lines): Lines {
  mergeInto(merged, lines);
  return merged;
}

function mergeInto(merged: Lines, lines: Lines): void {
  for (const [role, { count, because }] of lines) {
    const line = merged.get(role) ?? { count: 0, because: [] };
    merged.set(role, { count: Math.max(line.count, count), because: unique([...line.because, ...because]) });
  }
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
