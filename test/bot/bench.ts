import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Octokit } from '@octokit/rest';
import { load } from 'js-yaml';
import type { AppIdentity, GitHubClient } from '../../adapters/github/client.ts';
import { openReader } from '../../adapters/github/look-reader.ts';
import { createReader } from '../../adapters/github/octokit-reader.ts';
import { createWriter } from '../../adapters/github/octokit-writer.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { ReaderMemory } from '../../adapters/github/reader-memory.ts';
import { fetchKeys } from '../../adapters/oidc/jwks.ts';
import { openStore } from '../../adapters/store/store.ts';
import type { BotDeps } from '../../bot/deps.ts';
import { LedgerBook } from '../../bot/ledger/ledger-book.ts';
import { silentLog } from '../../bot/log.ts';
import { LedgerWriter } from '../../bot/record/ledger-writer.ts';
import { mountRoutes } from '../../sandbox/actions-service/routes.ts';
import { type ActionsService, createService } from '../../sandbox/actions-service/service.ts';
import { type Bench as HubBench, startBench } from '../../sandbox/hub/testing.ts';

/** A repository under Gatehouse on the sandbox hub, with people, an app and a store, and no runner: tests play the judge. */
export interface BotBench {
  readonly hub: HubBench['hub'];
  readonly service: ActionsService;
  readonly bench: HubBench;
  readonly tokens: Readonly<Record<string, string>>;
  readonly app: { readonly id: number; readonly privateKey: string; readonly installation: number };
  readonly identity: AppIdentity;
  readonly storeUrl: string;
  readonly reader: GitHubReader;
  /** Dependencies of a fresh process: nothing is remembered from an earlier one. */
  newDeps(client?: GitHubClient): BotDeps;
  client(): GitHubClient;
  /** A commit on a branch as it is, or made from main. @returns the commit */
  push(
    login: string,
    branch: string,
    files: Readonly<Record<string, string>>,
    message?: string,
  ): Promise<string>;
  openPull(login: string, head: string, base?: string): Promise<number>;
  approve(login: string, number: number, event?: string): Promise<void>;
  merge(login: string, number: number, method?: string): Promise<string>;
  comments(number: number): Promise<readonly { readonly body: string; readonly login: string }[]>;
  checks(
    sha: string,
    name?: string,
  ): Promise<
    readonly {
      readonly id: number;
      readonly conclusion: string | null;
      readonly status: string;
      readonly external_id: string;
      readonly output: { readonly title: string; readonly summary: string };
    }[]
  >;
  close(): Promise<void>;
}

export const fullName = 'acme/flights';
export const trustedSha = 'b'.repeat(40);
export const people = ['ada', 'ben', 'rita', 'omar', 'eve', 'zoe'] as const;

export interface BenchOptions {
  readonly ledgerBranch?: string;
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
}

export async function startBotBench(options: BenchOptions = {}): Promise<BotBench> {
  const bench = await startBench();
  const { hub } = bench;
  const tokens = Object.fromEntries(people.map((login) => [login, hub.createUser(login).token]));
  hub.createOrganization('acme');
  const repository = await hub.createRepository(fullName);
  for (const login of people) hub.addCollaborator(fullName, login, login === 'ada' ? 'admin' : 'write');
  const storeFolder = path.join(bench.folder, 'store');
  await mkdir(storeFolder);
  const storeUrl = `file://${storeFolder}`;
  // The dataset record that every validation of these tests names.
  await (await openStore(storeUrl)).putBytes('record');
  const app = createApp(bench, options);
  const service = createService(hub, path.join(bench.folder, 'actions'), noRunner);
  mountRoutes(service);
  const identity: AppIdentity = { appId: app.id, botId: app.bot.id, botLogin: 'gatehouse[bot]' };
  const client = (): GitHubClient =>
    new Octokit({
      auth: hub.issueToken({
        kind: 'installation',
        installationId: app.installation,
        repositoryIds: [repository.id],
      }),
      baseUrl: hub.apiUrl,
      log: quiet,
    });
  const name = { owner: 'acme', repo: 'flights' };
  await bench.push(fullName, 'ada', 'main', initialFiles(storeUrl, options.ledgerBranch), 'Set up Gatehouse');
  return {
    ...{ hub, service, bench, tokens, identity, storeUrl, client },
    app: { id: app.id, privateKey: app.privateKey, installation: app.installation },
    reader: createReader(client(), name, identity.appId),
    newDeps(given = client()) {
      const memory = new ReaderMemory();
      return {
        name,
        newReader: openReader(given, name, identity.appId, memory),
        writer: createWriter(given, name, identity, memory),
        identity,
        book: new LedgerBook(() => hub.clock.now()),
        ledgerWriter: new LedgerWriter(),
        issuer: service.issuer.url,
        fetchKeys,
        openStore,
        keys: [createPrivateKey(app.privateKey)],
        now: () => hub.clock.now(),
        log: silentLog,
      };
    },
    async push(login, branch, files, message = 'Change') {
      const commit = await bench.push(fullName, login, branch, files, message);
      // What came to the base within a minute may still be a merge that is not listed as one yet.
      if (branch === 'main') hub.clock.advance(60);
      return commit;
    },
    async openPull(login, head, base = 'main') {
      const opened = await bench.call(tokens[login] ?? '', 'POST', `/repos/${fullName}/pulls`, {
        title: `Pull ${head}`,
        head,
        base,
      });
      if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
      return Number(opened.body.number);
    },
    async approve(login, number, event = 'APPROVE') {
      hub.clock.advance(60);
      const answer = await bench.call(
        tokens[login] ?? '',
        'POST',
        `/repos/${fullName}/pulls/${number}/reviews`,
        { event, body: 'seen' },
      );
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      hub.clock.advance(60);
    },
    async merge(login, number, method = 'merge') {
      hub.clock.advance(60);
      const answer = await bench.call(
        tokens[login] ?? '',
        'PUT',
        `/repos/${fullName}/pulls/${number}/merge`,
        { merge_method: method },
      );
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      hub.clock.advance(60);
      return String(answer.body.sha);
    },
    async comments(number) {
      const answer = await fetch(`${hub.apiUrl}/repos/${fullName}/issues/${number}/comments?per_page=100`, {
        headers: { authorization: `Bearer ${tokens.ada}` },
      });
      const list = (await answer.json()) as {
        readonly body: string;
        readonly user: { readonly login: string };
      }[];
      return list.map(({ body, user }) => ({ body, login: user.login }));
    },
    async checks(sha, checkName = 'gatehouse') {
      const answer = await bench.call(
        tokens.ada ?? '',
        'GET',
        `/repos/${fullName}/commits/${sha}/check-runs?filter=all&check_name=${encodeURIComponent(checkName)}`,
      );
      const { check_runs } = answer.body as { check_runs: Awaited<ReturnType<BotBench['checks']>>[number][] };
      return check_runs.toSorted((a, b) => a.id - b.id);
    },
    close: () => bench.close(),
  };
}

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const noRunner = {
  dispatch: () => Promise.reject(new Error('nobody dispatches in this test')),
  rerun: () => undefined,
  approve: () => undefined,
  cancel: () => undefined,
};

