import type { ExplainConfig } from './explain.ts';
import type { WrittenExplain } from './explain-schema.ts';

/** The schema lets exactly one of the two through. */
export function toExplain({ permutation, attributions }: WrittenExplain): ExplainConfig {
  if (permutation === undefined) return { attributions: attributions ?? '' };
  const { columns, repeats, rows, seed } = permutation;
  return { permutation: { ...(columns === undefined ? {} : { columns }), repeats, rows, seed } };
}
