import { GatehouseError } from '../error/error.ts';
import { digest, judgementOf, policy } from '../evidence/evidence.fixture.ts';
import type { ChampionFact, JudgementEvidence } from '../evidence/evidence.ts';
import { person, promotionInput, requestOf, stageMove } from '../policy/decision.fixture.ts';
import type { DecisionInput, Exclusion, Review } from '../policy/decision.ts';
import { subjectOf } from '../policy/subject.ts';
import type { ModelState, Person } from './ledger.ts';
import {
  contributors,
  firstRoles,
  type History,
  type HistoryEvent,
  type Login,
  logins,
  type Quorum,
} from './random-history.fixture.ts';
import {
  after,
  artifactOf,
  type MoveCommand,
  move,
  moveIn,
  register,
  staged,
  write,
} from './registry.fixture.ts';

/** v1 served eu before v2, which serves now; v3 is staged, v4 registered. */
const firstLedger: ModelState = after(
  staged('v1'),
  move({ version: 1 }),
  staged('v2'),
  move({ version: 2 }),
  staged('v3'),
  () => register('flight-delay', 'v4', 'registered'),
);

const people = new Map<Login, Person>(
  logins.map((login, at) => [login, person(at + 1, login, login.endsWith('[bot]') ? 'Bot' : 'User')]),
);
const personOf = (login: Login): Person => people.get(login) ?? person(99, login);
const instant = (at: number): string => new Date(Date.UTC(2026, 10, 21) + at * 1000).toISOString();

type Open = Extract<HistoryEvent, { kind: 'open' }>;

interface Pull {
  readonly open: Open;
  head: number;
  content: number;
  readonly exclusions: Exclusion[];
  readonly reviews: (Omit<Review, 'roles' | 'evidenceChecks'> & {
    readonly head: number;
    readonly dismisser?: Login;
  })[];
  readonly checks: {
    readonly head: number;
    readonly id: number;
    readonly subject: string;
    readonly completedAt: string;
  }[];
  judgement: JudgementEvidence | null;
}

/** No subject hangs on these. */
const onPeople: readonly HistoryEvent['kind'][] = ['review', 'dismiss', 'role', 'merge'];

/** What the shell would hold after each event of a history: pull request, evidence checks, ledger. */
export class World {
  ledger = firstLedger;
  private merges = 100;
  private rules = 0;
  private pull: Pull | null = null;
  private readonly roles = new Map(logins.map((login) => [login, new Set<string>(firstRoles[login])]));
  private readonly policy: DecisionInput['policy'];

  constructor({ production, below, rollback }: History) {
    const [high, low] = [{ approvals: linesOf(production) }, { approvals: linesOf(below) }];
    this.policy = {
      ...policy,
      stages: { staging: low, candidate: low, production: high, archived: low, rejected: low },
      rollback: { approvals: linesOf(rollback) },
    };
  }

  see(event: HistoryEvent): void {
    if (event.kind === 'open') {
      const exclusions = [exclude(event.author, 'author')];
      for (const login of contributors[event.ask.version] ?? [])
        exclusions.push(exclude(login, 'contributor'));
      this.pull = { open: event, head: 0, content: 0, exclusions, reviews: [], checks: [], judgement: null };
    }
    if (event.kind === 'rules') this.rules = event.rules;
    if (event.kind === 'role') this.roles.get(event.who)?.[event.holds ? 'add' : 'delete'](event.role);
    if (this.pull !== null) this.seeInPull(event, this.pull);
    if (!onPeople.includes(event.kind)) this.postEvidenceCheck(event.at);
  }

  private seeInPull(event: HistoryEvent, pull: Pull): void {
    if (event.kind === 'push') {
      pull.head += 1;
      pull.content = event.content;
      pull.exclusions.push(exclude(event.by, 'pusher'));
      if (event.coAuthor !== null) pull.exclusions.push(exclude(event.coAuthor, 'co-author'));
    }
    if (event.kind === 'judge') {
      if (event.startedBy !== null) pull.exclusions.push(exclude(event.startedBy, 'dispatcher'));
      pull.judgement = this.judge(pull, event.auc);
    }
    if (event.kind === 'review') {
      const { state } = event;
      const [id, reviewer, submittedAt] = [pull.reviews.length + 1, personOf(event.by), instant(event.at)];
      pull.reviews.push({ id, reviewer, state, commit: commitOf(pull.head), submittedAt, head: pull.head });
    }
    if (event.kind === 'dismiss') dismiss(pull, event);
  }

  /** What `decide` is given now; null: no pull request is open. */
  input(): DecisionInput | null {
    const { pull } = this;
    if (pull === null) return null;
    const { version, to, endpoint } = pull.open.ask;
    const from = this.ledger.versions.get(version)?.stage ?? null;
    const judgement = this.isFresh(pull) ? pull.judgement : null;
    return promotionInput({
      change: requestOf({
        moves: [stageMove({ version, from, to, endpoint, rollback: this.isRollback(pull) })],
        contentDigest: digest(`content ${pull.content}`),
      }),
      policy: this.policy,
      rulesDigest: digest(`rules ${this.rules}`),
      judgement,
      ledger: {
        champions: this.champions().map((champion) => ({
          ...champion,
          previous: this.ledger.endpoints.get(champion.endpoint)?.previous ?? null,
        })),
        artifacts: [...this.ledger.versions].map(([number, { stage, wasInProductionAt, record }]) => ({
          version: number,
          artifactDigest: record.artifact.digest,
          ...{ stage, wasInProductionAt },
        })),
      },
      exclusions: pull.exclusions,
      pushersKnown: pull.open.pushersKnown,
      openedByBot: pull.open.openedByBot,
      canApprove: {},
      reviews: pull.reviews.map((review) => this.toReview(review, pull)),
    });
  }

