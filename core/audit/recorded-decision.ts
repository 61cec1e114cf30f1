import { InputError } from '../error/error.ts';
import { decide } from '../policy/decide.ts';
import type { Decision, DecisionInput } from '../policy/decision.ts';
import type { LedgerEvent, Transaction } from '../registry/ledger.ts';
import { streamOf } from '../registry/stream.ts';
import { digestOfDecision } from './hash.ts';

/** A decision as the ledger keeps it: what was given to the evaluator, and what was written because of it. */
export interface RecordedDecision {
  readonly model: string;
  /** What was written first: the move itself. */
  readonly cause: LedgerEvent;
  /** Every entry that rests on it: one merge may promote at two endpoints. */
  readonly events: readonly LedgerEvent[];
  readonly input: DecisionInput;
}

/**
 * Lists the decisions of a ledger, oldest first; looks and corrections rest on none.
 * @param transactions in the order of the whole ledger
 * @throws InputError DECISION_ALTERED when the inputs beside an entry are not those that it was hashed with
 */
export function recordedDecisions(transactions: readonly Transaction[]): readonly RecordedDecision[] {
  const found: RecordedDecision[] = [];
  for (const transaction of transactions) {
    const [cause] = transaction.events;
    if (cause === undefined || transaction.decisionInput === null) continue;
    if (digestOfDecision(transaction) !== cause.decision) throw altered(cause);
    const last = found.at(-1);
    const isSame = last?.cause.decision === cause.decision && last.cause.stream === cause.stream;
    if (last !== undefined && isSame && last.cause.source.pullRequest === cause.source.pullRequest) {
      found[found.length - 1] = { ...last, events: [...last.events, ...transaction.events] };
    } else {
      const model = cause.stream.replace(/^model\//, '');
      const input = transaction.decisionInput as DecisionInput;
      found.push({ model, cause, events: transaction.events, input });
    }
  }
  return found;
}

/**
 * Finds one decision by the name that a person gave it.
 * @param text `17` (entry of the whole ledger), `flight-delay#5` (entry of its history), `flight-delay@v2` (the newest
 * decision to put it into production, else the newest about it) or `#41` (the newest of a pull request)
 * @throws InputError DECISION_UNKNOWN
 */
export function findDecision(decisions: readonly RecordedDecision[], text: string): RecordedDecision {
  const [, entry] = /^(\d{1,9})$/.exec(text) ?? [];
  const [, pull] = /^#(\d{1,9})$/.exec(text) ?? [];
  const [, model = '', sign, number] = /^(.{1,200})([#@])v?(\d{1,9})$/s.exec(text) ?? [];
  const found =
    entry !== undefined
      ? decisions.find(({ events }) => events.some(({ gseq }) => gseq === Number(entry)))
      : pull !== undefined
        ? decisions.findLast(({ cause }) => cause.source.pullRequest === Number(pull))
        : sign === '#'
          ? decisions.find(({ events }) => events.some((each) => isEntry(each, model, Number(number))))
          : sign === '@'
            ? newestAbout(decisions, model, Number(number))
            : undefined;
  if (found !== undefined) return found;
  const known = decisions.slice(-5).map(({ model, cause }) => `${cause.gseq} (${model}#${cause.seq})`);
  throw new InputError(
    'DECISION_UNKNOWN',
    `the ledger holds no decision ${JSON.stringify(text.slice(0, 80))}`,
    {
      hint: `Name an entry (17), an entry of a model's history (flight-delay#5), a version (flight-delay@v2) or a merged pull request (#41); what an open one waits for stands in its check. Newest decisions: ${known.join(', ') || 'none'}.`,
    },
  );
}

/**
 * Decides, and names what stops the evaluator: the inputs may be a file that somebody edited.
 * @throws InputError DECISION_UNREADABLE
 */
export function decideAgain(input: DecisionInput): Decision {
  try {
    return decide(input);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'the evaluator failed';
    throw new InputError('DECISION_UNREADABLE', `these inputs cannot be decided: ${why}`, {
      hint: 'Take the inputs of a recorded decision as they are: gatehouse policy explain ENTRY --json prints them.',
      cause,
    });
  }
}

const isEntry = ({ stream, seq }: LedgerEvent, model: string, number: number): boolean =>
  stream === streamOf(model) && seq === number;

function newestAbout(
  decisions: readonly RecordedDecision[],
  model: string,
  version: number,
): RecordedDecision | undefined {
  const about = decisions.filter((each) => each.model === model && each.events.some(isAbout(version)));
  const promotes = about.filter(({ events }) =>
    events.some((event) => event.data.type === 'VersionPromoted' && isAbout(version)(event)),
  );
  return promotes.at(-1) ?? about.at(-1);
}

const isAbout =
  (version: number) =>
  ({ data }: LedgerEvent): boolean =>
    data.type === 'VersionRegistered'
      ? data.record.version === version
      : 'version' in data && data.version === version;

const altered = ({ gseq }: LedgerEvent): InputError =>
  new InputError(
    'DECISION_ALTERED',
    `the inputs beside entry ${gseq} are not those that it was hashed with`,
    {
      hint: 'Believe nothing that rests on it, and run gatehouse verify.',
    },
  );
