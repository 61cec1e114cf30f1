import { headPath, isTransactionPath } from '../registry/layout.ts';
import type { LedgerRenderers } from '../registry/render.ts';
import { forge, transactionsOf } from './forgery.fixture.ts';
import { Story } from './ledger.fixture.ts';

/** What somebody with push rights does to a ledger, drawn by a seed; each kind by itself. */

export type Files = ReadonlyMap<string, string>;
/** Whole numbers from 0 to below n. */
export type Draw = (n: number) => number;

/** A generator that gives the same numbers for the same seed. @see https://github.com/bryc/code PRNGs, mulberry32 */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

const steps: readonly ((story: Story, draw: Draw) => void)[] = [
  (story, draw) =>
    story.propose(['flight-delay', 'churn', 'fraud'][draw(3)], draw(2) === 0 ? 'staging' : 'registered'),
  (story, draw) => {
    const model = ['flight-delay', 'churn', 'fraud'][draw(3)] ?? 'churn';
    const versions = [...story.state(model).versions.values()];
    const staged = versions.filter(({ stage }) => stage === 'staging' || stage === 'archived');
    const [one] = staged.slice(draw(Math.max(1, staged.length)));
    if (one !== undefined) story.move([{ version: one.record.version }], model);
  },
  (story, draw) => {
    const model = ['flight-delay', 'churn', 'fraud'][draw(3)] ?? 'churn';
    const previous = story.state(model).endpoints.get('eu')?.previous;
    if (previous != null) story.move([{ version: previous, rollback: true }], model);
  },
];

/** A ledger of real decisions, of so many transactions or a few more. */
export function tellRandomStory(draw: Draw, least: number, pages: LedgerRenderers): Story {
  const story = new Story('own', pages);
  story.propose();
  for (let tries = 0; story.anchors.length < least && tries < least * 8; tries += 1) {
    try {
      steps[draw(steps.length)]?.(story, draw);
    } catch {
      // What the rules do not allow is no part of the story.
    }
  }
  return story;
}

export type Mutation = (files: Files, draw: Draw, pages: LedgerRenderers) => Files;

const pick = <T>(items: readonly T[], draw: Draw): T => {
  const item = items[draw(items.length)];
  if (item === undefined) throw new RangeError('there is nothing to draw from');
  return item;
};
const having = (files: Files, accept: (path: string) => boolean) => [...files.keys()].filter(accept).sort();
const edited = (files: Files, ...edits: readonly (readonly [string, string | null])[]): Files => {
  const next = new Map(files);
  for (const [path, text] of edits) {
    if (text === null) next.delete(path);
    else next.set(path, text);
  }
  return next;
};
const textOf = (files: Files, path: string): string => files.get(path) ?? '';
const isPage = (path: string): boolean => !path.startsWith('audit/');
const isOperation = (path: string): boolean => path.includes('/ops/');

function editByte(files: Files, draw: Draw): Files {
  const path = pick(having(files, isTransactionPath), draw);
  const text = textOf(files, path);
  const at = draw(text.length);
  const other = String.fromCharCode(33 + draw(90));
  return edited(files, [path, text.slice(0, at) + (other === text[at] ? '~' : other) + text.slice(at + 1)]);
}

