import { withReserve } from '../../adapters/github/budget/reserve.ts';
import { statusOf } from '../../adapters/github/failure.ts';
import type { Recorded } from '../../core/audit/record.ts';
import { type GroupLimit, recordGroup } from '../../core/audit/record-group.ts';
import { ConflictError } from '../../core/error/error.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { type BotDeps, openSources } from '../deps.ts';
import { isSamePlace, type LedgerPlace, type ProvenLedger } from '../ledger/ledger-book.ts';
import { AnchorLine } from './anchor-line.ts';
import { describeJobs, type LedgerJob, type Written } from './ledger-job.ts';
import { MergeOrder } from './merge-order.ts';

/**
 * What one commit holds at most: a promotion has some six files, and 33 of them were measured. GitHub documents no limit
 * of its own for `createCommitOnBranch`; people report 40 MB of contents, and a request is answered in 10 s or not at all.
 */
const groupLimit: GroupLimit = { members: 33, textLength: 4 * 1024 * 1024 };
/** Other writers of the same branch win as often as we do: with eight of them, this many losses in a row are none. */
const maxAttempts = 30;
/** Wait after the n-th conflict in a row: up to this much, doubled each time, at random so that nobody meets again. */
const firstWaitMs = 50;
const longestWaitMs = 3_000;
/** While it waits for company, and nothing else wakes it. */
const pollMs = 100;

interface Ticket {
  readonly deps: BotDeps;
  readonly job: LedgerJob;
  readonly resolve: (written: Written) => void;
  readonly reject: (error: unknown) => void;
  conflicts: number;
  readonly plan: LedgerJob['plan'];
  /** Of the process's own clock. */
  readonly sinceMs: number;
}

/**
 * Writes to the ledger of one repository, one commit at a time: whatever waits meanwhile goes into the next commit
 * together. Every job decides again on the ledger that it meets there. Other processes may write as well: the branch
 * moves by compare-and-swap, and who loses reads, decides and writes again.
 */
export class LedgerWriter {
  private readonly waiting: Ticket[] = [];
  private readonly anchors = new AnchorLine();
  private readonly order = new MergeOrder();
  private isBusy = false;
  /** Jobs for the next commit at most: fewer after GitHub did not take so many. */
  private most = groupLimit.members;

  /**
   * @returns when it is in the ledger and an anchor covers it; also when it was there already, whoever wrote it
   * @throws ConflictError when the job was sent back, or others kept winning: read again and decide again
   * @throws InputError LEDGER_FROZEN; ServiceError when GitHub did not write it, and it is not there either
   */
  write(deps: BotDeps, job: LedgerJob): Promise<Written> {
    return new Promise((resolve, reject) => {
      const plan = (snapshot: Parameters<LedgerJob['plan']>[0]) => job.plan(snapshot);
      const sinceMs = performance.now();
      this.waiting.push({ deps, job, resolve, reject, conflicts: 0, plan, sinceMs });
      if (!this.isBusy) void this.work();
    });
  }

  /**
   * Says that a merge is looked at: what was merged later waits for it, for some seconds.
   * @returns to be called as soon as it is known whether, and after what it writes was handed over
   */
  beginMerge(order: string): () => void {
    return this.order.begin(order);
  }

