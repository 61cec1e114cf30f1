import { createHash } from 'node:crypto';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import { readCatalogue, type TextSide } from '../../core/change/catalogue.ts';
import type { TreeListing } from '../../core/change/change.ts';
import { planChange } from '../../core/change/plan.ts';
import { policyPath } from '../../core/config/layout.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { viewOf } from '../../core/registry/alignment.ts';
import type { ModelState } from '../../core/registry/ledger.ts';

/** path -> text */
export type Files = Readonly<Record<string, string>>;

export interface MemoryProposal extends Omit<Proposal, 'ledger'> {
  /** As `GitHubReader.file`. */
  file(path: string, sha: string): Promise<Uint8Array | null>;
}

export const baseSha = 'b'.repeat(40);
export const headSha = 'a'.repeat(40);

/** A pull request in memory, planned by the real code: what `readProposal` gives for these two trees. */
export function memoryProposal(base: Files, head: Files, state: ModelState | null): MemoryProposal {
  const trees = { mergeBase: listing(base), base: listing(base), head: listing(head) };
  const text = (side: TextSide, path: string) => (side === 'head' ? head : base)[path] ?? null;
  const policy = parsePolicy(base[policyPath] ?? '', policyPath);
  const change = planChange({
    ...trees,
    text,
    ledger: () => (state ? viewOf(state) : { versions: new Map(), champions: new Map() }),
    ledgerOnBase: false,
  });
  return {
    repository: {
      id: 7,
      fullName: 'acme/flights',
      defaultBranch: 'main',
      url: 'https://github.test/acme/flights',
    },
    commits: { baseRef: 'main', base: baseSha, head: headSha, mergeBase: baseSha },
    trees,
    policy,
    catalogue: readCatalogue(trees.base, trees.head, text),
    change,
    state,
    file: async (path, sha) => {
      const content = (sha === headSha ? head : base)[path];
      return content === undefined ? null : Buffer.from(content);
    },
  };
}

function listing(files: Files): TreeListing {
  return new Map(
    Object.entries(files).map(([path, text]) => {
      const blob = createHash('sha1').update(text).digest('hex');
      return [path, { path, mode: '100644', blob }];
    }),
  );
}
