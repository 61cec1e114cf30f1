import { findLastWriter, findRewrittenFiles } from '../adapters/git/append-only.ts';
import { ObjectReader } from '../adapters/git/objects.ts';
import { readProofNotes, writeProofNote } from '../adapters/git/proof-note.ts';
import { readFiles } from '../adapters/git/read.ts';
import { blamesWriter, checkAppendOnly } from '../core/audit/append-only.ts';
import type { LedgerVerification } from '../core/audit/verification.ts';
import { type Finding, isFailure } from '../core/finding/finding.ts';
import { belongsToLedger, headPath } from '../core/registry/layout.ts';
import { proveLedger } from '../core/report/ledger-proof.ts';
import type { AnchorQuery, FetchAnchors } from './anchors.ts';
import type { CommandContext } from './context.ts';
import { readGivenAnchors } from './given-anchors.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { findLedger, noteName } from './ledger-place.ts';

export { type LedgerOptions, withLedgerOptions } from './ledger-options.ts';

/**
 * Reads the ledger of the clone that the command stands in, and proves it: by itself, by its history in git, by anchors,
 * and by what was proven here before.
 * @throws InputError LEDGER_NOT_FOUND, ANCHOR_INVALID, GIT_NO_REPOSITORY; ServiceError when anchors cannot be fetched
 */
export async function readProvenLedger(
  context: CommandContext,
  options: LedgerOptions,
  fetchAnchors: FetchAnchors,
): Promise<ProvenLedger> {
  const { cwd, now } = context;
  const given = await readAllAnchors(context, options, fetchAnchors);
  const objects = new ObjectReader(cwd);
  const { ref, commit, layout } = await findLedger(cwd, objects, options).finally(() => objects.close());
  const files = await readFiles(cwd, commit, '', (path) => belongsToLedger(path, layout));
  const of = noteName(ref, layout);
  const remembered = (await readProofNotes(cwd)).filter((note) => note.of === of);
  const proven = proveLedger(files, given.anchors, layout, 'refuse', remembered);
  const found = [...proven.findings, ...given.findings, ...(await checkHistory(cwd, commit, proven))];
  const verdict = found.some(isFailure) ? 'fail' : 'pass';
  if (verdict === 'pass') {
    const { root, anchored, head } = proven;
    await writeProofNote(cwd, { of, commit, size: head.size, root, anchored, at: now() });
  }
  const findings = verdict === 'pass' ? found : await blame(cwd, commit, found);
  return { ...proven, verdict, findings, read: { ref, commit } };
}

/** A ledger that was proven, and which one that was. */
export type ProvenLedger = LedgerVerification & {
  readonly read: { readonly ref: string; readonly commit: string };
};

/** What a person gave, and what GitHub says where it is asked. */
export async function readAllAnchors(
  { cwd, env }: CommandContext,
  { anchor, github, app }: LedgerOptions,
  fetchAnchors: FetchAnchors,
): Promise<Awaited<ReturnType<typeof readGivenAnchors>>> {
  const told: Finding[] = [];
  const query: AnchorQuery = {
    ...{ dir: cwd, env, tell: (finding) => told.push(finding) },
    ...(github ? { github } : {}),
    ...(app ? { app } : {}),
  };
  const given = await readGivenAnchors(cwd, anchor, async () =>
    (await import('./anchors.ts')).findIssuer(query),
  );
  const fetched = await fetchAnchors(query);
  return { anchors: [...given.anchors, ...fetched], findings: [...given.findings, ...told] };
}

async function checkHistory(
  dir: string,
  commit: string,
  proven: LedgerVerification,
): Promise<readonly Finding[]> {
  const rewritten = await findRewrittenFiles(dir, commit);
  return rewritten === null ? [shallow] : checkAppendOnly(rewritten, proven);
}

/** Names the commit that last wrote what the first failure is about. */
async function blame(dir: string, commit: string, findings: readonly Finding[]): Promise<readonly Finding[]> {
  const first = findings.find(isFailure);
  const file = first?.where?.file;
  if (first === undefined || file === undefined || !blamesWriter(first)) return findings;
  const writer = await findLastWriter(dir, commit, file);
  if (writer === null) return findings;
  const by = writer.author === '' ? '' : ` by ${writer.author.slice(0, 60)}`;
  const message = `${first.message}; commit ${writer.commit.slice(0, 12)} of ${writer.at}${by} was the last to write ${file}`;
  return findings.map((finding) => (finding === first ? { ...first, message } : finding));
}

const shallow: Finding = {
  code: 'ledger/history-unknown',
  severity: 'warn',
  message: 'This clone is shallow: that entries were only ever added cannot be seen in its history',
  where: { file: headPath },
  fix: 'Fetch all of it: git fetch --unshallow.',
};
