import type { Limits, TableRule } from '../config/contract.ts';
import type { Finding } from '../finding/finding.ts';
import type { ColumnProfile } from '../profile/profile.ts';
import { meanOf, quantileOf, sdOf, shareOf } from '../profile/statistics.ts';
import { byHand, findColumn } from './accept-cells.ts';
import { type Accept, type Acceptance, edits, placeOf, refused } from './acceptance.ts';
import { roundUp } from './infer-range.ts';

/** Digits of a limit that is written down; rounded away from what is allowed already. */
const digits = 4;

/** A number of a whole column: its limit moves to what was measured, rounded outward. */
export const acceptStatistic: Accept = (finding, facts) => {
  const rule = facts.contract.rules.find(({ name }) => name === finding.rule);
  if (rule === undefined || !('limits' in rule)) return refused('it has no limits', byHand(finding));
  const found = findColumn(finding, facts);
  if ('kind' in found) return found;
  const value = measuredOf(rule, found.profile);
  if (value === null || !Number.isFinite(value))
    return refused('its value is not known here', byHand(finding));
  return moveLimit(finding, rule.limits, value, rule.rule === 'distinct');
};

/** A share of rows that may be so large: empty cells, repeated rows. */
export const acceptShare: Accept = (finding) => {
  const { count, total } = finding;
  const share = count !== undefined && total !== undefined && total > 0 ? count / total : Number.NaN;
  const max = share > 0 ? roundUp(share) : share;
  if (!(max >= 0 && max < 1))
    return refused('the share is not known here, or it is all of them', byHand(finding));
  return edits('so large a share is right', { kind: 'set', path: [...placeOf(finding), 'max'], value: max });
};

/** Empty cells of a rule on them: counted in the profile. */
export const acceptMissingRate: Accept = (finding, facts) => {
  const profile = facts.profile?.columns.find(({ name }) => name === finding.column);
  const rows = facts.profile?.rows;
  const counted = profile === undefined || rows === undefined ? {} : { count: profile.nulls, total: rows };
  return acceptShare({ ...finding, ...counted }, facts);
};

/** Drift of a column: its limit moves above what was measured. */
export const acceptDrift: Accept = (finding, { drift, contract }) => {
  const result = drift?.columns.find(({ column, result: is }) => column === finding.column && is === 'drift');
  if (result === undefined || result.effect === null || !Number.isFinite(result.effect)) {
    return refused('how far it moved is not known here', byHand(finding));
  }
  if ('by' in result && result.by === 'model') {
    return refused(
      'the limit is that of the model, not of the contract',
      'Raise drift-limits in model.yml, with the approval that asks for.',
    );
  }
  const { column, test, effect } = result;
  const set = contract.drift.columns[column]?.test;
  const limit = roundUp(effect);
  return edits(
    `${test} up to ${limit} is no drift of "${column}"`,
    {
      kind: 'set',
      path: ['drift', 'columns', column, 'limit'],
      value: limit,
      // A limit means something only with its test.
    },
    ...(set === undefined
      ? [{ kind: 'set', path: ['drift', 'columns', column, 'test'], value: test } as const]
      : []),
  );
};

function measuredOf(rule: TableRule, profile: ColumnProfile): number | null {
  switch (rule.rule) {
    case 'mean':
      return meanOf(profile);
    case 'standard-deviation':
      return sdOf(profile);
    case 'quantile':
      return quantileOf(profile, rule.at)?.value ?? null;
    case 'distinct':
      return profile.distinct;
    case 'class-ratio':
      return shareOf(profile, rule.value);
    default:
      return null;
  }
}

function moveLimit(
  finding: Finding,
  { min, max }: Limits<number | string>,
  value: number,
  whole: boolean,
): Acceptance {
  const side =
    typeof max === 'number' && value > max ? 'max' : typeof min === 'number' && value < min ? 'min' : null;
  if (side === null) return refused('its value is allowed already', 'Run the check again.');
  const limit = whole ? value : roundOutward(value, side);
  return edits('the limit holds what was measured', {
    kind: 'set',
    path: [...placeOf(finding), side],
    value: limit,
  });
}

function roundOutward(value: number, side: 'min' | 'max'): number {
  if (value === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  const rounded = Number(((side === 'max' ? Math.ceil : Math.floor)(value / step) * step).toPrecision(12));
  const holds = Number.isFinite(rounded) && (side === 'max' ? rounded >= value : rounded <= value);
  return holds ? rounded : value;
}
