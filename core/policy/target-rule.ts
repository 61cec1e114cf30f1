import type { Change } from '../change/change.ts';
import type { Finding } from '../finding/finding.ts';
import { askOf } from './break-glass.ts';
import type { BarredVersion, DecisionInput } from './decision.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

/**
 * What no approval, no rollback and no emergency gets past: a withdrawn version, data that was revoked, bytes that are
 * gone (GATE.md rule 22).
 * @returns null where nothing is barred and no bytes were looked for
 */
export function ruleOnTarget(change: Request, input: DecisionInput): Ruling | null {
  const rulings = [...(input.barred ?? []).map(ruleOnBarred), ...ruleOnBytes(change, input)];
  return rulings.length === 0 ? null : gather('target', rulings, rule('target', 'met', ''));
}

/** Why versions must not serve, as findings. */
export const barredFindings = (barred: readonly BarredVersion[]): readonly Finding[] =>
  barred.flatMap((each) => ruleOnBarred(each).findings);

function ruleOnBarred(barred: BarredVersion): Ruling {
  const which = barred.version === null ? 'What is proposed' : `v${barred.version}`;
  if (barred.kind === 'withdrawn')
    return refuse(which, {
      code: 'target/withdrawn',
      message:
        barred.bytesOf === undefined
          ? `${which} was withdrawn: it must not serve any more`
          : `${which} has the bytes of v${barred.bytesOf}, which was withdrawn: they must not serve any more`,
      where: { file: barred.path },
      fix: `Choose another version. ${barred.path} says why; who may change it is a matter of owner and governors.`,
    });
  if (barred.kind === 'revoked')
    return refuse(which, {
      code: 'target/data-revoked',
      message: `${which} was trained on data of ${barred.dataset} that was revoked`,
      where: { file: barred.path, pointer: '/revoked' },
      fix: 'Choose a version that was trained on other data, or train one.',
    });
  return refuse(which, {
    code: 'target/unreadable',
    message: `Whether ${which} was withdrawn cannot be told: ${barred.because}`,
    where: { file: barred.path },
    fix: `Mend ${barred.path} in a pull request of its own.`,
  });
}

/** Bytes that are not judged now must still be there. Entries from before this was asked say nothing of them. */
function ruleOnBytes(change: Request, input: DecisionInput): readonly Ruling[] {
  const isAsked = askOf(input) !== null;
  const moves = change.moves.flatMap((move) =>
    move.kind === 'stage' && move.to === 'production' && (move.rollback || isAsked) ? [move.version] : [],
  );
  if (input.stored === undefined && !isAsked) return [];
  return [...new Set(moves)].map((version) => {
    const name = `bytes of v${version}`;
    const fact = input.stored?.find((each) => each.version === version);
    if (fact === undefined) return rule(name, 'not evaluated', 'Whether they are in the store was not read.');
    if (fact.present) return rule(name, 'met', 'They are in the store, under the digest of its record.');
    return refuse(name, {
      code: 'target/bytes-missing',
      message: `The bytes of v${version} are not in the store`,
      fix: 'Put them back from your backup: the record of the version has their digest. Until then choose another version.',
    });
  });
}
