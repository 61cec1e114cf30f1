import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { authorize, roleOf } from './access.ts';
import { createCallLog } from './call-log.ts';
import { type Contract, loadContract } from './contract.ts';
import { runGit } from './git/run.ts';
import { type Git, openGit } from './git.ts';
import { HubError, notFound } from './hub-error.ts';
import type { Clock, Hub, HubOptions, Json } from './interface.ts';
import { Lag } from './lag.ts';
import { renderOrganization, renderUser } from './render/account.ts';
import { renderRepository } from './render/repository.ts';
import { mountRest } from './rest/mount.ts';
import { createRouter } from './router.ts';
import { createHubServer } from './server.ts';
import { Traffic } from './traffic.ts';
import { createWebhooks, type Webhooks } from './webhook.ts';
import type { Account, Caller, Repository, World } from './world.ts';
import {
  addAccount,
  addApp,
  addInstallation,
  addRepository,
  addToken,
  createClock,
  createWorld,
  prepareGitDir,
} from './world-builder.ts';

export type * from './interface.ts';
export type * from './world.ts';

function accountByLogin(world: World, login: string): Account {
  const found = [...world.accounts.values()].find(
    (account) => account.login.toLowerCase() === login.toLowerCase(),
  );
  if (!found) throw notFound();
  return found;
}

function repositoryByName(world: World, fullName: string): Repository {
  const wanted = fullName.toLowerCase();
  const found = [...world.repositories.values()].find(
    (repository) => repository.fullName.toLowerCase() === wanted,
  );
  if (!found) throw notFound();
  return found;
}

function callerOf(world: World, token: string): Caller {
  const caller = world.tokens.get(token);
  if (!caller) throw new HubError(401, 'Bad credentials');
  return caller;
}

interface Base {
  readonly world: World;
  readonly clock: Clock;
  readonly root: string;
}

type People = Pick<
  Hub,
  'createUser' | 'createOrganization' | 'createTeam' | 'account' | 'addCollaborator' | 'protect'
>;

function createPeople({ world, clock }: Base): People {
  return {
    createUser(login, options) {
      const account = addAccount(world, clock, login, 'User', options);
      return Object.assign(account, { token: addToken(world, { kind: 'user', login }) });
    },
    createOrganization: (login) => addAccount(world, clock, login, 'Organization'),
    createTeam(organization, slug, logins) {
      const members = new Set(logins.map((login) => accountByLogin(world, login).id));
      const id = world.nextId();
      const team = { id, organization: accountByLogin(world, organization), slug, name: slug, members };
      world.teams.set(id, team);
      return team;
    },
    account: (login) => accountByLogin(world, login),
    addCollaborator(fullName, login, role) {
      repositoryByName(world, fullName).collaborators.set(accountByLogin(world, login).id, role);
    },
    protect(fullName, branch, protection) {
      repositoryByName(world, fullName).protections.set(branch, protection);
    },
  };
}

type Places = Pick<Hub, 'createRepository' | 'fork' | 'repository' | 'git' | 'gitDir'> & { closeGit(): void };

function createPlaces({ world, clock, root }: Base): Places {
  const open = new Map<number, Git>();
  return {
    async createRepository(fullName, options = {}) {
      const repository = addRepository(world, clock, root, fullName, options);
      await prepareGitDir(repository.gitDir, repository.defaultBranch);
      return repository;
    },
    async fork(fullName, login) {
      const parent = repositoryByName(world, fullName);
      const { private: hidden, defaultBranch, id } = parent;
      const options = { private: hidden, defaultBranch, parentId: id };
      const repository = addRepository(world, clock, root, `${login}/${parent.name}`, options);
      await prepareGitDir(repository.gitDir, defaultBranch);
      const refs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
      await runGit(repository.gitDir, ['fetch', '-q', parent.gitDir, ...refs]);
      return repository;
    },
    repository: (fullName) => repositoryByName(world, fullName),
    git(repository) {
      const known = open.get(repository.id) ?? openGit(repository.gitDir);
      open.set(repository.id, known);
      return known;
    },
    gitDir: (fullName) => repositoryByName(world, fullName).gitDir,
    closeGit() {
      for (const git of open.values()) git.close();
    },
  };
}

