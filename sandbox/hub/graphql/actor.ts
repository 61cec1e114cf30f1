import type { Hub } from '../interface.ts';
import { nodeId } from '../webhook.ts';
import type { Account } from '../world.ts';

export type Node = Readonly<Record<string, unknown>>;

export function toActor(hub: Hub, account: Account): Node {
  return {
    __typename: account.type,
    id: nodeId(account.type, account.id),
    databaseId: account.id,
    // GraphQL names bots without the suffix.
    login: account.login.replace('[bot]', ''),
    name: account.name,
    email: account.email,
    url: `${hub.url}/${account.login}`,
  };
}
