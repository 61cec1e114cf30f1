import { suggest } from '../config/suggestion.ts';
import { InputError } from '../error/error.ts';
import type { Entity, Lineage } from './entity.ts';

/** Fewest hex characters by which a digest is known. */
const shortestDigest = 7;

/**
 * Finds what somebody typed: an id as it is, a digest by its beginning, a source without its quotes (a shell eats them).
 * @throws InputError LINEAGE_UNKNOWN with what was probably meant, LINEAGE_AMBIGUOUS for a beginning of two digests
 */
export function findEntity(lineage: Lineage, text: string): Entity {
  const exact =
    lineage.entities.get(text) ?? lineage.entities.get(text.replace(/^source:(.*)$/s, 'source:"$1"'));
  if (exact !== undefined) return exact;
  const begun = new RegExp(`@sha256:[0-9a-f]{${shortestDigest},63}$`).test(text)
    ? [...lineage.entities.values()].filter(({ id }) => id.startsWith(text))
    : [];
  const [only, second] = begun;
  if (only !== undefined && second === undefined) return only;
  if (only !== undefined && second !== undefined) {
    throw new InputError('LINEAGE_AMBIGUOUS', `"${text}" is the beginning of ${begun.length} digests`, {
      hint: `Give more of it: ${only.id} or ${second.id}.`,
    });
  }
  throw unknown(lineage, text);
}

function unknown(lineage: Lineage, text: string): InputError {
  const ids = [...lineage.entities.keys()];
  const near = suggest(text, ids);
  // Without its first word it may still be a name of something: `flights` for `dataset:flights`.
  const named = ids.find(
    (id) => id === `dataset:${text}` || id.startsWith(`${text}@v`) || id.endsWith(`:${text}`),
  );
  const meant = near ?? named ?? null;
  const forms = 'flight-delay@v7, dataset:flights, endpoint:eu/flight-delay, source:"...", run:123';
  const some = ids.slice(0, 5).join(', ');
  return new InputError('LINEAGE_UNKNOWN', `neither contracts nor ledger know "${text}"`, {
    hint:
      meant === null
        ? `Write it as one of ${forms}. Known here: ${some === '' ? 'nothing yet' : some}.`
        : `Did you mean "${meant}"?`,
  });
}
