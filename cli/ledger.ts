import { ObjectReader } from '../adapters/git/objects.ts';
import { writeProofNote } from '../adapters/git/proof-note.ts';
import { readFiles } from '../adapters/git/read.ts';
import { parseAnchor } from '../core/audit/anchor.ts';
import type { LedgerVerification } from '../core/audit/verification.ts';
import { belongsToLedger } from '../core/registry/layout.ts';
import { proveLedger } from '../core/report/ledger-proof.ts';
import type { FetchAnchors } from './anchors.ts';
import type { CommandContext } from './context.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { findLedger, noteName } from './ledger-place.ts';

export { type LedgerOptions, withLedgerOptions } from './ledger-options.ts';

/**
 * Reads the ledger of the clone that the command stands in, and proves it.
 * @throws InputError LEDGER_NOT_FOUND, ANCHOR_INVALID, GIT_NO_REPOSITORY; ServiceError when anchors cannot be fetched
 */
export async function readProvenLedger(
  { cwd, env, now }: CommandContext,
  options: LedgerOptions,
  fetchAnchors: FetchAnchors,
): Promise<ProvenLedger> {
  const given = options.anchor.map(parseAnchor);
  const objects = new ObjectReader(cwd);
  const { ref, commit, layout } = await findLedger(cwd, objects, options).finally(() => objects.close());
  const files = await readFiles(cwd, commit, '', (path) => belongsToLedger(path, layout));
  const { github, app } = options;
  const fetched = await fetchAnchors({
    dir: cwd,
    env,
    ...(github ? { github } : {}),
    ...(app ? { app } : {}),
  });
  const proven = proveLedger(files, [...given, ...fetched], layout, 'refuse');
  if (proven.verdict === 'pass') {
    const { root, anchored, head } = proven;
    const note = { of: noteName(ref, layout), commit, size: head.size, root, anchored, at: now() };
    await writeProofNote(cwd, note);
  }
  return { ...proven, read: { ref, commit } };
}

/** A ledger that was proven, and which one that was. */
export type ProvenLedger = LedgerVerification & {
  readonly read: { readonly ref: string; readonly commit: string };
};
