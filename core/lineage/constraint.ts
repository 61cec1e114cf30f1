import type { Contract } from '../config/contract.ts';
import type { Carried, Constraint, Lineage } from './entity.ts';
import { type EdgesBy, edgesBy, reach } from './reach.ts';

/** What the contract of a dataset binds its users to. Names of columns are shown, never values. */
export function constraintsOf(contract: Contract): readonly Constraint[] {
  const { access, expires, legalBasis, approvedBy } = contract;
  return [
    { kind: 'approver', value: approvedBy },
    { kind: 'legal basis', value: legalBasis },
    { kind: 'retention', value: expires },
    { kind: 'access', value: access.length === 0 ? 'no model' : access.join(', ') },
    ...(['secret', 'personal'] as const).flatMap((privacy): readonly Constraint[] => {
      const names = contract.columns.filter((column) => column.privacy === privacy).map(({ name }) => name);
      return names.length === 0 ? [] : [{ kind: 'privacy', value: `${privacy}: ${names.join(', ')}` }];
    }),
  ];
}

/**
 * Everything that binds an entity: its own constraints and those of whatever it was made from.
 * @param up edges of the lineage by what they lead to, when the caller has them already
 * @returns its own first, then by distance; each with the entity that it comes from
 */
export function carriedBy(
  lineage: Lineage,
  id: string,
  up: EdgesBy = edgesBy(lineage, 'up'),
): readonly Carried[] {
  return [id, ...reach(up, id, 'up')].flatMap((from) =>
    (lineage.entities.get(from)?.constraints ?? []).map((constraint) => ({ ...constraint, from })),
  );
}
