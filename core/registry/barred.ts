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
 * Says why versions must not serve, or move up at all: withdrawn, trained on revoked data, or nobody can tell. Bytes are
 * barred under whatever number, and data under whatever name: proposing them once more makes them no better.
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
      ...withdrawnBytes(version, state?.versions.get(version)?.record.artifact.digest, bars, state),
      ...revocations(version, state?.versions.get(version)?.record.lineage.datasets ?? [], bars),
    ]);
}

/**
 * The same of what is proposed.
 * @param artifact digest of its bytes; null: nobody has judged them yet
 */
export function barredProposal(
  validation: Pick<ValidationEvidence, 'datasets'> | null,
  artifact: string | null,
  bars: Bars,
  state: ModelState | null,
): readonly BarredVersion[] {
  return [
    ...withdrawnBytes(null, artifact ?? undefined, bars, state),
    ...revocations(null, validation?.datasets ?? [], bars),
  ];
}

/** By the contract that revokes the data: it may have been trained on under another name. */
function revocations(
  version: number | null,
  datasets: readonly { readonly dataDigest: string }[],
  { revoked: all }: Bars,
): readonly BarredVersion[] {
  const digests = new Set(datasets.map(({ dataDigest }) => dataDigest));
  return [...all]
    .flatMap(([name, list]) => (list.some((digest) => digests.has(digest)) ? [name] : []))
    .sort()
    .map((dataset) => revoked(version, dataset));
}

function withdrawnBytes(
  version: number | null,
  digest: string | undefined,
  { model, withdrawn }: Bars,
  state: ModelState | null,
): readonly BarredVersion[] {
  if (withdrawn.kind !== 'read' || digest === undefined) return [];
  const same = withdrawn.value.versions.find(
    (each) =>
      each.version !== version && state?.versions.get(each.version)?.record.artifact.digest === digest,
  );
  if (same === undefined) return [];
  return [{ kind: 'withdrawn', version, path: withdrawnPath(model), bytesOf: same.version }];
}

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
