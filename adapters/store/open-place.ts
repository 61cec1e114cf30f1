import { type NetworkRule, ownNetwork } from '../../core/config/network.ts';
import { parsePlaceAddress, placeRule } from '../../core/config/place-address.ts';
import { InputError } from '../../core/error/error.ts';
import type { Place, PlaceOptions, PlaceUse } from './place.ts';
import { openBucket } from './places/bucket.ts';
import { openFolder } from './places/folder.ts';
import { openWeb } from './places/web.ts';

/**
 * Opens a place by its address in the policy.
 * @param network what base's policy lets the job reach (`networkOf`); without it the place's own host at a public
 * address, so that a caller who forgets it reaches less, never more
 * @throws InputError STORE_URL for any other address, credentials in it included: they would reach logs
 */
export function openPlace(
  address: string,
  use: PlaceUse,
  network: NetworkRule = ownNetwork(address),
  options: PlaceOptions = {},
): Place {
  const parsed = parsePlaceAddress(address);
  if (parsed === null) throw refuseAddress(address, use);
  if (parsed.kind === 'folder') return openFolder(parsed.url);
  if (parsed.kind === 'http') return openWeb(parsed.url, network, options);
  return openBucket({ ...parsed, address }, use, network, options);
}

function refuseAddress(address: string, use: PlaceUse): InputError {
  // Its scheme only: the rest may hold a password.
  const scheme = URL.canParse(address) ? new URL(address).protocol : 'without a scheme';
  return new InputError(
    'STORE_URL',
    `The ${use} "${scheme.slice(0, 40)}" is not supported as it is written`,
    {
      hint: `Set ${use} in .github/gatehouse.yml to ${placeRule}.`,
    },
  );
}
