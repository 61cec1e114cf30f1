import { ObjectReader } from '../adapters/git/objects.ts';
import { compareCommits, type ProofNote, readProofNotes } from '../adapters/git/proof-note.ts';
import { RegistryReader } from '../adapters/registry/registry-reader.ts';
import { suggest } from '../core/config/suggestion.ts';
import { InputError } from '../core/error/error.ts';
import type { LedgerTrust } from '../core/report/ledger-trust.ts';
import type { FetchAnchors } from './anchors.ts';
import type { CommandContext, ExitCode } from './context.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { findLedger, type LedgerPlace, noteName } from './ledger-place.ts';

export interface RegistryOptions extends LedgerOptions {
  readonly prove?: boolean;
}

/** A ledger that is open for questions. */
export interface RegistrySource {
  readonly reader: RegistryReader;
  readonly place: LedgerPlace;
  readonly trust: LedgerTrust;
}

const mostKnown = 10;

/**
 * Opens the ledger of the clone, works with it, and closes it.
 * With `--prove`, or an anchor to prove it by, the whole ledger is verified first; without, the answer says what is known.
 * @throws InputError LEDGER_NOT_FOUND, LEDGER_UNVERIFIED, LEDGER_REWRITTEN
 */
export async function withRegistry(
  context: CommandContext,
  options: RegistryOptions,
  fetchAnchors: FetchAnchors,
  work: (source: RegistrySource) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { prove, anchor, github, app } = options;
  if (prove === true || anchor.length > 0 || github !== undefined || app !== undefined) {
    const [{ readProvenLedger }, { requireVerified }] = await Promise.all([
      import('./ledger.ts'),
      import('../core/audit/resolve.ts'),
    ]);
    // It leaves a note, which is read below like that of any earlier proof.
    requireVerified(await readProvenLedger(context, options, fetchAnchors));
  }
  const objects = new ObjectReader(context.cwd);
  try {
    const [place, notes] = await Promise.all([
      findLedger(context.cwd, objects, options),
      readProofNotes(context.cwd),
    ]);
    const reader = new RegistryReader(objects, place.commit);
    const trust = await trustOf(context.cwd, reader, place, notes);
    return await work({ reader, place, trust });
  } finally {
    objects.close();
  }
}

async function trustOf(
  dir: string,
  reader: RegistryReader,
  { ref, commit, layout }: LedgerPlace,
  notes: readonly ProofNote[],
): Promise<LedgerTrust> {
  const head = await reader.head();
  const read = { ref, commit, size: head?.size ?? 0, root: head?.root ?? null };
  const note = notes.find(({ of }) => of === noteName(ref, layout));
  const descent = note === undefined ? 'unknown' : await compareCommits(dir, note.commit, commit);
  if (note === undefined || descent === 'unknown') return { ...read, proof: 'none', proven: null };
  const proven = { commit: note.commit, size: note.size, anchored: note.anchored, at: note.at };
  if (descent === 'apart') {
    throw new InputError(
      'LEDGER_REWRITTEN',
      `the ledger at ${commit.slice(0, 12)} does not follow the one that was proven here on ${note.at}, ${note.commit.slice(0, 12)}`,
      { hint: 'Its history was rewritten: promote nothing, and run gatehouse verify with an anchor.' },
    );
  }
  return {
    ...read,
    proof: descent === 'same' ? 'proven' : descent === 'newer' ? 'outgrown' : 'none',
    proven,
  };
}

/** Refuses a model that the ledger does not know, and says which one was probably meant. */
export async function unknownModel(reader: RegistryReader, model: string): Promise<InputError> {
  const known = await reader.models();
  const near = suggest(model, known);
  const listed = known.slice(0, mostKnown).join(', ') || 'none';
  const left = known.length - mostKnown;
  const all = `Known: ${listed}${left > 0 ? ` and ${left} more: gatehouse registry list` : ''}.`;
  return new InputError(
    'LEDGER_UNKNOWN_MODEL',
    `the ledger knows no model ${JSON.stringify(model.slice(0, 130))}`,
    {
      hint: near === null ? all : `Did you mean ${near}? ${all}`,
    },
  );
}

/** Reads `churn`, `growth/churn@v7` and `churn@7`. @throws InputError LEDGER_UNKNOWN_VERSION */
export function parseModelVersion(text: string): { readonly model: string; readonly version: number | null } {
  const [model = '', ...rest] = text.split('@');
  if (rest.length === 0) return { model, version: null };
  return { model, version: parseVersion(model, rest.join('@')) };
}

/** Reads `v7` and `7`. @throws InputError LEDGER_UNKNOWN_VERSION */
export function parseVersion(model: string, text: string): number {
  const number = Number(/^v?([1-9]\d{0,8})$/.exec(text)?.[1] ?? Number.NaN);
  if (Number.isSafeInteger(number)) return number;
  throw unknownVersion(model, text, []);
}

/** @param known versions of the model, ascending */
export function unknownVersion(model: string, text: string, known: readonly number[]): InputError {
  const newest = [...known]
    .reverse()
    .slice(0, mostKnown)
    .map((version) => `v${version}`);
  const left = known.length - newest.length;
  return new InputError(
    'LEDGER_UNKNOWN_VERSION',
    `${model} has no version ${JSON.stringify(text.slice(0, 40))}`,
    {
      hint:
        newest.length === 0
          ? 'Write it as v7 or 7.'
          : `Name one of ${newest.join(', ')}${left > 0 ? ` and ${left} older ones` : ''}.`,
    },
  );
}
