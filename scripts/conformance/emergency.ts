import { parseBreakGlass } from '../../core/config/break-glass-file.ts';
import type { BarredVersion, DecisionInput } from '../../core/policy/decision.ts';
import { named } from './evidence.ts';
import { readForm } from './folder.ts';
import { type EmergencyForm, emergencyForm } from './form.ts';

/** Every emergency of a case has this name, and its file lies here. */
const name = 'outage';
const file = `break-glass/${name}.yml`;

/** What a case says of an emergency, of earlier ones, and of versions that must not serve. */
export function readEmergencyOf(
  texts: ReadonlyMap<string, string>,
): Pick<DecisionInput, 'barred' | 'stored' | 'breakGlass'> {
  const form: EmergencyForm | null = texts.has('emergency.json')
    ? readForm(texts, 'emergency.json', emergencyForm)
    : null;
  const text = texts.get('break-glass.yml');
  if (form === null && text === undefined) return {};
  const { stored, barred, uses = [], reviews } = form ?? {};
  return {
    ...(stored === undefined ? {} : { stored }),
    ...(barred === undefined ? {} : { barred: barred.map(toBarred) }),
    breakGlass: {
      ...(text === undefined ? {} : { asked: toAsk(text) }),
      ...(reviews === undefined
        ? {}
        : { reviews: reviews.map((review) => ({ ...review, name, digest: named('what was found') })) }),
      uses,
    },
  };
}

function toAsk(text: string) {
  const { reason, ...ask } = parseBreakGlass(text, file, name);
  return { ...ask, reason: named(reason) };
}

function toBarred({ version, because }: NonNullable<EmergencyForm['barred']>[number]): BarredVersion {
  if (because === 'withdrawn') return { kind: 'withdrawn', version, path: 'withdrawn.yml' };
  if (because === 'unreadable') return { kind: 'unreadable', version, path: 'withdrawn.yml', because };
  return { kind: 'revoked', version, dataset: 'flights', path: 'datasets/flights.yml' };
}
