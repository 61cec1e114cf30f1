import { policyPath } from '../../core/config/layout.ts';
import type { Role } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';
import type { Person } from '../../core/registry/ledger.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readGitHub, readOptional, statusOf } from './failure.ts';
import { nextCursor, readAllPages } from './paging.ts';
import { toPerson, toPersonOrNull } from './person.ts';
import type { Permission, Push } from './reader.ts';

/**
 * Who holds a role at this moment, by id.
 * @throws InputError ROLE_UNKNOWN for a login or team that does not exist: an unknown team approves nothing
 */
export async function readMembers(
  role: Role,
  account: (login: string) => Promise<Person | null>,
  team: (path: string) => Promise<readonly Person[]>,
): Promise<readonly Person[]> {
  const people = new Map<number, Person>();
  for (const login of role.users) {
    const person = await account(login);
    if (person === null) throw unknownRole(`the user ${login}`);
    people.set(person.id, person);
  }
  for (const path of role.teams) for (const person of await team(path)) people.set(person.id, person);
  return [...people.values()];
}

/** null: there is no such account. */
export async function readAccount(client: GitHubClient, login: string): Promise<Person | null> {
  return readOptional(`account ${login}`, async () => {
    const { data } = await client.request('GET /users/{username}', { username: login });
    return toPerson(data);
  });
}

/**
 * Members of a team and of those below it.
 * @param team `organization/slug`
 * @throws InputError ROLE_UNKNOWN
 */
export async function readTeam(client: GitHubClient, team: string): Promise<readonly Person[]> {
  const [org = '', slug = ''] = team.split('/');
  const found = await readOptional(`team ${team}`, async () => {
    // The slug can be given to another team while we read: the id cannot.
    const { data } = await client.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug: slug });
    const members = await readAllPages(`members of team ${team}`, async (page, perPage) => {
      const answer = await client.request('GET /orgs/{org}/teams/{team_slug}/members', {
        org,
        team_slug: slug,
        per_page: perPage,
        page,
      });
      return { items: answer.data, link: answer.headers.link };
    });
    const after = await client.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug: slug });
    if (after.data.id !== data.id) throw unknownRole(`the team ${team}, which changed while it was read,`);
    return members.map(toPerson);
  });
  if (found === null) throw unknownRole(`the team ${team}`);
  return found;
}

/** Highest permission of a login on the repository. */
export async function readPermission(
  client: GitHubClient,
  name: RepositoryName,
  login: string,
): Promise<Permission> {
  const found = await readOptional(`permission of ${login}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
      ...name,
      username: login,
    });
    return data.permission;
  });
  if (found === 'admin' || found === 'write' || found === 'read') return found;
  return 'none';
}

/**
 * Every push to a branch, by id of who did it; null when GitHub does not tell (no such endpoint, no right to see it, or a
 * branch without a single recorded push): the caller then asks for one approval more.
 */
export async function readPushes(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
): Promise<readonly Push[] | null> {
  return readGitHub(`pushes to branch ${branch}`, async () => {
    try {
      return await readActivity(client, name, branch);
    } catch (error) {
      if ([403, 404, 410].includes(statusOf(error) ?? 0)) return null;
      throw error;
    }
  });
}

async function readActivity(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
): Promise<readonly Push[] | null> {
  const pushes: Push[] = [];
  let after: string | null = null;
  let unknown = false;
  do {
    const { data, headers }: Awaited<ReturnType<typeof readPage>> = await readPage(
      client,
      name,
      branch,
      after,
    );
    for (const { actor, before, after: commit } of data) {
      const by = toPersonOrNull(actor);
      if (by === null) unknown = true;
      else pushes.push({ by, before, after: commit });
    }
    after = nextCursor(headers.link);
  } while (after !== null);
  return unknown || pushes.length === 0 ? null : pushes;
}

function readPage(client: GitHubClient, name: RepositoryName, branch: string, after: string | null) {
  return client.request('GET /repos/{owner}/{repo}/activity', {
    ...name,
    ref: `refs/heads/${branch}`,
    per_page: 100,
    ...(after === null ? {} : { after }),
  });
}

function unknownRole(what: string): InputError {
  return new InputError('ROLE_UNKNOWN', `The policy names ${what} but GitHub does not know it`, {
    hint: 'Correct the role in .github/gatehouse.yml. Until then nobody can approve in it.',
    where: { file: policyPath, pointer: '/roles' },
  });
}
