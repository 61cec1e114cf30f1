import type { Contract } from '../../core/config/contract.ts';
import { readRecordedProfile } from '../../core/dataset/parse-record.ts';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { parseProfile } from '../../core/profile/parse-profile.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { TrainedVersion } from '../proposal/dataset-history.ts';

/** With what data is compared; `tables` still have to be measured. */
export type Reference =
  | { readonly kind: 'profile'; readonly name: string; readonly profile: Profile }
  | { readonly kind: 'tables'; readonly name: string; readonly path: string };

export interface ReferenceSource {
  /** Versions that were trained on a dataset, champions first, then newest first. */
  trainedVersions(dataset: string): Promise<readonly TrainedVersion[]>;
  /** Bytes of the store, verified by their digest. */
  get(digest: Digest): Promise<Uint8Array>;
  /**
   * A file of the tree that governs the contract; null: not there.
   * @param from whose contract asks: one of base must find it in base
   */
  readFile(path: string, from?: 'base' | 'head'): Promise<Uint8Array | null>;
}

/**
 * Finds what the drift rules of a contract name: the data of the champion (else of the version accepted last), a stored
 * profile, or a reference file.
 * @returns null: nothing was accepted yet, so there is nothing to compare with
 * @throws InputError REFERENCE_MISSING, RECORD_INVALID, PROFILE_INVALID; STORE_ABSENT when the recorded bytes are gone
 */
export async function findReference(contract: Contract, source: ReferenceSource): Promise<Reference | null> {
  const { reference } = contract.drift;
  if (reference.kind === 'champion') return findAccepted(contract.dataset, source);
  if (reference.kind === 'file') return { kind: 'tables', name: reference.path, path: reference.path };
  const bytes = await source.readFile(reference.path);
  if (bytes === null) throw missing(contract, reference.path);
  const profile = parseProfile(new TextDecoder().decode(bytes), reference.path);
  return { kind: 'profile', name: reference.path, profile };
}

async function findAccepted(dataset: string, source: ReferenceSource): Promise<Reference | null> {
  for (const { model, version, champion, data } of await source.trainedVersions(dataset)) {
    if (data.record === null) continue;
    const text = new TextDecoder().decode(await source.get(data.record));
    const { profile } = readRecordedProfile(text, `record of ${dataset}`);
    return { kind: 'profile', name: `data of ${model} v${version}${champion ? ', champion' : ''}`, profile };
  }
  return null;
}

function missing({ dataset }: Contract, path: string): InputError {
  return new InputError(
    'REFERENCE_MISSING',
    `The reference ${path} of the dataset "${dataset}" is not there`,
    {
      hint: 'Commit it ("gatehouse data profile" writes one), or compare with the champion (drift.reference: champion).',
      where: { file: `datasets/${dataset}.yml`, pointer: '/drift/reference' },
    },
  );
}
