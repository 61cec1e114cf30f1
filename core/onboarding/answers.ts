import { commit, login, place, team } from '../config/field.ts';
import type { PresetName } from '../config/policy.ts';
import type { Existing } from './find-setup.ts';
import type { Found } from './found.ts';

export interface People {
  readonly users: readonly string[];
  readonly teams: readonly string[];
  /** Nobody named them: the owner of the remote may be an organisation, and a team may not exist. */
  readonly guessed?: true;
}

/** The copy of Gatehouse whose workflows are called. */
export interface Pin {
  /** `owner/name` */
  readonly repository: string;
  /** Full commit id; zeros while nobody named one: nothing is believed then. */
  readonly sha: string;
}

/** What only a person can say; every field has a default. */
export interface Answers {
  readonly preset: PresetName;
  readonly pin: Pin;
  readonly reviewers: People;
  readonly governors: People;
  /** Labels of the machine that trains. */
  readonly labels: readonly string[];
  readonly store: string;
  readonly data: string;
  /** Public key of the app, as the policy names it; absent: nobody said which. */
  readonly sealTo?: string;
}

export const noCommit = '0'.repeat(40);
/** Answered by nobody (RFC 6761): a store that nobody chose takes nothing. */
const nowhere = 'https://storage.invalid';

/** The answers without any question: what is set up says it, else what was found, else what fails closed. */
export function defaultAnswers(found: Found, existing: Existing, pin: Pin | null): Answers {
  const { policy } = existing;
  const owner = found.repository?.split('/')[0] ?? 'acme';
  const { users = [], teams = [] } = found.owners ?? {};
  const named = users.length + teams.length > 0;
  const guess = found.owners === null || found.owners.from === 'remote' ? ({ guessed: true } as const) : {};
  const people: People = named
    ? { users, teams, ...guess }
    : { users: [], teams: [`${owner}/gatehouse`], ...guess };
  const preset = policy?.preset ?? (teams.length > 0 ? 'team' : 'small-team');
  const trusted = policy?.trusted.judge;
  const data = policy?.data ?? found.remote ?? `${nowhere}/dvc`;
  return {
    preset,
    pin:
      trusted === undefined
        ? (pin ?? { repository: `${owner}/gatehouse`, sha: noCommit })
        : {
            repository: trusted.path.split('/').slice(0, 2).join('/'),
            sha: trusted.shas.at(-1) ?? noCommit,
          },
    reviewers: people,
    governors: people,
    labels: found.runners[0]?.labels ?? ['ubuntu-latest'],
    store: policy?.store ?? (found.remote === null ? `${nowhere}/store` : `${found.remote}/gatehouse-store`),
    data,
  };
}

export const isNowhere = (address: string): boolean => address.startsWith(nowhere);

/** One question of `gatehouse init`. */
export interface Question {
  readonly ask: string;
  readonly shown: (answers: Answers) => string;
  /** Null: no answer that can stand in a file. */
  readonly apply: (answers: Answers, text: string) => Answers | null;
  readonly allowed: string;
}

/** The questions, in order. An empty answer keeps what is shown. */
export const questions: readonly Question[] = [
  {
    ask: 'How strict: small-team, team or regulated',
    shown: ({ preset }) => preset,
    apply: (answers, text) =>
      text === 'small-team' || text === 'team' || text === 'regulated' ? { ...answers, preset: text } : null,
    allowed: 'small-team, team or regulated',
  },
  {
    ask: 'Your copy of Gatehouse and its commit, as owner/name@commit',
    shown: ({ pin }) => `${pin.repository}@${pin.sha}`,
    apply: (answers, text) => {
      const pin = parsePin(text);
      return pin === null ? null : { ...answers, pin };
    },
    allowed: 'owner/name@ and a full commit id of 40 characters',
  },
  {
    ask: 'Who reviews new versions (users and organization/team, with spaces)',
    shown: ({ reviewers }) => showPeople(reviewers),
    apply: (answers, text) => {
      const reviewers = parsePeople(text);
      return reviewers === null ? null : { ...answers, reviewers };
    },
    allowed: 'GitHub logins, or teams as organization/slug',
  },
  {
    ask: 'Who approves changes of the rules',
    shown: ({ governors }) => showPeople(governors),
    apply: (answers, text) => {
      const governors = parsePeople(text);
      return governors === null ? null : { ...answers, governors };
    },
    allowed: 'GitHub logins, or teams as organization/slug',
  },
  {
    ask: 'Labels of the machine that trains',
    shown: ({ labels }) => labels.join(' '),
    apply: (answers, text) => {
      const labels = text.split(/[\s,]+/).filter((label) => label !== '');
      const legal = labels.length > 0 && labels.every((label) => /^[A-Za-z0-9_][\w.:=/-]{0,99}$/.test(label));
      return legal ? { ...answers, labels } : null;
    },
    allowed: 'labels of a runner, for example: self-hosted gpu',
  },
  {
    ask: 'Where models are kept for good (file:///, https:// or s3://)',
    shown: ({ store }) => store,
    apply: (answers, text) => (place.safeParse(text).success ? { ...answers, store: text } : null),
    allowed: 'file:///folder, https://host/path, s3://bucket/prefix or s3+https://host/bucket/prefix',
  },
  {
    ask: 'The DVC remote with the data',
    shown: ({ data }) => data,
    apply: (answers, text) => (place.safeParse(text).success ? { ...answers, data: text } : null),
    allowed: 'file:///folder, https://host/path, s3://bucket/prefix or s3+https://host/bucket/prefix',
  },
];

/** Reads `owner/name@commit`; null for anything else: a tag can be moved. */
export function parsePin(text: string): Pin | null {
  const [, repository = '', sha = ''] =
    /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100})@(\S+)$/.exec(text) ?? [];
  return repository !== '' && commit.safeParse(sha).success ? { repository, sha } : null;
}

const showPeople = ({ users, teams }: People): string => [...users, ...teams].join(' ');

function parsePeople(text: string): People | null {
  const words = text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/^@/, ''));
  const teams = words.filter((word) => team.safeParse(word).success);
  const users = words.filter((word) => login.safeParse(word).success);
  return words.length > 0 && teams.length + users.length === words.length ? { users, teams } : null;
}
