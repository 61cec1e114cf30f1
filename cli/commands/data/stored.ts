import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../adapters/store/store.ts';
import { requireVerified } from '../../../core/audit/resolve.ts';
import { policyPath } from '../../../core/config/layout.ts';
import { networkOf } from '../../../core/config/network.ts';
import { parsePolicy } from '../../../core/config/policy-file.ts';
import { readRecordedProfile } from '../../../core/dataset/parse-record.ts';
import { InputError } from '../../../core/error/error.ts';
import type { Digest } from '../../../core/evidence/evidence.ts';
import type { Profile } from '../../../core/profile/profile.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { CommandContext } from '../../context.ts';
import { type LedgerOptions, readProvenLedger } from '../../ledger.ts';
import type { DataRepository } from './repository.ts';

/**
 * Reads the profiles of every version of a dataset that a model was trained on, oldest first, each once: from a proven
 * ledger and the store of the policy.
 * @throws InputError LEDGER_UNVERIFIED, POLICY_MISSING, STORE_ABSENT; ServiceError
 */
export async function readStoredProfiles(
  context: CommandContext,
  { texts }: DataRepository,
  dataset: string,
  options: LedgerOptions,
  fetchAnchors: FetchAnchors,
): Promise<readonly Profile[]> {
  const policyText = texts.get(policyPath);
  if (policyText === undefined) {
    throw new InputError('POLICY_MISSING', `${policyPath} is not there: nobody knows where the store is`, {
      hint: 'Give profiles that lie here: --history.',
    });
  }
  const proven = await readProvenLedger(context, options, fetchAnchors);
  requireVerified(proven);
  const used = [...proven.states.values()]
    .flatMap(({ versions }) => [...versions.values()])
    .sort((a, b) => compare(a.record.registeredAt, b.record.registeredAt))
    .flatMap(({ record }) => record.lineage.datasets.filter((each) => each.dataset === dataset));
  const digests = new Set(used.flatMap(({ record }): Digest[] => (record === null ? [] : [record])));
  const policy = parsePolicy(policyText, policyPath);
  const store = await openStore(policy.store, networkOf(policy));
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-records-'));
  try {
    const profiles: Profile[] = [];
    for (const digest of digests) {
      const text = await readFile(await store.get(digest, folder), 'utf8');
      profiles.push(readRecordedProfile(text, `record of ${dataset}`).profile);
    }
    return profiles;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** ISO instants of one form compare as text. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