  /** Leaves an anchor for a ledger whose last entries have none: a crash may have come between. */
  ensureAnchor(deps: BotDeps, ledger: ProvenLedger, commit: string): Promise<ProvenLedger> {
    return this.anchors.ensure(deps, ledger, commit);
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    // Looks that end in the same turn come into the same commit.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const ready = this.ready();
      const [first] = ready;
      if (first === undefined) await this.order.change();
      else if (this.hasCompany(ready)) await this.order.change(pollMs);
      // It may have been begun by a look that is no merge: what is written is of all that wait.
      else await withReserve(() => this.writeNext(first));
    }
    this.isBusy = false;
  }

  /** Merges alone wait for others: what is written before a merge is shown to somebody. */
  private hasCompany(ready: readonly Ticket[]): boolean {
    if (ready.length >= this.most || ready.some(({ job }) => job.order === undefined)) return false;
    const waitedMs = performance.now() - Math.min(...ready.map(({ sinceMs }) => sinceMs));
    return this.order.isWorthWaiting(waitedMs);
  }

  /** What nothing earlier holds up, in the order of the merges. */
  private ready(): readonly Ticket[] {
    const nowMs = performance.now();
    const orderOf = ({ job }: Ticket) => job.order ?? '';
    return this.waiting
      .filter((ticket) => this.order.isReady(orderOf(ticket), nowMs - ticket.sinceMs))
      .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : orderOf(a) > orderOf(b) ? 1 : 0));
  }

  /** Nothing is thrown: whatever happens is told to those that it happened to. */
  private async writeNext({ deps, job: { place } }: Ticket): Promise<void> {
    const tickets = this.ready().filter((ticket) => isSamePlace(ticket.job.place, place));
    try {
      const ledger = await readLedger(deps, place, tickets);
      const limit = { ...groupLimit, members: this.most };
      const renderers = ledgerRenderersFor(place.layout);
      const group = recordGroup(ledger.snapshot, tickets, limit, place.layout, renderers);
      for (const { member, error } of group.sentBack) this.leave(member).reject(error);
      this.answer(group.known, { commit: null, ledger });
      if (group.recorded !== null) await this.commit(deps, ledger, group.written, group.recorded);
    } catch (error) {
      await this.failed(tickets, error);
    }
  }

  private async commit(
    deps: BotDeps,
    ledger: ProvenLedger,
    tickets: readonly Ticket[],
    { files, snapshot, events }: Recorded,
  ): Promise<void> {
    const content = {
      branch: ledger.branch,
      ...describeJobs(tickets.map(({ job }) => job)),
      files: [...files].map(([path, text]) => ({ path, content: text })),
    };
    let commit: string;
    try {
      commit =
        ledger.commit === null
          ? await deps.writer.startBranch({ ...content, parent: null })
          : await deps.writer.commitOnBranch({ ...content, expectedHead: ledger.commit });
    } catch (error) {
      return this.notWritten(deps, ledger, tickets, error);
    }
    this.most = Math.min(groupLimit.members, this.most + 1);
    const before = ledger.snapshot.head;
    const after = { ...ledger, commit, snapshot, events: [...ledger.events, ...events], before };
    deps.book.extend(ledger, after);
    deps.log.info({ commit, jobs: tickets.length, files: files.size, entries: events.length }, 'recorded');
    this.answer(tickets, { commit, ledger: after });
  }

  /** The answer may be lost and the commit made: then the ledger says so, and nobody is told that it failed. */
  private async notWritten(
    deps: BotDeps,
    ledger: ProvenLedger,
    tickets: readonly Ticket[],
    error: unknown,
  ): Promise<void> {
    if (error instanceof ConflictError) return this.failed(tickets, error);
    if (await hasMoved(deps, ledger)) return this.failed(tickets, movedMeanwhile(error));
    const isOne = tickets.length === 1;
    this.most = Math.max(1, Math.floor(tickets.length / 2));
    deps.log.warn({ jobs: tickets.length, error: String(error) }, 'the ledger was not written');
    // GitHub says that it will not take this: perhaps it is one of them, or there are too many.
    if (!isOne && isRefusal(error)) return;
    for (const ticket of tickets) this.leave(ticket).reject(error);
  }

  /** A conflict is met by reading again, for whatever waits then; everything else is for those that it happened to. */
  private async failed(tickets: readonly Ticket[], error: unknown): Promise<void> {
    let conflicts = 0;
    for (const ticket of tickets) {
      ticket.conflicts += 1;
      conflicts = Math.max(conflicts, ticket.conflicts);
      if (!(error instanceof ConflictError) || ticket.conflicts >= maxAttempts)
        this.leave(ticket).reject(error);
    }
    if (!(error instanceof ConflictError)) return;
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(conflicts, 10));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
  }

  /** Whoever is in the ledger is told when an anchor covers it; the next commit does not wait for that. */
  private answer(tickets: readonly Ticket[], { commit, ledger: found }: Written): void {
    const last = tickets.at(-1);
    if (last === undefined) return;
    for (const ticket of tickets) this.leave(ticket);
    this.anchors.ensure(last.deps, found, last.job.anchorOn).then(
      (ledger) => {
        for (const ticket of tickets) ticket.resolve({ commit, ledger });
      },
      (error: unknown) => {
        for (const ticket of tickets) ticket.reject(error);
      },
    );
  }

  private leave(ticket: Ticket): Ticket {
    const at = this.waiting.indexOf(ticket);
    if (at >= 0) this.waiting.splice(at, 1);
    return ticket;
  }
}

/**
 * The ledger that is written on. What this process wrote last needs no reading: if somebody else wrote since, the
 * compare-and-swap says so. A branch that people merge into has moved in all likelihood.
 */
async function readLedger(
  deps: BotDeps,
  place: LedgerPlace,
  tickets: readonly Ticket[],
): Promise<ProvenLedger> {
  const last = place.layout === 'own' ? deps.book.lastOf(place) : null;
  if (last !== null && tickets.every(({ conflicts }) => conflicts === 0)) return last;
  const { reader, identity, book } = openSources(deps);
  return book.read(reader, identity, place);
}

/** True when the branch points elsewhere: what could not be written may be there. */
async function hasMoved(deps: BotDeps, { branch, commit }: ProvenLedger): Promise<boolean> {
  try {
    return (await deps.newReader().branchHead(branch)) !== commit;
  } catch {
    return false; // GitHub does not answer at all: the look is told of the first error and comes again
  }
}

function movedMeanwhile(cause: unknown): ConflictError {
  return new ConflictError('LEDGER_MOVED', 'The ledger was written while GitHub did not answer', {
    hint: 'Read again: what was to be written may be there.',
    cause,
  });
}

/** GitHub took the request, read it and said no: the same request has no better chance. */
function isRefusal(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : error;
  const status = statusOf(cause);
  if (status !== null) return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
  if (typeof cause !== 'object' || cause === null || !('errors' in cause) || !Array.isArray(cause.errors))
    return false;
  return cause.errors.every(
    (each: unknown) => !/RATE_LIMITED|SERVICE_UNAVAILABLE/.test(JSON.stringify(each)),
  );
}
