import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { ApplicationFunction, Probot } from 'probot';
import type { AppIdentity, GitHubClient } from '../adapters/github/client.ts';
import { parseRepositoryName } from '../adapters/github/client.ts';
import {
  readIdentity,
  readInstallationRepositories,
  readInstallations,
} from '../adapters/github/installation.ts';
import { openReader } from '../adapters/github/look-reader.ts';
import { createWriter } from '../adapters/github/octokit-writer.ts';
import { ReaderMemory } from '../adapters/github/reader-memory.ts';
import { fetchKeys, issuerOf } from '../adapters/oidc/jwks.ts';
import { openStore } from '../adapters/store/store.ts';
import { GatehouseError } from '../core/error/error.ts';
import { align } from './align.ts';
import { answerCommand } from './answer-command.ts';
import type { BotDeps } from './deps.ts';
import { evaluate } from './evaluate.ts';
import { type Hint, toHint } from './intake/hint.ts';
import { LedgerBook } from './ledger/ledger-book.ts';
import type { Log } from './log.ts';
import { keyOf, type Look } from './look.ts';
import { evaluateGroup } from './merge-group.ts';
import { onboard } from './onboard.ts';
import { LookQueue } from './queue.ts';
import { listLooks } from './reconcile.ts';
import { LedgerWriter } from './record/ledger-writer.ts';
import { type LookState, lookAtTraining } from './training/light-look.ts';
import type { TrainingWatch } from './training/watch.ts';
import { WatchList } from './training/watch-list.ts';

export interface BotOptions {
  /** `https://github.com`, or the GHES or sandbox server. */
  readonly serverUrl: string;
  /** Private keys of the app, PEM: the current one, and the one before it while it is being changed. They open what was sealed. */
  readonly privateKeys: readonly string[];
  readonly log: Log;
  /** ISO 8601 UTC. */
  now(): string;
  /** Waits between attempts of a failed look, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
}

/**
 * The app: events say where to look, a queue looks at one thing at a time, and a reconcile looks at everything.
 * One bot serves all installations of one app.
 */
export class Bot {
  private readonly options: BotOptions;
  private readonly keys: readonly KeyObject[];
  private readonly queue: LookQueue;
  private readonly trainings = new WatchList<{ readonly deps: BotDeps; readonly fullName: string }>();
  private readonly repositories = new Map<string, Promise<BotDeps>>();
  private readonly asked = new Set<Promise<boolean>>();
  private identity: Promise<AppIdentity> | null = null;
  private probot: Probot | null = null;

  constructor(options: BotOptions) {
    this.options = options;
    this.keys = options.privateKeys.map((pem) => createPrivateKey(pem));
    this.queue = new LookQueue(options.log, options.retryDelaysMs);
  }

  /**
   * The function that probot loads, for its clients. In production deliveries come by `work`, after they were written
   * down; where probot receives them itself, it is answered at once and what a crash loses is found by a reconcile.
   */
  readonly app: ApplicationFunction = (probot) => {
    this.probot = probot;
    probot.onAny(({ id, name, payload }) => {
      const hint = toHint(name, id, payload);
      if (typeof hint === 'object') void this.work(hint);
    });
  };

  /**
   * Looks where a delivery says, together with whatever else asks for the same look.
   * @returns true when every look ended well, so that the delivery may be forgotten; false: ask again later
   */
  work(hint: Hint): Promise<boolean> {
    return this.follow(Promise.all(hint.looks.map((look) => this.begin(hint, look))).then(allDone));
  }

  /** Looks at everything that may need it, in every repository of every installation. */
  async reconcile(): Promise<void> {
    const probot = this.started();
    const client: GitHubClient = await probot.auth();
    for (const installation of await readInstallations(client)) {
      const names = await readInstallationRepositories(await probot.auth(installation));
      for (const fullName of names) await this.reconcileRepository(installation, fullName);
    }
  }

  /**
   * Brings the checks of pull requests that train up to date, each at most once a minute: called every few seconds.
   * Nothing is done for a pull request that somebody looks at now.
   */
  watchTrainings(): void {
    for (const [key, { context, watch, state }] of this.trainings.takeDue(this.nowMs())) {
      const { deps, fullName } = context;
      this.queue.addIfFree(key, async () => {
        const next = await this.lookLightly(deps, watch, state);
        if (next === 'ended') this.addLook(deps, fullName, { kind: 'pull', number: watch.number });
        else this.trainings.looked(key, watch, next);
      });
    }
  }

  /** Resolves when every look that was asked for has ended. */
  async idle(): Promise<void> {
    while (this.asked.size > 0 || this.queue.size > 0) {
      await Promise.all(this.asked);
      await this.queue.idle();
    }
  }

  /** Things that are looked at now or wait for it. */
  get queued(): number {
    return this.queue.size;
  }

