import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { ApplicationFunction, Probot } from 'probot';
import type { Pace } from '../adapters/github/budget/budget.ts';
import { type GitHubClient, parseRepositoryName } from '../adapters/github/client.ts';
import { openReader } from '../adapters/github/look-reader.ts';
import type { ObjectFolder } from '../adapters/github/object-folder.ts';
import { createWriter } from '../adapters/github/octokit-writer.ts';
import { ReaderMemory } from '../adapters/github/reader-memory.ts';
import { fetchKeys, issuerOf } from '../adapters/oidc/jwks.ts';
import { openStore } from '../adapters/store/store.ts';
import { GatehouseError } from '../core/error/error.ts';
import { answerCommand, answerTooMany } from './answer-command.ts';
import { askAgain } from './commands/decision.ts';
import type { BotDeps } from './deps.ts';
import { evaluate } from './evaluate.ts';
import { tend } from './incident/tend.ts';
import { Installations, type Installed } from './installations.ts';
import { Buckets } from './intake/bucket.ts';
import { type Hint, toHint } from './intake/hint.ts';
import { LedgerBook } from './ledger/ledger-book.ts';
import type { Log } from './log.ts';
import { keyOf, type Look } from './look.ts';
import { evaluateGroup } from './merge-group.ts';
import { onboard } from './onboard.ts';
import { LookQueue } from './queue.ts';
import { type Reconciled, Reconciler } from './reconcile.ts';
import { LedgerWriter } from './record/ledger-writer.ts';
import { spread } from './spread.ts';
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
  /** Waits between attempts, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
  /** A client that is authenticated as the app itself; absent: that of the probot that loads the app. */
  readonly client?: GitHubClient;
  /** Keeps what was read of ledgers from one start to the next; absent: nothing is kept. */
  readonly objects?: ObjectFolder;
  /** The clock by which GitHub's limits are kept; absent: that of this machine. */
  readonly pace?: Pace;
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
  private readonly installations: Installations;
  private readonly reconciler = new Reconciler();
  private readonly buckets = new Buckets();
  private probot: Probot | null = null;

  constructor(options: BotOptions) {
    this.options = options;
    this.keys = options.privateKeys.map((pem) => createPrivateKey(pem));
    this.queue = new LookQueue(options.log, options.retryDelaysMs);
    this.installations = new Installations(async () => options.client ?? this.started().auth(), options.pace);
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

  /**
   * Looks at what may need it, in every repository of every installation: at everything the first time and daily.
   * @throws the first error, after every repository was tried
   */
  async reconcile(): Promise<void> {
    const errors: unknown[] = [];
    for (const installed of await this.installations.list())
      await this.reconcileRepository(installed).catch((error: unknown) => void errors.push(error));
    if (errors.length > 0) throw errors[0];
  }

  /**
   * The same for one repository, to its end.
   * @returns which pull requests were looked at, and which of them could not be
   * @throws ServiceError GITHUB_READ_FAILED where the app is not installed
   */
  async reconcileOne(fullName: string): Promise<Reconciled> {
    const looks = await this.reconcileRepository(await this.installations.find(fullName));
    const isDone = await Promise.all(looks.map((look) => look.isDone));
    await this.idle();
    const numbers = looks.map(({ number }) => number);
    return { looked: numbers, failed: numbers.filter((_, index) => isDone[index] !== true) };
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

  private async reconcileRepository(installed: Installed) {
    const { fullName } = installed;
    const deps = await this.depsFor(installed);
    const numbers = await this.reconciler.list(deps, fullName);
    const looks = numbers.map((number) => ({
      number,
      isDone: this.follow(this.addPullLook(deps, fullName, number)),
    }));
    this.addAlign(deps, fullName);
    void this.queue.add(`onboard ${fullName}`, () => onboard(deps));
    return looks;
  }

  /** Finds the token first, tried again like a look. */
  private async begin({ installation, repository: fullName }: Hint, look: Look): Promise<boolean> {
    const admission = this.admit(fullName, look);
    if (admission === 'dropped') return true;
    const installed = { installation, fullName };
    const key = `event ${keyOf(fullName, look)}`;
    const isFound = await this.queue.add(key, async () => void (await this.depsFor(installed)));
    if (!isFound) return false;
    const deps = await this.depsFor(installed);
    if (admission === 'told' && look.kind === 'command')
      return this.queue.add(keyOf(fullName, look), () => answerTooMany(deps, look.comment));
    return this.addLook(deps, fullName, look);
  }

  /** Of a look that is dropped the next reconcile knows; a command is asked again by whoever asked. */
  private admit(fullName: string, look: Look): 'admitted' | 'told' | 'dropped' {
    if ((look.kind !== 'command' && look.kind !== 'pull') || look.actor === undefined) return 'admitted';
    const admission = this.buckets.take(
      `${look.kind} ${fullName}#${look.number} ${look.actor}`,
      this.nowMs(),
    );
    return admission === 'told' && look.kind === 'pull' ? 'dropped' : admission;
  }

  private addLook(deps: BotDeps, fullName: string, look: Look): Promise<boolean> {
    const key = keyOf(fullName, look);
    if (look.kind === 'pull') return this.addPullLook(deps, fullName, look.number);
    if (look.kind === 'merge group') return this.queue.add(key, () => evaluateGroup(deps, look.headSha));
    if (look.kind === 'command')
      return this.queue.add(key, async () => {
        if (await answerCommand(deps, look.comment))
          void this.follow(this.addPullLook(deps, fullName, look.number));
      });
    return this.spread(deps, fullName, look);
  }

  private async addPullLook(deps: BotDeps, fullName: string, number: number): Promise<boolean> {
    const key = keyOf(fullName, { kind: 'pull', number });
    const isDone = await this.queue.add(key, async () => {
      const watch = await evaluate(deps, number);
      this.trainings.put(key, { deps, fullName }, watch, this.nowMs());
      this.addAlign(deps, fullName);
    });
    // Nothing that a list shows has changed by it, so it is remembered here.
    if (!isDone) this.reconciler.later(fullName, number, this.nowMs());
    return isDone;
  }

  /** Turns a look at a commit, a branch or a repository into looks at pull requests. */
  private async spread(
    deps: BotDeps,
    fullName: string,
    look: Parameters<typeof spread>[1],
  ): Promise<boolean> {
    const looks: Promise<boolean>[] = [];
    const isRead = await this.queue.add(keyOf(fullName, look), async () => {
      const numbers = await spread(deps, look);
      for (const number of numbers) looks.push(this.follow(this.addPullLook(deps, fullName, number)));
      for (const number of 'asks' in look ? numbers : []) {
        const key = `${fullName}#${number}/ask`;
        looks.push(this.follow(this.queue.add(key, () => askAgain(deps, number))));
      }
      this.addAlign(deps, fullName);
    });
    return isRead && allDone(await Promise.all(looks));
  }

  private addAlign(deps: BotDeps, fullName: string): void {
    void this.queue.add(`align ${fullName}`, () => tend(deps));
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

  private depsFor(installed: Installed): Promise<BotDeps> {
    const key = `${installed.installation} ${installed.fullName}`;
    const known = this.repositories.get(key);
    if (known !== undefined) return known;
    const made = this.makeDeps(installed);
    this.repositories.set(key, made);
    made.catch(() => this.repositories.delete(key));
    return made;
  }

  private async makeDeps(installed: Installed): Promise<BotDeps> {
    const { fullName, installation } = installed;
    const client = await this.installations.client(installed);
    const identity = await this.installations.identity(installation);
    const name = parseRepositoryName(fullName);
    const memory = new ReaderMemory(this.options.objects);
    const { serverUrl, now, log } = this.options;
    return {
      name,
      newReader: openReader(client, name, identity.appId, memory),
      writer: createWriter(client, name, identity, memory),
      identity,
      book: new LedgerBook(now),
      ledgerWriter: new LedgerWriter(),
      issuer: issuerOf(serverUrl),
      fetchKeys,
      openStore,
      keys: this.keys,
      lookAgainAt: (number, atMs) => this.reconciler.later(fullName, number, atMs),
      now,
      log,
    };
  }

  private started(): Probot {
    if (this.probot === null) throw new Error('the bot was used before probot loaded it');
    return this.probot;
  }
}

const allDone = (looks: readonly boolean[]): boolean => looks.every((isDone) => isDone);
