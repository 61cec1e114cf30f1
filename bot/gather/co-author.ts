import type { CommitFacts, GitHubReader } from '../../adapters/github/reader.ts';
import type { Person } from '../../core/registry/ledger.ts';

const trailer = /^co-authored-by:[ \t]*[^<\n]*<([^<>\s]+)>[ \t]*$/gim;
const noReply = /^(?:(\d+)\+)?([a-z0-9-]+(?:\[bot\])?)@users\.noreply\./i;

type AccountReader = Pick<GitHubReader, 'account'>;

export interface CoAuthors {
  readonly people: readonly Person[];
  /** False when an address belongs to nobody we can name. */
  readonly allKnown: boolean;
}

/** Accounts behind `Co-authored-by:` lines, as far as the address or another commit tells them. */
export async function readCoAuthors(
  reader: AccountReader,
  commits: readonly CommitFacts[],
): Promise<CoAuthors> {
  const byEmail = new Map(
    commits.flatMap(({ authorEmail, author }) =>
      author === null ? [] : [[authorEmail.toLowerCase(), author]],
    ),
  );
  const emails = new Set(commits.flatMap(({ message }) => emailsIn(message)));
  const found: Person[] = [];
  let allKnown = true;
  for (const email of emails) {
    const person = byEmail.get(email) ?? (await readNoReply(reader, email));
    if (person === null) allKnown = false;
    else found.push(person);
  }
  return { people: found, allKnown };
}

/** Addresses of the co-author trailers of a commit message, in lower case. */
export function emailsIn(message: string): readonly string[] {
  return [...message.matchAll(trailer)].map((match) => (match[1] ?? '').toLowerCase());
}

async function readNoReply(reader: AccountReader, email: string): Promise<Person | null> {
  const [, id, login] = noReply.exec(email) ?? [];
  if (login === undefined) return null;
  // The id in the address is what GitHub keeps; the login may be another person's by now.
  if (id !== undefined) return { id: Number(id), login, kind: login.endsWith('[bot]') ? 'Bot' : 'User' };
  return reader.account(login);
}