  /** Writes the move of the open pull request, as a decision on `input` allows it. @returns false: the ledger refuses */
  record(input: DecisionInput): boolean {
    const [asked] = input.change.kind === 'request' ? input.change.moves : [];
    if (asked?.kind !== 'stage' || asked.to === 'registered' || asked.from === null) return false;
    const { version, from, to, endpoint, rollback } = asked;
    // The champion that it was compared with, as the evidence says; a move down and a rollback name the one of now.
    const known = input.judgement !== null && !rollback ? input.judgement.champions : input.ledger.champions;
    const met = known.find((champion) => champion.endpoint === endpoint)?.version ?? null;
    const done = this.write({
      version,
      from,
      to,
      endpoint,
      rollback,
      replaced: to === 'production' ? met : null,
    });
    if (done) this.pull = null;
    return done;
  }

  /** A promotion by another pull request. */
  promoteElsewhere(version: number, endpoint: string): boolean {
    return this.write(moveIn(this.ledger, { version, endpoint }));
  }

  private write(fields: Partial<MoveCommand>): boolean {
    try {
      this.merges += 1;
      this.ledger = write(this.ledger, moveIn(this.ledger, fields), this.merges).state;
      return true;
    } catch (error) {
      if (error instanceof GatehouseError) return false;
      throw error;
    }
  }

  private champions(): readonly ChampionFact[] {
    return [...this.ledger.endpoints.values()].flatMap(({ endpoint, champion }) =>
      champion === null ? [] : [{ endpoint, version: champion, artifactDigest: artifactOf(`v${champion}`) }],
    );
  }

  private isRollback({ open }: Pull): boolean {
    const { version, to, endpoint } = open.ask;
    const stage = this.ledger.versions.get(version)?.stage;
    const previous = endpoint === null ? null : this.ledger.endpoints.get(endpoint)?.previous;
    return to === 'production' && previous === version && (stage === 'archived' || stage === 'production');
  }

  /** The check of arriving evidence lets no judgement of other content or rules through. */
  private isFresh({ judgement, content }: Pull): boolean {
    return (
      judgement !== null &&
      judgement.origin.contentDigest === digest(`content ${content}`) &&
      judgement.rulesDigest === digest(`rules ${this.rules}`)
    );
  }

  private judge(pull: Pull, auc: number): JudgementEvidence {
    const { version } = pull.open.ask;
    const champions = [...this.champions()].sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
    const judgement = judged(version, auc, champions);
    const contentDigest = digest(`content ${pull.content}`);
    return {
      ...judgement,
      origin: { ...judgement.origin, contentDigest },
      rulesDigest: digest(`rules ${this.rules}`),
    };
  }

  /** The app looks after every event, and leaves one check for each head and subject. */
  private postEvidenceCheck(at: number): void {
    const input = this.input();
    const subject = input === null ? null : subjectOf(input);
    if (this.pull === null || subject === null) return;
    const { head, checks } = this.pull;
    if (checks.some((check) => check.head === head && check.subject === subject)) return;
    checks.push({ head, id: checks.length + 1, subject, completedAt: instant(at) });
  }

  private toReview({ head, dismisser, ...review }: Pull['reviews'][number], pull: Pull): Review {
    return {
      ...review,
      roles: [...(this.roles.get(review.reviewer.login as Login) ?? [])],
      evidenceChecks: pull.checks.filter((check) => check.head === head),
      ...(dismisser === undefined
        ? {}
        : { dismissedByGovernor: this.roles.get(dismisser)?.has('governor') === true }),
    };
  }
}

const cache = new Map<string, JudgementEvidence>();

function judged(version: number, auc: number, champions: readonly ChampionFact[]): JudgementEvidence {
  const key = JSON.stringify([version, auc, champions]);
  const known =
    cache.get(key) ?? judgementOf({ version, auc, champions, artifactDigest: artifactOf(`v${version}`) });
  cache.set(key, known);
  return known;
}

function dismiss(pull: Pull, { of, by, back, unread }: Extract<HistoryEvent, { kind: 'dismiss' }>): void {
  const theirs = pull.reviews.filter(({ reviewer, state }) => reviewer.login === of && state !== 'COMMENTED');
  const chosen = theirs.reverse()[back];
  if (chosen === undefined || chosen.state === 'DISMISSED') return;
  const { state } = chosen;
  pull.reviews[pull.reviews.indexOf(chosen)] = {
    ...chosen,
    state: 'DISMISSED',
    dismisser: by,
    ...(unread || state === 'COMMENTED' ? {} : { stateBeforeDismissal: state }),
  };
}

const exclude = (login: Login, because: Exclusion['because']): Exclusion => ({
  person: personOf(login),
  because,
});
const commitOf = (head: number): string => String(head).padStart(40, '0');
const linesOf = (quorum: Quorum) =>
  Object.entries(quorum).flatMap(([role, count]) => (count > 0 ? [{ role, count }] : []));
