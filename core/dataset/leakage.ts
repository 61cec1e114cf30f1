import type { TableRule } from '../config/contract.ts';
import type { Finding } from '../finding/finding.ts';
import { associate } from './association.ts';
import { type Case, type Frame, type Judged, nameOf, reasonOf, toUnmeasured } from './judged.ts';
import { featuresOf } from './plan.ts';

type LeakageRule = TableRule & { readonly rule: 'leakage' };

interface Told {
  readonly feature: string;
  readonly score: number;
}

/** Nobody reads more features that give a label away. */
const mostFeatures = 20;

/** Judges how much single features tell of a label. A feature without an answer is a fault, never a pass. */
export function judgeLeakage(given: Case, rule: LeakageRule, frame: Frame): Judged {
  const allowed = `no feature above ${rule.max}`;
  const measured = given.rules.get(rule.name);
  if (measured?.kind !== 'association') {
    const because =
      measured?.kind === 'unmeasured' ? measured.because : 'its features were not compared with the label';
    return toUnmeasured(given, frame, because, allowed);
  }
  const answers = new Map(measured.features.map((association) => [association.feature, association]));
  const wanted = featuresOf(given.contract, rule).filter((feature) => given.counted.has(feature));
  const missing = wanted.find((feature) => !answers.has(feature));
  if (missing !== undefined) {
    return toUnmeasured(given, frame, `the feature "${missing}" was not compared with the label`, allowed);
  }
  const told = wanted
    .flatMap((feature): readonly Told[] => {
      const association = answers.get(feature);
      return association === undefined ? [] : [{ feature, score: associate(association) }];
    })
    .sort((a, b) => toOrder(b.score) - toOrder(a.score));
  return judgeFeatures(given, rule, frame, told, allowed);
}

/** What is no number comes first: it is broken. */
const toOrder = (score: number): number => (Number.isFinite(score) ? score : 2);
const isKept = (score: number, max: number): boolean =>
  Number.isFinite(score) && Number.isFinite(max) && score <= max;

function judgeFeatures(
  given: Case,
  rule: LeakageRule,
  frame: Frame,
  told: readonly Told[],
  allowed: string,
): Judged {
  const broken = told.filter(({ score }) => !isKept(score, rule.max));
  const found = told
    .slice(0, 3)
    .map(({ feature, score }) => `"${feature}" ${writeScore(score, rule.max)}`)
    .join(', ');
  const observation = {
    ...nameOf(frame),
    result: broken.length === 0 ? ('kept' as const) : ('broken' as const),
    severity: rule.severity,
    found: told.length === 0 ? 'no feature' : found,
    allowed,
    rows: given.measured.rows ?? 0,
    method,
  };
  const more = broken.length > mostFeatures ? ` (${broken.length} features do)` : '';
  const findings = broken.slice(0, mostFeatures).map(
    ({ feature, score }): Finding => ({
      ...nameOf({ ...frame, column: feature }),
      severity: rule.severity,
      message: `Rule "${rule.name}": column "${feature}" alone gives "${rule.label}" away${more}.`,
      where: given.positions(frame.pointer),
      found: Number.isFinite(score) ? `${writeScore(score, rule.max)} of 1` : 'not a number',
      allowed: `at most ${rule.max}`,
      ...reasonOf(frame),
      fix: `Drop the column "${feature}" if it is known only after "${rule.label}" or made from it; else raise max of the rule.`,
    }),
  );
  return { observations: [observation], findings };
}

const method =
  "the larger of Goodman and Kruskal's tau, leave-one-out, and, for ordered features of two labels, the Gini coefficient |2 AUC - 1| corrected for chance";

/** Three digits, and all of them where three would hide that the limit is broken. */
function writeScore(score: number, max: number): string {
  const short = Number(score.toFixed(3));
  return String(short <= max === score <= max ? short : score);
}
