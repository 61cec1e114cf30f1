import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describePlatform, toolCacheFolder } from '../../adapters/engine/locate.ts';
import type { LedgerLayout } from '../../core/registry/layout.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { type Actions, HOSTED_RUNNER, startActions } from '../runner/start.ts';
import { type Bot, startBot } from './bot.ts';
import { type FlightFiles, writeFlights } from './flights-data.ts';
import { exampleFiles, pushData } from './flights-repository.ts';
import { releaseGatehouse } from './gatehouse-repository.ts';
import { type LedgerSnapshot, readLedger } from './ledger-view.ts';
import { Person } from './person.ts';

export const flights = 'acme/flights';
export const gatehouse = 'acme/gatehouse';

const logins = ['ada', 'ben', 'rita', 'omar', 'eve', 'zoe'] as const;
export type Login = (typeof logins)[number];

export interface WorldOptions {
  /** Folder of this world; emptied first. */
  readonly folder: string;
  /** One row of so many: 1 is all three million. */
  readonly every: number;
  /** Check every answer of the hub against GitHub's description (default true); costs seconds. */
  readonly contract?: boolean;
  /** null: the default, a branch of its own. */
  readonly ledgerBranch?: string;
  /** Where a person's clone lies; in `folder` when absent. */
  readonly cloneFolder?: string;
}

/** A GitHub on this machine with two repositories, six people, one GPU runner and the app. */
export interface World {
  readonly folder: string;
  readonly hub: Hub;
  readonly actions: Actions;
  readonly bot: Bot;
  readonly people: Readonly<Record<Login, Person>>;
  readonly files: FlightFiles;
  readonly pointers: Readonly<Record<string, string>>;
  readonly gatehouseSha: string;
  readonly ledgerBranch: string;
  readonly layout: LedgerLayout;
  /** A clone that a person keeps, with the ledger branch fetched. */
  readonly cloneFolder: string;
  /** @throws Error before the first entry */
  ledger(): Promise<LedgerSnapshot>;
  /** Files that the admin's pull request adds. */
  readonly setup: Readonly<Record<string, string>>;
  /** Waits until no run, webhook or evaluation is under way. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const { folder } = options;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'store'), { recursive: true });
  const hub = await startHub({ root: join(folder, 'git'), contract: options.contract ?? true });
  const people = Object.fromEntries(
    logins.map((login) => [login, new Person(hub, login, join(folder, 'clones'))]),
  ) as Record<Login, Person>;
  const repository = await createRepositories(hub);
  const gatehouseSha = releaseGatehouse(hub.gitDir(gatehouse), join(folder, 'release'), gatehouse);
  const files = await writeFlights(join(folder, 'tables'), options.every);
  const pointers = await pushData(files, join(folder, 'dvc-remote'));
  const actions = startActions({
    hub,
    workRoot: join(folder, 'actions'),
    toolCache: fillToolCache(join(folder, 'tools')),
    runners: [HOSTED_RUNNER, { name: 'gpu-1', labels: ['self-hosted', 'gpu'], environment: 'self-hosted' }],
  });
  const labelsUrl = publishLabels(actions, repository.id, files.heldOutLabels, gatehouseSha);
  const bot = await startBot(hub, flights);
  const places = { folder, labelsUrl, gatehouseSha, ledgerBranch: options.ledgerBranch ?? null };
  const settings = { ...places, sealTo: bot.sealKey.spki };
  const ledgerBranch = options.ledgerBranch ?? 'gatehouse-ledger';
  const layout: LedgerLayout = ledgerBranch === 'main' ? 'shared' : 'own';
  return {
    ...{ folder, hub, actions, bot, people, files, pointers, gatehouseSha },
    ledgerBranch,
    layout,
    cloneFolder: options.cloneFolder ?? join(folder, 'clone'),
    ledger: async () => {
      const ledger = await readLedger(hub.gitDir(flights), ledgerBranch, layout);
      if (ledger === null) throw new Error('There is no ledger yet.');
      return ledger;
    },
    setup: exampleFiles(settings, files) as Record<string, string>,
    settle: () => settle(hub, actions, bot),
    async close() {
      await actions.close();
      await bot.close();
      await hub.close();
    },
  };
}

async function createRepositories(hub: Hub) {
  hub.createOrganization('acme');
  await hub.createRepository(gatehouse, { private: false });
  const repository = await hub.createRepository(flights, { private: false });
  hub.addCollaborator(flights, 'ada', 'admin');
  for (const login of ['ben', 'rita', 'omar', 'eve']) hub.addCollaborator(flights, login, 'write');
  return repository;
}

/** The data engine as a runner image would hold it: bundles find it without node_modules. */
function fillToolCache(folder: string): string {
  const platform = describePlatform();
  const native = join(
    import.meta.dirname,
    '..',
    '..',
    'node_modules',
    '@duckdb',
    `node-bindings-${platform}`,
  );
  cpSync(native, toolCacheFolder(folder, platform), { recursive: true });
  return folder;
}

function publishLabels(actions: Actions, repositoryId: number, file: string, sha: string): string {
  return actions.service.labels.publish({
    repositoryId,
    path: 'acme/flights/june.csv',
    file,
    audience: 'gatehouse-labels',
    allow: {
      jobWorkflow: `${gatehouse}/.github/workflows/judge-model.yml`,
      jobWorkflowShas: [sha],
      events: ['pull_request'],
    },
  });
}

/** Each of the three can set the others going: quiet means quiet three times over, with no delivery in between. */
async function settle(hub: Hub, actions: Actions, bot: Bot): Promise<void> {
  let deliveries = -1;
  while (deliveries !== hub.world.deliveries.length) {
    deliveries = hub.world.deliveries.length;
    await actions.idle();
    await hub.settle();
    await bot.idle();
  }
}
