import type { Finding } from '../finding/finding.ts';
import type { Slice } from './comparison-input.ts';

/** A metric that one part of the rows does not have. */
export interface MissingMetric {
  readonly name: string;
  /** Null: all rows. */
  readonly slice: string | null;
  /** Null: there is no metric of that name. */
  readonly because: string | null;
  readonly fix?: string;
}

const mostExamples = 5;
const usualFix = 'Look at the predictions: every score must be a number from 0 to 1.';

/** One finding for each metric that has no value, and one for all its slices: fifty slices make a short report. */
export function foundMissing(missing: readonly MissingMetric[]): readonly Finding[] {
  const whole = missing.filter(({ slice }) => slice === null);
  const named = new Set(whole.map(({ name }) => name));
  // What all rows do not have, no slice has.
  const parts = missing.filter(({ slice, name }) => slice !== null && !named.has(name));
  const names = [...new Set(parts.map(({ name }) => name))];
  return [
    ...whole.map(foundWhole),
    ...names.map((name) => foundInSlices(parts.filter((part) => part.name === name))),
  ];
}

/** A warning: a gate that names the metric fails by itself, the others need it not. */
function foundWhole({ name, because, fix }: MissingMetric): Finding {
  if (because === null) return foundUnknown(name);
  return {
    code: 'evaluation/metric-undefined',
    severity: 'warn',
    message: `${name} has no value: ${because}`,
    fix: fix ?? usualFix,
  };
}

function foundInSlices(parts: readonly MissingMetric[]): Finding {
  const [first] = parts as [MissingMetric];
  if (first.because === null) return foundUnknown(first.name);
  return {
    code: 'evaluation/slice-undefined',
    severity: 'note',
    message: `${first.name} has no value in ${count(parts.length, 'slice')}: ${first.because}`,
    count: parts.length,
    examples: parts.slice(0, mostExamples).map(({ slice }) => slice ?? ''),
    fix: 'Cut slices in which both classes occur, or name a metric that needs only one.',
  };
}

function foundUnknown(name: string): Finding {
  return {
    code: 'evaluation/metric-unknown',
    severity: 'fail',
    message: `There is no metric "${name}" of this task`,
    found: name,
    fix: 'Name a metric of the task in the gates of model.yml.',
  };
}

/** Slices that are left out. */
export function foundSmall(small: readonly Slice[], minimumRows: number): readonly Finding[] {
  if (small.length === 0) return [];
  return [
    {
      code: 'evaluation/slice-small',
      severity: 'note',
      message: `${count(small.length, 'slice')} not evaluated: fewer than ${minimumRows} rows`,
      count: small.length,
      allowed: `${minimumRows} rows`,
      examples: small.slice(0, mostExamples).map(({ name, rows }) => `${name} (${rows.length})`),
      fix: 'Declare broader slices, or collect more held-out rows of them.',
    },
  ];
}

const count = (of: number, what: string): string => `${of} ${what}${of === 1 ? '' : 's'}`;
