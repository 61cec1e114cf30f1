/** Histories of pull requests as plain events, for the proof that nothing unauthorised is ever promoted. */

export const logins = ['rita', 'rosa', 'omar', 'olga', 'ada', 'rob', 'eve', 'helper[bot]'] as const;
export type Login = (typeof logins)[number];
export const roleNames = ['reviewer', 'owner', 'governor', 'risk'] as const;
export type RoleName = (typeof roleNames)[number];

/** Roles at the beginning; `role` events change them. */
export const firstRoles: Readonly<Record<Login, readonly RoleName[]>> = {
  rita: ['reviewer'],
  rosa: ['reviewer'],
  omar: ['owner'],
  olga: ['owner', 'reviewer'],
  ada: ['governor', 'reviewer'],
  rob: ['risk', 'reviewer'],
  eve: [],
  'helper[bot]': ['reviewer', 'owner'],
};

/** Who made a version: ids kept in its record. */
export const contributors: Readonly<Record<number, readonly Login[]>> = {
  1: ['rob'],
  2: [],
  3: ['rosa'],
  4: ['olga'],
};

export interface Ask {
  readonly version: number;
  readonly to: 'staging' | 'candidate' | 'production' | 'archived' | 'rejected';
  readonly endpoint: 'eu' | 'us' | null;
}

/** What happens, in order. A new pull request begins with `open`; nothing of the one before is left but the ledger. */
export type HistoryEvent = { readonly at: number } & (
  | {
      readonly kind: 'open';
      readonly author: Login;
      readonly ask: Ask;
      readonly pushersKnown: boolean;
      readonly openedByBot: boolean;
    }
  | { readonly kind: 'push'; readonly by: Login; readonly content: number; readonly coAuthor: Login | null }
  | { readonly kind: 'rules'; readonly rules: number }
  | { readonly kind: 'judge'; readonly startedBy: Login | null; readonly auc: number }
  | {
      readonly kind: 'review';
      readonly by: Login;
      readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
    }
  /** One of the reviews of somebody is dismissed: the newest, or the one before; perhaps nobody can read what it said. */
  | {
      readonly kind: 'dismiss';
      readonly of: Login;
      readonly by: Login;
      readonly back: number;
      readonly unread: boolean;
    }
  | { readonly kind: 'role'; readonly who: Login; readonly role: RoleName; readonly holds: boolean }
  /** Another pull request was promoted, with everything it needed. */
  | { readonly kind: 'elsewhere'; readonly version: number; readonly endpoint: 'eu' | 'us' }
  | { readonly kind: 'merge' }
);

export interface Quorum {
  readonly reviewer: number;
  readonly owner: number;
  readonly risk: number;
}

export interface History {
  readonly seed: number;
  readonly production: Quorum;
  readonly below: Quorum;
  readonly rollback: Quorum;
  readonly events: readonly HistoryEvent[];
}

/** Numbers from a seed: the same history on every machine. @see mulberry32 (public domain), a 32-bit generator */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Loose = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'at'> : never) : never;

const asks: readonly Ask[] = [
  { version: 3, to: 'production', endpoint: 'eu' },
  { version: 3, to: 'production', endpoint: 'eu' },
  { version: 3, to: 'production', endpoint: 'us' },
  { version: 2, to: 'production', endpoint: 'us' },
  { version: 1, to: 'production', endpoint: 'eu' },
  { version: 1, to: 'production', endpoint: 'us' },
  { version: 4, to: 'production', endpoint: 'eu' },
  { version: 3, to: 'candidate', endpoint: null },
  { version: 4, to: 'staging', endpoint: null },
  { version: 3, to: 'rejected', endpoint: null },
  { version: 2, to: 'archived', endpoint: 'eu' },
];

/** One to three pull requests that would mostly pass, each with a few things that go wrong. */
export function randomHistory(seed: number): History {
  const random = randomOf(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const quorum = (): Quorum => ({ reviewer: upTo(3), owner: upTo(2), risk: random() < 0.2 ? 1 : 0 });
  const loose: Loose[] = [];
  for (let pulls = 1 + upTo(3); pulls > 0; pulls -= 1) loose.push(...pullOf(random, upTo, pick));
  let at = 0;
  const events = loose.map((event): HistoryEvent => {
    // Sometimes two things happen in the same second: which was first cannot be told.
    if (random() > 0.08) at += 1;
    return { ...event, at };
  });
  return { seed, production: quorum(), below: quorum(), rollback: quorum(), events };
}

function pullOf(
  random: () => number,
  upTo: (count: number) => number,
  pick: <T>(list: readonly T[]) => T,
): readonly Loose[] {
  const anyEvent = (): Loose =>
    pick<() => Loose>([
      () => ({
        kind: 'push',
        by: pick(logins),
        content: upTo(3),
        coAuthor: random() < 0.3 ? pick(logins) : null,
      }),
      () => ({ kind: 'rules', rules: upTo(2) }),
      () => ({
        kind: 'judge',
        startedBy: random() < 0.3 ? pick(logins) : null,
        auc: pick([0.65, 0.65, 0.61, 0.55]),
      }),
      () => ({
        kind: 'review',
        by: pick(logins),
        state: pick(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED']),
      }),
      () => ({ kind: 'review', by: pick(logins), state: 'APPROVED' }),
      () => ({ kind: 'dismiss', of: pick(logins), by: pick(logins), back: upTo(2), unread: random() < 0.2 }),
      () => ({ kind: 'role', who: pick(logins), role: pick(roleNames), holds: random() < 0.5 }),
      () => ({ kind: 'elsewhere', version: 1 + upTo(4), endpoint: pick(['eu', 'us']) }),
      () => ({ kind: 'merge' }),
    ])();
  const events: Loose[] = [
    { kind: 'push', by: pick(['eve', 'eve', pick(logins)]), content: upTo(3), coAuthor: null },
    { kind: 'judge', startedBy: null, auc: 0.65 },
    ...[0, 1, 2, 3, 4].map((): Loose => ({ kind: 'review', by: pick(logins), state: 'APPROVED' })),
  ];
  for (let times = upTo(6); times > 0; times -= 1) events.splice(upTo(events.length + 1), 0, anyEvent());
  if (random() < 0.2) {
    const [moved] = events.splice(upTo(events.length), 1);
    if (moved) events.splice(upTo(events.length + 1), 0, moved);
  }
  const author = pick<Login>(['eve', 'eve', 'eve', pick(logins)]);
  const [pushersKnown, openedByBot] = [random() > 0.1, random() < 0.1];
  return [{ kind: 'open', author, ask: pick(asks), pushersKnown, openedByBot }, ...events, { kind: 'merge' }];
}
