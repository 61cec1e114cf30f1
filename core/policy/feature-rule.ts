import type { Change } from '../change/change.ts';
import { modelPath } from '../config/layout.ts';
import type { DecisionInput } from './decision.ts';
import { nameOf } from './request-rule.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

/**
 * A version serves with the feature definitions that it was trained with: those that model.yml names now must be those
 * in its record. A return to the recorded previous version is told, not held up.
 * @returns null where nothing goes to production, or neither side names definitions
 */
export function ruleOnFeatures(change: Request, input: DecisionInput): Ruling | null {
  const { model } = input;
  if (model === null) return null;
  const rulings = change.moves.flatMap((move): readonly Ruling[] => {
    if (move.kind !== 'stage' || move.to !== 'production') return [];
    const known = input.ledger.artifacts.find(({ version }) => version === move.version);
    const recorded = known?.featureVersion;
    if (recorded === undefined || (recorded === 'unknown' && model.featureVersion === 'unknown')) return [];
    const name = `features: ${nameOf(move)}`;
    const serves = `v${move.version} was trained with feature definitions ${recorded}`;
    if (recorded === model.featureVersion) return [rule(name, 'met', `${serves}, which serve now.`)];
    const message = `${serves}, and model.yml serves ${model.featureVersion}`;
    const finding = {
      code: 'features/other-version',
      message,
      where: { file: modelPath(model.model), pointer: '/feature-version' },
      found: model.featureVersion,
      allowed: recorded,
      fix: `Propose a version that is trained with ${model.featureVersion}, or serve ${recorded} again: feature-version in model.yml.`,
    };
    if (!move.rollback) return [refuse(name, finding)];
    return [
      {
        ...rule(name, 'met', `${message}: a return does not wait for it.`),
        findings: [{ ...finding, severity: 'warn' }],
      },
    ];
  });
  return rulings.length === 0 ? null : gather('features', rulings, rule('features', 'met', ''));
}
