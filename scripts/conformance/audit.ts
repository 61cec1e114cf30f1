import { parseAnchor } from '../../core/audit/anchor.ts';
import { checkAnchors } from '../../core/audit/anchor-check.ts';
import { checkChain } from '../../core/audit/chain.ts';
import { readEntries } from '../../core/audit/entries.ts';
import { isFailure } from '../../core/finding/finding.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { codesOf } from './decision.ts';
import { readForm } from './folder.ts';
import { auditForm } from './form.ts';

/**
 * Whether the entries of a ledger are what was written: every hash, number, link and move, and what anchors outside of
 * it remember. Decisions are not repeated here: these entries rest on none.
 */
export function answerAudit(texts: ReadonlyMap<string, string>) {
  const { files, anchors } = readForm(texts, 'audit.json', auditForm);
  const bytes = Object.entries(files).map(
    ([path, entry]) => [path, typeof entry === 'string' ? entry : `${canonicalJson(entry)}\n`] as const,
  );
  const { entries, findings } = readEntries(new Map(bytes));
  const chain = checkChain(entries, () => []);
  const anchored = checkAnchors(chain.hashes, anchors.map(parseAnchor), entries, 'refuse');
  const failures = [...findings, ...chain.findings, ...anchored.findings].filter(isFailure);
  return { believed: failures.length === 0, codes: codesOf(failures) };
}
