import type { DesiredStages } from '../config/model.ts';
import type { Stage } from '../config/stage.ts';
import type { Move } from './change.ts';

/** What the ledger says of one model, as plain as a move needs it. */
export interface LedgerView {
  readonly versions: ReadonlyMap<number, Stage>;
  /** endpoint -> who serves, and who may be returned to */
  readonly champions: ReadonlyMap<
    string,
    { readonly version: number | null; readonly previous: number | null }
  >;
}

const listed = ['staging', 'candidate', 'archived', 'rejected'] as const;

/**
 * Says which versions a change of `stages.yml` asks to move: the difference between two texts of the file, never
 * "desired minus ledger", so that an old wish is not asked for again (GATE.md rule 1).
 * @param base the file before the change
 * @param head the file after it; pull-request controlled
 * @param ledger where everything really is: `from` comes from here, and what is there already does not move
 * @returns production first (endpoints sorted), then the other stages; a version the ledger does not know has `from: null`
 */
export function movesOf(
  model: string,
  base: DesiredStages,
  head: DesiredStages,
  ledger: LedgerView,
): readonly Move[] {
  const production = [...promotions(model, base, head, ledger), ...demotions(model, base, head, ledger)];
  return [...production, ...listedMoves(model, base, head, ledger, leaving(base, head, ledger))];
}

function promotions(model: string, base: DesiredStages, head: DesiredStages, ledger: LedgerView): Move[] {
  const before = new Map(Object.entries(base.production));
  return sortedEntries(head.production)
    .filter(([endpoint, version]) => before.get(endpoint) !== version)
    .filter(([endpoint, version]) => ledger.champions.get(endpoint)?.version !== version)
    .map(([endpoint, version]) => {
      const from = ledger.versions.get(version) ?? null;
      const previous = ledger.champions.get(endpoint)?.previous ?? null;
      const rollback = version === previous && (from === 'archived' || from === 'production');
      return { kind: 'stage', model, version, from, to: 'production', endpoint, rollback };
    });
}

/** An endpoint that the file no longer names: what serves there is taken out of production. */
function demotions(model: string, base: DesiredStages, head: DesiredStages, ledger: LedgerView): Move[] {
  const after = new Map(Object.entries(head.production));
  return sortedEntries(base.production)
    .filter(([endpoint]) => !after.has(endpoint))
    .filter(([endpoint, version]) => ledger.champions.get(endpoint)?.version === version)
    .map(([endpoint, version]) => {
      const from = ledger.versions.get(version) ?? null;
      return { kind: 'stage', model, version, from, to: 'archived', endpoint, rollback: false };
    });
}

function listedMoves(
  model: string,
  base: DesiredStages,
  head: DesiredStages,
  ledger: LedgerView,
  leavingProduction: ReadonlySet<number>,
): Move[] {
  return listed.flatMap((to) => {
    const before = new Set(base[to]);
    return [...new Set(head[to])]
      .sort((a, b) => a - b)
      .filter((version) => !before.has(version) && ledger.versions.get(version) !== to)
      .filter((version) => to !== 'archived' || !leavingProduction.has(version))
      .map((version): Move => {
        const from = ledger.versions.get(version) ?? null;
        return { kind: 'stage', model, version, from, to, endpoint: null, rollback: false };
      });
  });
}

/** Champions that this change takes from every endpoint they serve: replacing or demoting archives them by itself. */
function leaving(base: DesiredStages, head: DesiredStages, ledger: LedgerView): ReadonlySet<number> {
  const [before, after] = [
    new Map(Object.entries(base.production)),
    new Map(Object.entries(head.production)),
  ];
  const [gone, stays] = [new Set<number>(), new Set<number>()];
  for (const [endpoint, { version }] of ledger.champions) {
    if (version === null) continue;
    const [was, will] = [before.get(endpoint), after.get(endpoint)];
    const leaves = will === undefined ? was === version : will !== version && will !== was;
    (leaves ? gone : stays).add(version);
  }
  return new Set([...gone].filter((version) => !stays.has(version)));
}

function sortedEntries(production: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(production).sort(([a], [b]) => (a < b ? -1 : 1));
}
