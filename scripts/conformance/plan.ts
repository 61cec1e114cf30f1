import type { z } from 'zod';
import { textPaths } from '../../core/change/catalogue.ts';
import type { Change, TreeListing } from '../../core/change/change.ts';
import type { LedgerView } from '../../core/change/moves.ts';
import { planChange } from '../../core/change/plan.ts';
import { codesOf } from './decision.ts';
import { commitOf } from './evidence.ts';
import { readForm } from './folder.ts';
import { type LedgerForm, ledgerForm, treeForm } from './form.ts';

type Tree = z.infer<typeof treeForm>;
type Files = Tree['head'];

/** What a pull request asks for, and whether that is still about the same content as the trees in `before`. */
export function answerPlan(texts: ReadonlyMap<string, string>, before: ReadonlyMap<string, string> | null) {
  const change = planOf(texts);
  const then = before === null ? null : planOf(new Map([...texts, ...before]));
  const answer = describe(change);
  if (then === null) return answer;
  const [now, old] = [contentOf(change), contentOf(then)];
  return { ...answer, sameContent: now !== null && now === old };
}

function describe(change: Change) {
  if (change.kind === 'nothing') return { change: change.kind, moves: [], codes: [] };
  if (change.kind === 'refused') return { change: change.kind, moves: [], codes: codesOf(change.findings) };
  const { model, proposal, newModel, datasets, newDatasets, configuration } = change;
  const about = { model, proposal, newModel, datasets, newDatasets, configuration };
  return { change: change.kind, ...about, moves: change.moves, codes: [] };
}

const contentOf = (change: Change): string | null =>
  change.kind === 'request' ? change.contentDigest : null;

function planOf(texts: ReadonlyMap<string, string>): Change {
  const form = readForm(texts, 'tree.json', treeForm);
  const ledger = toView(readForm(texts, 'ledger.json', ledgerForm));
  const sides = {
    mergeBase: form.mergeBase,
    base: { ...form.mergeBase, ...form.base },
    head: { ...form.mergeBase, ...form.head },
  } as const satisfies Record<string, Files>;
  const trees = {
    mergeBase: listingOf(sides.mergeBase),
    base: listingOf(sides.base),
    head: listingOf(sides.head),
  };
  // A shell reads no more than these.
  const known = new Set(textPaths(trees).map(({ side, path }) => `${side}:${path}`));
  return planChange({
    ...trees,
    text: (side, path) => (known.has(`${side}:${path}`) ? textOf(sides[side], path) : null),
    ledger: () => ledger,
    ledgerOnBase: form.ledgerOnBase,
  });
}

function listingOf(files: Files): TreeListing {
  return new Map(
    Object.entries(files).flatMap(([path, file]) => {
      if (file === null) return [];
      const { mode, text } = typeof file === 'string' ? { mode: '100644', text: file } : file;
      return [[path, { path, mode, blob: commitOf(text) }] as const];
    }),
  );
}

function textOf(files: Files, path: string): string | null {
  const file = Object.hasOwn(files, path) ? (files[path] ?? null) : null;
  return file === null || typeof file === 'string' ? file : file.text;
}

function toView(form: LedgerForm): LedgerView {
  return {
    versions: new Map(form.versions.map(({ version, stage }) => [version, stage])),
    champions: new Map(
      form.champions.map(({ endpoint, version, previous }) => [endpoint, { version, previous }]),
    ),
  };
}
