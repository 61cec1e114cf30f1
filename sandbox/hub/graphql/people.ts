import { hasPermission } from '../access.ts';
import type { Hub } from '../interface.ts';
import { nodeId } from '../webhook.ts';
import type { Account, Caller, Team } from '../world.ts';
import { type Node, toActor } from './actor.ts';
import { connect, type PageArguments } from './connection.ts';
import { Refusal } from './refusal.ts';

const find = (hub: Hub, login: string, type: Account['type']): Account | undefined =>
  [...hub.world.accounts.values()].find(
    (account) => account.type === type && account.login.toLowerCase() === login.toLowerCase(),
  );

/** A person; bots and organizations are none. */
export function findUser(hub: Hub, login: string): Node {
  const account = find(hub, login, 'User');
  if (account) return toActor(hub, account);
  throw new Refusal('NOT_FOUND', `Could not resolve to a User with the login of '${login}'.`);
}

/** Teams are the organization's own matter: `members: read` for apps, membership for people. */
function maySeeTeams(hub: Hub, caller: Caller, organization: Account): boolean {
  if (caller.kind === 'installation')
    return (
      hub.world.installations.get(caller.installationId)?.account.id === organization.id &&
      hasPermission(caller.permissions, 'members', 'read')
    );
  return (
    caller.kind === 'user' &&
    [...hub.world.teams.values()].some(
      (team) => team.organization.id === organization.id && team.members.has(caller.account.id),
    )
  );
}

function toTeam(hub: Hub, team: Team): Node {
  return {
    __typename: 'Team',
    id: nodeId('Team', team.id),
    databaseId: team.id,
    slug: team.slug,
    name: team.name,
    members: (page: PageArguments) =>
      connect(
        [...team.members].flatMap((id) => hub.world.accounts.get(id) ?? []),
        page,
        (account) => toActor(hub, account),
      ),
  };
}

export function findOrganization(hub: Hub, caller: Caller, login: string): Node {
  const account = find(hub, login, 'Organization');
  if (!account)
    throw new Refusal('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`);
  return {
    ...toActor(hub, account),
    team: ({ slug }: { readonly slug: string }) => {
      if (!maySeeTeams(hub, caller, account))
        throw new Refusal('FORBIDDEN', 'Resource not accessible by integration');
      const found = [...hub.world.teams.values()].find(
        (team) => team.organization.id === account.id && team.slug === slug,
      );
      return found ? toTeam(hub, found) : null;
    },
  };
}
