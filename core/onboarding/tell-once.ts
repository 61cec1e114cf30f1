import type { Diagnosis } from './diagnosis.ts';

/**
 * Several looks can come upon one fault, each from its side: it is told once. Whoever names the line of it keeps it, and
 * gives the reasons of both; the graver of the two words stands.
 * @param all in the order of the looks; those without `about` stay as they are
 * @returns without `about`, which is of no use to a reader
 */
export function tellOnce(all: readonly Diagnosis[]): readonly Diagnosis[] {
  const kept = new Set(all.flatMap(({ about, precise }) => (precise === true && about ? [about] : [])));
  const others = new Map<string, Diagnosis>();
  for (const each of all)
    if (each.about !== undefined && each.precise !== true && !others.has(each.about))
      others.set(each.about, each);
  return all.flatMap(({ about, precise, ...diagnosis }): readonly Diagnosis[] => {
    if (about === undefined || !kept.has(about)) return [diagnosis];
    if (precise !== true) return [];
    const other = others.get(about);
    if (other === undefined) return [diagnosis];
    // Advice to one look may be a way past the gate to the other.
    const health = other.health === 'mend' ? 'mend' : diagnosis.health;
    return [{ ...diagnosis, health, why: `${diagnosis.why} ${other.why}` }];
  });
}
