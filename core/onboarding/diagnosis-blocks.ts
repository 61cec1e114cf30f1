import type { Block } from '../report/block.ts';
import { paragraph } from '../report/block.ts';
import type { Diagnosis, Health } from './diagnosis.ts';

const icons: Readonly<Record<Health, string>> = {
  mend: '❌ mend',
  'not checked': '⚪ not checked',
  advice: '⚠️ advice',
  ok: '✅ ok',
};
const order: readonly Health[] = ['mend', 'not checked', 'advice', 'ok'];

/** Worst first: what is to be mended with its reason and fix, what is well in one line each. */
export function diagnosisBlocks(diagnoses: readonly Diagnosis[]): readonly Block[] {
  const count = (health: Health): number => diagnoses.filter((each) => each.health === health).length;
  const headline =
    count('mend') > 0
      ? `❌ ${count('mend')} to mend`
      : count('not checked') > 0
        ? '⚪ Nothing to mend in what could be checked'
        : '✅ Nothing to mend';
  const sorted = order.flatMap((health) => diagnoses.filter((each) => each.health === health));
  return [
    paragraph({
      strong: `${headline}: ${count('ok')} ok, ${count('advice')} to consider, ${count('not checked')} not checked`,
    }),
    ...sorted.flatMap(({ health, code, what, why, fix }): readonly Block[] => [
      paragraph({ prose: `${icons[health]} ${code}: ${what}` }),
      ...(health === 'ok'
        ? []
        : [{ kind: 'list', items: [[{ prose: `Why: ${why}` }], [{ prose: `Fix: ${fix}` }]] } as const]),
    ]),
  ];
}