/** A field of a line of canonical JSON: a number, a text, a truth. */
function editField(files: Files, draw: Draw): Files {
  const path = pick(having(files, isTransactionPath), draw);
  const text = textOf(files, path);
  const fields = [...text.matchAll(/"(\w+)":(\d+|true|false|"[^"\\]*")/g)];
  const field = pick(fields, draw);
  const value = field[2] ?? '';
  const next = /^\d/.test(value)
    ? `${Number(value) + 1}`
    : value === 'true'
      ? 'false'
      : value === 'false'
        ? 'true'
        : '"x"';
  const changed = next === value ? '"y"' : next;
  return edited(files, [
    path,
    `${text.slice(0, field.index)}"${field[1]}":${changed}${text.slice(field.index + field[0].length)}`,
  ]);
}

function swap(files: Files, one: string, other: string): Files {
  return edited(files, [one, textOf(files, other)], [other, textOf(files, one)]);
}

function reorder(files: Files, draw: Draw): Files {
  const paths = having(files, isTransactionPath);
  const at = draw(paths.length);
  return swap(files, paths[at] ?? '', paths[(at + 1 + draw(paths.length - 1)) % paths.length] ?? '');
}

function duplicate(files: Files, draw: Draw): Files {
  const path = pick(having(files, isTransactionPath), draw);
  const copy = path.replace(/\d{6}(?=\.json$)/, (number) => String(Number(number) + 500).padStart(6, '0'));
  return edited(files, [copy, textOf(files, path)]);
}

/** Everything from some transaction on by another merger, all hashes, numbers and pages right. */
function rewriteFrom(files: Files, first: number, pages: LedgerRenderers): Files {
  return forge(
    transactionsOf(files).map((transaction, at) => ({
      ...transaction,
      events: transaction.events.map((event) =>
        at === first ? { ...event, actor: { ...event.actor, login: 'eve', id: 666 } } : event,
      ),
    })),
    pages,
  );
}

/** Same beginning, another end of the same number of transactions: what a second head shows. */
function fork(files: Files, draw: Draw, pages: LedgerRenderers): Files {
  const transactions = transactionsOf(files);
  const from = draw(transactions.length);
  return forge(
    transactions.map((transaction, at) => ({
      ...transaction,
      events: transaction.events.map((event) =>
        at < from ? event : { ...event, at: `2026-12-01T00:00:${String(at % 60).padStart(2, '0')}Z` },
      ),
    })),
    pages,
  );
}

function truncate(files: Files, draw: Draw, pages: LedgerRenderers): Files {
  const transactions = transactionsOf(files);
  return forge(transactions.slice(0, draw(transactions.length)), pages);
}

/** Two pages of other models or versions change places; equal ones would be no change. */
function swapPages(files: Files, draw: Draw): Files {
  const paths = having(files, isPage);
  const one = pick(paths, draw);
  const others = paths.filter((path) => textOf(files, path) !== textOf(files, one));
  return swap(files, one, pick(others, draw));
}

function editPage(files: Files, draw: Draw): Files {
  const path = pick(having(files, isPage), draw);
  const text = textOf(files, path);
  const at = draw(text.length);
  return edited(files, [path, `${text.slice(0, at)}0${text.slice(at)}`]);
}

function editHead(files: Files, draw: Draw): Files {
  const text = textOf(files, headPath);
  const digits = [...text.matchAll(/[0-9a-f]/g)].filter(({ index }) => index > text.indexOf('"frontier"'));
  const { index } = pick(digits, draw);
  return edited(files, [
    headPath,
    text.slice(0, index) + (text[index] === '0' ? '1' : '0') + text.slice(index + 1),
  ]);
}

const strays = [
  'notes.txt',
  'models/evil/versions/0001.yml',
  'audit/churn/ops/0000',
  'endpoints/us/churn.yml',
  'audit/x.json',
];

/** Kind -> what it does. Each changes the ledger, whatever is drawn. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'edit a byte of an entry': editByte,
  'edit a field of an entry': editField,
  'delete an entry': (files, draw) => edited(files, [pick(having(files, isTransactionPath), draw), null]),
  'reorder entries': reorder,
  'double an entry': duplicate,
  'cut the end, all hashes right': truncate,
  'rewrite from an entry on, all hashes right': (files, draw, pages) =>
    rewriteFrom(files, draw(transactionsOf(files).length), pages),
  'forge all of it': (files, _, pages) => rewriteFrom(files, 0, pages),
  'fork: another end of the same length': fork,
  'swap pages between models': swapPages,
  'edit a page': editPage,
  'edit HEAD.json': editHead,
  'delete a page': (files, draw) => edited(files, [pick(having(files, isPage), draw), null]),
  'delete an operation': (files, draw) => edited(files, [pick(having(files, isOperation), draw), null]),
  'edit an operation': (files, draw) =>
    edited(files, [pick(having(files, isOperation), draw), 'audit/elsewhere.json\n']),
  'add a file': (files, draw) => edited(files, [pick(strays, draw), `${draw(1000)}\n`]),
};