type Apps = Pick<Hub, 'createApp' | 'installApp' | 'issueToken' | 'authorize' | 'callerOf' | 'roleOf'>;

function createApps({ world, clock }: Base): Apps {
  return {
    createApp(options) {
      const owner = accountByLogin(world, options.owner ?? 'github');
      const { app, privateKey } = addApp(world, clock, owner, options);
      return { app, id: app.id, bot: app.bot, privateKey };
    },
    installApp(appId, fullName) {
      const app = world.apps.get(appId);
      if (!app) throw notFound();
      return addInstallation(world, clock, app, repositoryByName(world, fullName)).id;
    },
    issueToken: (request) => addToken(world, request),
    authorize,
    roleOf,
    callerOf: (token) => callerOf(world, token),
  };
}

/** Starts a GitHub on 127.0.0.1 over bare repositories in a folder. Holds nothing else on disk. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const clock = createClock();
  const world = createWorld(clock);
  const base: Base = { world, clock, root: path.resolve(options.root) };
  const webhooks = createWebhooks(world);
  const router = createRouter();
  const contract = options.contract === false ? null : loadContract();
  const address = { url: '' };
  const traffic = new Traffic(world, clock);
  const places = createPlaces(base);
  const hub: Hub = {
    ...base,
    ...createPeople(base),
    ...places,
    ...createApps(base),
    ...createEmitter(() => hub, webhooks, contract),
    routes: router,
    log: createCallLog(),
    traffic,
    lag: new Lag(() => hub),
    violations: contract?.violations ?? [],
    compared: contract?.met ?? new Set(),
    get url() {
      return address.url;
    },
    get apiUrl() {
      return `${address.url}/api/v3`;
    },
    get graphqlUrl() {
      return `${address.url}/api/graphql`;
    },
    close,
  };
  mountRest(router);
  const server = createHubServer({ hub, router, contract, traffic });
  await new Promise<void>((done, fail) => {
    server.once('error', fail).listen(options.port ?? 0, '127.0.0.1', done);
  });
  address.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return hub;

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
    await webhooks.settle();
    places.closeGit();
  }
}

type Emitter = Pick<Hub, 'emit' | 'on' | 'setFaults' | 'redeliver' | 'settle'>;

function createEmitter(hub: () => Hub, webhooks: Webhooks, contract: Contract | null): Emitter {
  return {
    emit(event, action, body, repository, sender) {
      const organization = repository.owner.type === 'Organization' ? repository.owner : null;
      const payload: Json = {
        ...(action === undefined ? {} : { action }),
        ...body,
        repository: renderEventRepository(hub(), event, repository),
        ...(organization ? { organization: renderOrganization(hub(), organization) } : {}),
        sender: renderUser(hub(), sender),
      };
      contract?.checkWebhook(event, action, payload);
      webhooks.send(event, action, payload, repository);
    },
    on: (listener) => webhooks.on(listener),
    setFaults: (faults) => webhooks.setFaults(faults),
    redeliver: (delivery) => webhooks.redeliver(delivery),
    settle: () => webhooks.settle(),
  };
}

/** A push tells times of its repository as seconds, every other event as text: so does GitHub. */
function renderEventRepository(hub: Hub, event: string, repository: Repository): Json {
  const rendered = { ...renderRepository(hub, repository), custom_properties: {} };
  if (event !== 'push') return rendered;
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  return {
    ...rendered,
    created_at: seconds(repository.createdAt),
    pushed_at: seconds(repository.pushedAt),
    master_branch: repository.defaultBranch,
    stargazers: 0,
  };
}
