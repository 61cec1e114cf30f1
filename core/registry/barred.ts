import type { FileFact } from '../change/declared.ts';
import { contractPath, withdrawnPath } from '../config/layout.ts';
import type { Withdrawn } from '../config/withdrawn.ts';
import type { ValidationEvidence } from '../evidence/evidence.ts';
import type { BarredVersion } from '../policy/decision.ts';
import type { ModelState } from './ledger.ts';

/** What base's files say must not serve. */
export interface Bars {
  readonly model: string;
  /** `models/<model>/withdrawn.yml`. */
  readonly withdrawn: FileFact<Withdrawn>;
  /** Revoked data by dataset, of every contract on base. */
  readonly revoked: ReadonlyMap<string, readonly string[]>;
}

/**
 * Says why versions must not serve, or move up at all: withdrawn, trained on revoked data, or nobody can tell.
 * @param versions that are to move; one that the ledger does not know is refused elsewhere
 */
export function barredVersions(
  versions: readonly number[],
  bars: Bars,
  state: ModelState | null,
): readonly BarredVersion[] {
  return [...new Set(versions)]
    .sort((a, b) => a - b)
    .flatMap((version) => [
      ...withdrawal(version, bars),
      ...(state?.versions.get(version)?.record.lineage.datasets ?? []).flatMap(({ dataset, dataDigest }) =>
        isRevoked(bars, dataset, dataDigest) ? [revoked(version, dataset)] : [],
      ),
    ]);
}

/** The same of what a proposal was trained on. */
export function barredProposal(
  validation: Pick<ValidationEvidence, 'datasets'> | null,
  bars: Bars,
): readonly BarredVersion[] {
  const names = (validation?.datasets ?? []).flatMap(({ dataset, dataDigest }) =>
    isRevoked(bars, dataset, dataDigest) ? [dataset] : [],
  );
  return [...new Set(names)].sort().map((dataset) => revoked(null, dataset));
}

const isRevoked = ({ revoked: all }: Bars, dataset: string, digest: string): boolean =>
  all.get(dataset)?.includes(digest) === true;

const revoked = (version: number | null, dataset: string): BarredVersion => ({
  kind: 'revoked',
  version,
  dataset,
  path: contractPath(dataset),
});

function withdrawal(version: number, { model, withdrawn }: Bars): readonly BarredVersion[] {
  const path = withdrawnPath(model);
  if (withdrawn.kind === 'missing') return [];
  if (withdrawn.kind === 'unreadable')
    return [{ kind: 'unreadable', version, path, because: withdrawn.because }];
  return withdrawn.value.versions.some((each) => each.version === version)
    ? [{ kind: 'withdrawn', version, path }]
    : [];
}
