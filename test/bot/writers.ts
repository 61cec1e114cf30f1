import type { BotDeps } from '../../bot/deps.ts';
import { openSources } from '../../bot/deps.ts';
import type { LedgerPlace, ProvenLedger } from '../../bot/ledger/ledger-book.ts';
import type { LedgerJob } from '../../bot/record/ledger-job.ts';
import { promotionOf, registrationOf, type Waiting } from '../../core/audit/promotion.fixture.ts';
import { ConflictError } from '../../core/error/error.ts';
import type { ModelState } from '../../core/registry/ledger.ts';

/** One ledger that several instances of the app write to, each with a book and a writer of its own. */
export const place: LedgerPlace = { branch: 'gatehouse-ledger', layout: 'own', anchorBranch: 'main' };

/** Where versions 1 and 2 of every model serve all the time, so that neither is ever archived. */
const homes = ['home-1', 'home-2'] as const;

export interface Stint {
  /** Pull requests that were recorded, in the order in which the writers were told. */
  readonly recorded: readonly number[];
  /** How often a decision was sent back because its champion was another one by then. */
  readonly sentBack: number;
}

const nameOf = (at: number): string => `model-${String(at).padStart(2, '0')}`;

const toJob = (waiting: Waiting, anchorOn: string): LedgerJob => ({
  place,
  headline: `Record pull request ${waiting.pull}`,
  url: `https://github.example/acme/flights/pull/${waiting.pull}`,
  anchorOn,
  plan: (snapshot) => waiting.plan(snapshot),
});

/** Two versions of each model, each in production at a place of its own. */
export async function setUpModels(deps: BotDeps, models: number, anchorOn: string): Promise<void> {
  let pull = 100_000;
  const write = async (waiting: (state: ModelState | undefined, model: string) => Waiting) => {
    const { snapshot } = await readLedger(deps);
    const all = Array.from({ length: models }, (_, at) => nameOf(at));
    const jobs = all.map((model) => toJob(waiting(snapshot.states.get(model), model), anchorOn));
    await Promise.all(jobs.map((job) => deps.ledgerWriter.write(deps, job)));
  };
  const next = () => {
    pull += 1;
    return pull;
  };
  for (const [at, home] of homes.entries()) {
    await write((state, model) => registrationOf(state, model, { pull: next(), mergeSha: anchorOn }, at + 1));
    await write((state) => {
      if (state === undefined) throw new Error('not registered');
      return promotionOf(state, at + 1, { pull: next(), mergeSha: anchorOn }, home);
    });
  }
}

/**
 * One writer's share of the promotions, some at a time: each reads the ledger, is decided on it as a judge would have
 * compared it, and is written, or begins anew when it was sent back.
 */
export async function promoteAll(
  deps: BotDeps,
  tasks: readonly { readonly pull: number; readonly model: number; readonly endpoint: string }[],
  anchorOn: string,
  atOnce = 10,
): Promise<Stint> {
  const rest = [...tasks];
  const recorded: number[] = [];
  let sentBack = 0;
  const lane = async (): Promise<void> => {
    for (let task = rest.shift(); task !== undefined; ) {
      const { snapshot } = await readLedger(deps);
      const state = snapshot.states.get(nameOf(task.model));
      if (state === undefined) throw new Error(`${nameOf(task.model)} is not there`);
      const version = state.endpoints.get(task.endpoint)?.champion === 1 ? 2 : 1;
      const asked = { pull: task.pull, mergeSha: anchorOn };
      const waiting = promotionOf(state, version, asked, task.endpoint);
      try {
        await deps.ledgerWriter.write(deps, toJob(waiting, anchorOn));
        recorded.push(task.pull);
        task = rest.shift();
      } catch (error) {
        // Sent back, or lost the race too often: read and decide again.
        if (!(error instanceof ConflictError)) throw error;
        sentBack += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { recorded, sentBack };
}

/** What this instance proved last, which may be old by now: a decision has to meet that. */
async function readLedger(deps: BotDeps): Promise<ProvenLedger> {
  const { reader, identity, book } = openSources(deps);
  return deps.book.lastOf(place) ?? book.read(reader, identity, place);
}
