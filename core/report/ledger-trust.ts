import type { Digest } from '../evidence/evidence.ts';
import { type Block, paragraph } from './block.ts';
import { counted, grouped } from './count-text.ts';
import { showTime } from './time-text.ts';

/** Which ledger an answer was read from, and what is known of it. */
export interface LedgerTrust {
  readonly ref: string;
  readonly commit: string;
  /** What its head claims. */
  readonly size: number;
  readonly root: Digest | null;
  /** `outgrown`: an earlier state of it was proven. `none`: it is read as it lies there. */
  readonly proof: 'proven' | 'outgrown' | 'none';
  /** The last proof on this machine; null: there was none. */
  readonly proven: {
    readonly commit: string;
    readonly size: number;
    readonly anchored: number;
    readonly at: string;
  } | null;
}

/** A ledger is proven by what lies outside of it: both ways to an anchor, and the option that takes the same two. */
const toProve =
  'To prove it: gatehouse verify --github URL --app ID, or --anchor SIZE:ROOT from the check gatehouse of the newest merge commit; --prove here takes the same.';

/** One line below every answer: was the ledger verified, up to which entry is an anchor known, where was it read. */
export function trustBlock({ proof, proven, size, ref, commit }: LedgerTrust): Block {
  const read = `Read from ${ref} at ${commit}.`;
  if (proof === 'proven' && proven !== null) {
    const anchored = `${counted(proven.anchored, 'entry', 'entries')} of ${grouped(proven.size)} anchored`;
    return paragraph(
      { strong: 'Proven' },
      ` by gatehouse verify on ${showTime(proven.at)}: ${anchored}. ${read}`,
    );
  }
  if (proof === 'outgrown' && proven !== null) {
    const since = counted(Math.max(0, size - proven.size), 'entry', 'entries');
    return paragraph(
      { strong: 'Not proven' },
      `: ${grouped(proven.size)} entries were on ${showTime(proven.at)}, ${grouped(proven.anchored)} anchored; ${since} since then, and every file, are read as they lie there. ${toProve} ${read}`,
    );
  }
  return paragraph(
    { strong: 'Not proven' },
    `: ${counted(size, 'entry', 'entries')} as they lie there, no anchor looked at. ${toProve} ${read}`,
  );
}
