import { decide } from '../policy/decide.ts';
import type { Decision, DecisionInput } from '../policy/decision.ts';
import { Oracle } from './history-oracle.fixture.ts';
import { World } from './history-world.fixture.ts';
import { type History, randomHistory } from './random-history.fixture.ts';

/** How a decision and the oracle came out over histories; the two lists name seeds, so that each can be run again. */
export interface Verdicts {
  readonly merges: number;
  readonly promoted: number;
  /** Promoted against the oracle's objections. */
  readonly unauthorised: readonly string[];
  /** Not promoted though the oracle has no objection, or a ledger that is not the oracle's book. */
  readonly missed: readonly string[];
}

/** Something that decides: `decide`, or one of its faulty copies. */
export type Decide = (input: DecisionInput) => Pick<Decision, 'kind'>;

export function runHistories(first: number, count: number, decides: Decide = decide): Verdicts {
  let [merges, promoted] = [0, 0];
  const [unauthorised, missed]: [string[], string[]] = [[], []];
  for (let seed = first; seed < first + count; seed += 1) {
    const outcome = runHistory(randomHistory(seed), decides);
    merges += outcome.merges;
    promoted += outcome.promoted;
    unauthorised.push(...outcome.unauthorised);
    missed.push(...outcome.missed);
  }
  return { merges, promoted, unauthorised, missed };
}

function runHistory(history: History, decides: Decide): Verdicts {
  const [world, oracle] = [new World(history), new Oracle(history)];
  let [merges, promoted] = [0, 0];
  const [unauthorised, missed]: [string[], string[]] = [[], []];
  for (const event of history.events) {
    if (event.kind === 'elsewhere' && world.promoteElsewhere(event.version, event.endpoint)) {
      oracle.apply(event.version, 'production', event.endpoint, false);
    }
    world.see(event);
    oracle.see(event);
    const input = event.kind === 'merge' ? world.input() : null;
    if (input === null) continue;
    merges += 1;
    const objections = oracle.objections();
    const done = decides(input).kind === 'allowed' && world.record(input);
    const name = `history ${history.seed} at ${event.at}`;
    if (done && objections.length > 0) unauthorised.push(`${name}: ${objections.join(', ')}`);
    if (!done && objections.length === 0) missed.push(`${name}: not promoted`);
    if (!done) continue;
    promoted += 1;
    oracle.merge();
    if (objections.length > 0) break;
    const wrong = differences(world, oracle);
    if (wrong !== null) missed.push(`${name}: ${wrong}`);
  }
  return { merges, promoted, unauthorised, missed };
}

/** Where the ledger and the oracle's book disagree; null: nowhere. */
function differences({ ledger }: World, { book }: Oracle): string | null {
  const stages = [...ledger.versions].filter(([version, { stage }]) => book.stage[version] !== stage);
  const endpoints = [...ledger.endpoints.values()].filter(
    ({ endpoint, champion, previous }) =>
      book.serves[endpoint] !== champion || book.previous[endpoint] !== previous,
  );
  if (stages.length === 0 && endpoints.length === 0) return null;
  return `the ledger says ${JSON.stringify([stages.map(([v, { stage }]) => [v, stage]), endpoints])}, the book ${JSON.stringify(book)}`;
}