  /** Begins no look any more; those that run are let finish. */
  stop(): void {
    this.queue.stop();
  }

  /** What is only shown is not tried again in a hurry: the next one comes in a minute. */
  private async lookLightly(deps: BotDeps, watch: TrainingWatch, state: LookState) {
    try {
      return await lookAtTraining(deps, watch, state);
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      this.options.log.warn({ number: watch.number, code: error.code }, 'progress could not be shown');
      return { ...state, shown: null };
    }
  }

  private nowMs(): number {
    return Date.parse(this.options.now());
  }

  private async reconcileRepository(installation: number, fullName: string): Promise<void> {
    const deps = await this.depsFor(installation, fullName);
    for (const number of await listLooks(deps)) void this.addLook(deps, fullName, { kind: 'pull', number });
    this.addAlign(deps, fullName);
    void this.queue.add(`onboard ${fullName}`, () => onboard(deps));
  }

  /** Finds the token first, tried again like a look. */
  private async begin({ installation, repository }: Hint, look: Look): Promise<boolean> {
    const key = `event ${keyOf(repository, look)}`;
    const isFound = await this.queue.add(
      key,
      async () => void (await this.depsFor(installation, repository)),
    );
    return isFound && this.addLook(await this.depsFor(installation, repository), repository, look);
  }

  private addLook(deps: BotDeps, fullName: string, look: Look): Promise<boolean> {
    const key = keyOf(fullName, look);
    if (look.kind === 'pull')
      return this.queue.add(key, async () => {
        const watch = await evaluate(deps, look.number);
        this.trainings.put(key, { deps, fullName }, watch, this.nowMs());
        this.addAlign(deps, fullName);
      });
    if (look.kind === 'command') return this.queue.add(key, () => answerCommand(deps, look.comment));
    if (look.kind === 'merge group') return this.queue.add(key, () => evaluateGroup(deps, look.headSha));
    return this.spread(deps, fullName, look);
  }

  /** Turns a look at a commit or a repository into looks at pull requests. */
  private async spread(deps: BotDeps, fullName: string, look: Look): Promise<boolean> {
    const looks: Promise<boolean>[] = [];
    const isRead = await this.queue.add(keyOf(fullName, look), async () => {
      for (const number of await listNumbers(deps, look))
        looks.push(this.follow(this.addLook(deps, fullName, { kind: 'pull', number })));
      this.addAlign(deps, fullName);
    });
    return isRead && allDone(await Promise.all(looks));
  }

  private addAlign(deps: BotDeps, fullName: string): void {
    void this.queue.add(`align ${fullName}`, () => align(deps));
  }

  /** What `idle` waits for. */
  private follow(looks: Promise<boolean>): Promise<boolean> {
    const asked = looks.catch((error: unknown) => {
      this.options.log.warn({ error: String(error) }, 'a look could not begin');
      return false;
    });
    this.asked.add(asked);
    void asked.then(() => this.asked.delete(asked));
    return asked;
  }

  private depsFor(installation: number, fullName: string): Promise<BotDeps> {
    const key = `${installation} ${fullName}`;
    const known = this.repositories.get(key);
    if (known !== undefined) return known;
    const made = this.makeDeps(installation, fullName);
    this.repositories.set(key, made);
    made.catch(() => this.repositories.delete(key));
    return made;
  }

  private async makeDeps(installation: number, fullName: string): Promise<BotDeps> {
    const client: GitHubClient = await this.started().auth(installation);
    const identity = await this.readIdentity(client);
    const name = parseRepositoryName(fullName);
    const memory = new ReaderMemory();
    const { serverUrl, now, log } = this.options;
    return {
      name,
      newReader: openReader(client, name, identity.appId, memory),
      writer: createWriter(client, name, identity, memory),
      identity,
      book: new LedgerBook(),
      ledgerWriter: new LedgerWriter(),
      issuer: issuerOf(serverUrl),
      fetchKeys,
      openStore,
      keys: this.keys,
      now,
      log,
    };
  }

  private readIdentity(client: GitHubClient): Promise<AppIdentity> {
    const reading =
      this.identity ??
      this.started()
        .auth()
        .then((app: GitHubClient) => readIdentity(app, client));
    this.identity = reading;
    reading.catch(() => {
      this.identity = null;
    });
    return reading;
  }

  private started(): Probot {
    if (this.probot === null) throw new Error('the bot was used before probot loaded it');
    return this.probot;
  }
}

const allDone = (looks: readonly boolean[]): boolean => looks.every((isDone) => isDone);

async function listNumbers(deps: BotDeps, look: Look): Promise<readonly number[]> {
  const reader = deps.newReader();
  if (look.kind === 'commit') return reader.pullsOfCommit(look.sha);
  return (await reader.pulls({ state: 'open' })).map(({ number }) => number);
}
