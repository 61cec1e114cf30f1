import {
  contributors,
  firstRoles,
  type History,
  type HistoryEvent,
  type Login,
  type Quorum,
} from './random-history.fixture.ts';

/**
 * A second reading of the rules, written from the rules alone: it imports nothing of core and looks at events, never at
 * what the shell made of them. It is slow and plain on purpose.
 */
type Open = Extract<HistoryEvent, { kind: 'open' }>;
type Stage = 'registered' | 'staging' | 'candidate' | 'production' | 'archived' | 'rejected';

interface Said {
  readonly by: Login;
  readonly at: number;
  readonly head: number;
  said: 'yes' | 'no' | 'unclear';
  dismissedBy: Login | null;
}

interface Pull {
  readonly open: Open;
  head: number;
  content: number;
  readonly hands: Set<Login>;
  readonly said: Said[];
  /** What stood there to see: at which head, about what, since when. */
  readonly shown: { readonly head: number; readonly about: string; readonly at: number }[];
  judged: { content: number; rules: number; auc: number; champions: string } | null;
}

/** Where versions stand, as a child would keep book. */
export interface Book {
  readonly stage: Record<number, Stage>;
  readonly serves: Record<string, number | null>;
  readonly previous: Record<string, number | null>;
  readonly served: Record<string, readonly number[]>;
}

const steps = [
  'registered>staging',
  'registered>archived',
  'registered>rejected',
  'staging>candidate',
  'staging>production',
  'staging>archived',
  'staging>rejected',
  'candidate>production',
  'candidate>archived',
  'candidate>rejected',
  'production>production',
  'production>archived',
  'archived>production',
];

export class Oracle {
  readonly book: Book = {
    stage: { 1: 'archived', 2: 'production', 3: 'staging', 4: 'registered' },
    serves: { eu: 2, us: null },
    previous: { eu: 1, us: null },
    served: { eu: [1, 2], us: [] },
  };
  private readonly roles = new Map<Login, Set<string>>(
    Object.entries(firstRoles).map(([login, roles]) => [login as Login, new Set<string>(roles)]),
  );
  private rules = 0;
  private pull: Pull | null = null;
  private readonly history: History;

  constructor(history: History) {
    this.history = history;
  }

  /** Takes note of one event; `elsewhere` was authorised by definition. */
  see(event: HistoryEvent): void {
    const { pull } = this;
    if (event.kind === 'open') {
      this.pull = {
        open: event,
        head: 0,
        content: 0,
        hands: new Set([event.author]),
        said: [],
        shown: [],
        judged: null,
      };
    }
    if (event.kind === 'rules') this.rules = event.rules;
    if (event.kind === 'role') {
      if (event.holds) this.roles.get(event.who)?.add(event.role);
      else this.roles.get(event.who)?.delete(event.role);
    }
    if (pull !== null) this.seeInPull(event, pull);
    this.show(event.at);
  }

  private seeInPull(event: HistoryEvent, pull: Pull): void {
    if (event.kind === 'push') {
      pull.head += 1;
      pull.content = event.content;
      pull.hands.add(event.by);
      if (event.coAuthor !== null) pull.hands.add(event.coAuthor);
    }
    if (event.kind === 'judge') {
      if (event.startedBy !== null) pull.hands.add(event.startedBy);
      pull.judged = { content: pull.content, rules: this.rules, auc: event.auc, champions: this.champions() };
    }
    if (event.kind === 'review' && event.state !== 'COMMENTED') {
      const said = event.state === 'APPROVED' ? 'yes' : 'no';
      pull.said.push({ by: event.by, at: event.at, head: pull.head, said, dismissedBy: null });
    }
    if (event.kind === 'dismiss') {
      const theirs = pull.said.filter(({ by }) => by === event.of).reverse()[event.back];
      if (theirs && theirs.dismissedBy === null) {
        theirs.dismissedBy = event.by;
        if (event.unread) theirs.said = 'unclear';
      }
    }
  }

  private champions = (): string => JSON.stringify(this.book.serves);

  /** A return to what the book calls previous. */
  private isReturn({ open }: Pull): boolean {
    const { version, to, endpoint } = open.ask;
    const from = this.book.stage[version];
    return (
      to === 'production' &&
      endpoint !== null &&
      this.book.previous[endpoint] === version &&
      (from === 'archived' || from === 'production')
    );
  }

  private isJudgedKind(pull: Pull): boolean {
    return ['staging', 'candidate', 'production'].includes(pull.open.ask.to) && !this.isReturn(pull);
  }

  /** Everything that an approval given now would be about; null: there is nothing to see yet. */
  private about(pull: Pull): string | null {
    const { version, to, endpoint } = pull.open.ask;
    const { judged } = pull;
    const fresh = judged !== null && judged.content === pull.content && judged.rules === this.rules;
    if (this.isJudgedKind(pull) && !fresh) return null;
    const result = this.isJudgedKind(pull) && judged ? [judged.auc, judged.champions] : 'not judged';
    const champion =
      endpoint !== null ? this.book.serves[endpoint] : this.isJudgedKind(pull) ? this.champions() : 'none';
    const from = this.book.stage[version];
    return JSON.stringify([pull.content, this.rules, version, from, to, endpoint, champion, result]);
  }

  private show(at: number): void {
    const { pull } = this;
    const about = pull === null ? null : this.about(pull);
    if (pull === null || about === null) return;
    if (pull.shown.some((each) => each.head === pull.head && each.about === about)) return;
    pull.shown.push({ head: pull.head, about, at });
  }

