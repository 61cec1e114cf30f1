import type { StayKind } from '../registry/ledger.ts';

/** How a version came to an endpoint, where that was not the usual way: ` (by break-glass)`. */
export function stayText(how: StayKind): string {
  const [, means] = / by (.+)$/.exec(how) ?? [];
  return means === undefined ? '' : ` (by ${means})`;
}