/** The app with exactly the permissions and events of its manifest. */
function createApp({ hub }: HubBench, options: BenchOptions) {
  const manifest = load(readFileSync(new URL('../../bot/app.yml', import.meta.url), 'utf8')) as {
    readonly default_permissions: Readonly<Record<string, 'read' | 'write'>>;
    readonly default_events: readonly string[];
  };
  const created = hub.createApp({
    slug: 'gatehouse',
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    ...(options.webhookUrl === undefined ? {} : { webhookUrl: options.webhookUrl }),
    ...(options.webhookSecret === undefined ? {} : { webhookSecret: options.webhookSecret }),
  });
  return { ...created, installation: hub.installApp(created.id, fullName) };
}

function initialFiles(storeUrl: string, ledgerBranch?: string): Readonly<Record<string, string>> {
  return {
    '.github/gatehouse.yml': [
      'version: 1',
      'preset: small-team',
      'roles:',
      '  reviewer: { users: [rita, eve] }',
      '  governor: { users: [ada, omar] }',
      `store: ${storeUrl}`,
      `data: ${storeUrl}`,
      ...(ledgerBranch === undefined ? [] : [`ledger: { branch: ${ledgerBranch} }`]),
      'trusted:',
      '  repository: acme/gatehouse',
      `  shas: [${trustedSha}]`,
      '',
    ].join('\n'),
    'README.md': 'Flights\n',
    'data/flights-1.csv': 'row,delay\n1,3\n2,20\n',
    'data/held-out.csv': 'row\n1\n2\n',
    'datasets/flights.yml': [
      'version: 1',
      'description: Flights with their delay in minutes.',
      'owner: { users: [omar] }',
      'source: the test',
      'legal-basis: public data',
      'approved-by: omar',
      'expires: 2099-01-01',
      'access: [flight-delay]',
      'files: [data/flights-*.csv]',
      'rows: { min: 1 }',
      'columns:',
      '  - { name: row, type: integer, min: 1 }',
      '  - { name: delay, type: integer }',
      '',
    ].join('\n'),
    'models/flight-delay/model.yml': [
      'version: 1',
      'task: binary-classification',
      'description: How likely a flight is late.',
      'limitations: Knows nothing of weather.',
      'owners: { users: [omar] }',
      'risk: limited',
      'datasets: [flights]',
      'paths: [models/flight-delay/**, "data/flights-*.csv"]',
      'train: { command: node train.mjs, artifact: out/model.json }',
      'predict: { command: node predict.mjs }',
      'held-out:',
      '  features: data/held-out.csv',
      '  key: row',
      `  labels: { url: "https://labels.example/june.csv", audience: gatehouse-labels, sha256: ${'c'.repeat(64)}, column: late }`,
      'gates:',
      '  - { metric: auc, min: 0.6 }',
      'endpoints: [eu]',
      'feature-version: unknown',
      'fallback: a constant',
      'criteria:',
      '  metric: missed connections a month',
      '  baseline: 4,100 in 2001',
      '  improvement: 5 % fewer',
      '  method: before and after, by airport',
      '  window-days: 90',
      '  business-owner: { users: [bea] }',
      '  technical-owner: { users: [omar] }',
      '',
    ].join('\n'),
    'models/flight-delay/params.json': '{"features":["hour"]}\n',
    'models/flight-delay/stages.yml': '# What should serve where.\nproduction: {}\n',
  };
}