  /** May this pull request be merged now? Every reason against it, in words; none: it may. */
  objections(): readonly string[] {
    const { pull } = this;
    if (pull === null) return ['nothing is asked'];
    return [...this.againstMove(pull), ...this.againstResult(pull), ...this.againstPeople(pull)];
  }

  private againstMove(pull: Pull): readonly string[] {
    const { version, to, endpoint } = pull.open.ask;
    const from = this.book.stage[version];
    if (from === undefined || !steps.includes(`${from}>${to}`)) return [`${from} to ${to} is no move`];
    if (to === 'production' && endpoint !== null) {
      if (this.book.serves[endpoint] === version) return ['it serves there'];
      if (from === 'archived' && !this.book.served[endpoint]?.includes(version) && !this.isReturn(pull))
        return ['it never served there'];
    }
    if (from === 'production' && to === 'archived' && this.book.serves[endpoint ?? ''] !== version)
      return ['it does not serve there'];
    return [];
  }

  private againstResult(pull: Pull): readonly string[] {
    if (!this.isJudgedKind(pull)) return [];
    const { judged } = pull;
    if (judged === null) return ['nobody judged it'];
    if (judged.content !== pull.content || judged.rules !== this.rules)
      return ['it was judged as something else'];
    const { endpoint, to } = pull.open.ask;
    const then = JSON.parse(judged.champions) as Record<string, number | null>;
    const endpoints = to === 'production' && endpoint !== null ? [endpoint] : ['eu', 'us'];
    if (endpoints.some((each) => then[each] !== this.book.serves[each])) return ['the champion has changed'];
    const meets = endpoints.some((each) => this.book.serves[each] !== null);
    // 0.6 is the threshold; the champion has 0.64, and 0.01 less is still as good.
    return judged.auc >= (meets ? 0.633 : 0.6) ? [] : ['it is not good enough'];
  }

  private againstPeople(pull: Pull): readonly string[] {
    const last = new Map<Login, Said>();
    for (const said of pull.said) last.set(said.by, said);
    const objects = [...last.values()].filter((said) => this.blocks(said)).map(({ by }) => `${by} objects`);
    const about = this.about(pull);
    const yes = [...last.values()].filter((said) => about !== null && this.counts(said, about, pull));
    const filled = canFill(
      this.seats(pull),
      yes.map(({ by }) => [...(this.roles.get(by) ?? [])]),
    );
    return [...objects, ...(filled ? [] : ['too few people'])];
  }

  private blocks({ by, said, dismissedBy }: Said): boolean {
    if (this.roles.get(by)?.size === 0) return false;
    if (dismissedBy === null) return said === 'no';
    return said !== 'yes' && this.roles.get(dismissedBy)?.has('governor') !== true;
  }

  private counts(said: Said, about: string, pull: Pull): boolean {
    const { version, to } = pull.open.ask;
    const madeIt =
      ['candidate', 'production'].includes(to) && contributors[version]?.includes(said.by) === true;
    if (said.said !== 'yes' || said.dismissedBy !== null || pull.hands.has(said.by) || madeIt) return false;
    if (said.by === 'helper[bot]') return false;
    return pull.shown.some((each) => each.head === said.head && each.about === about && each.at < said.at);
  }

  /** One seat for each person who is needed, with the roles that may sit there. */
  private seats(pull: Pull): readonly (readonly string[])[] {
    const { to, version } = pull.open.ask;
    const quorum = this.isReturn(pull)
      ? this.history.rollback
      : to === 'production'
        ? this.history.production
        : this.history.below;
    const seats = seatsOf(quorum);
    const anybody = ['reviewer', 'owner', 'governor', 'risk'];
    const touches = to === 'production' || this.book.stage[version] === 'production';
    const floor = seats.length === 0 && touches ? [anybody] : [];
    const doubts = [
      ...(pull.open.pushersKnown ? [] : [anybody]),
      ...(pull.open.openedByBot ? [anybody] : []),
    ];
    return [...seats, ...floor, ...doubts];
  }

  /** Writes into the book what has just been merged. */
  apply(version: number, to: Stage, endpoint: string | null, isReturn: boolean): void {
    const { stage, serves, previous, served } = this.book;
    if (to === 'production' && endpoint !== null) {
      const old = serves[endpoint] ?? null;
      serves[endpoint] = version;
      previous[endpoint] = isReturn ? null : old;
      served[endpoint] = [...(served[endpoint] ?? []), version];
      stage[version] = 'production';
      if (old !== null && !Object.values(serves).includes(old)) stage[old] = 'archived';
    } else if (endpoint !== null) {
      serves[endpoint] = null;
      previous[endpoint] = null;
      if (!Object.values(serves).includes(version)) stage[version] = 'archived';
    } else stage[version] = to;
  }

  /** The merge of the pull request of now, which is closed by it. */
  merge(): void {
    const { pull } = this;
    if (pull === null) return;
    const { version, to, endpoint } = pull.open.ask;
    this.apply(version, to, endpoint, this.isReturn(pull));
    this.pull = null;
  }
}

const seatsOf = ({ reviewer, owner, risk }: Quorum): readonly (readonly string[])[] => [
  ...Array.from({ length: reviewer }, () => ['reviewer']),
  ...Array.from({ length: owner }, () => ['owner']),
  ...Array.from({ length: risk }, () => ['risk']),
];

/** Tries every way to seat different people. */
function canFill(seats: readonly (readonly string[])[], people: readonly (readonly string[])[]): boolean {
  const [seat, ...rest] = seats;
  if (seat === undefined) return true;
  return people.some(
    (roles, at) =>
      roles.some((role) => seat.includes(role)) &&
      canFill(
        rest,
        people.filter((_, other) => other !== at),
      ),
  );
}
