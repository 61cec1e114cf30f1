import type { ApplicationFunction, Probot } from 'probot';
import { BlobCache } from '../adapters/github/blob-cache.ts';
import type { AppIdentity, GitHubClient } from '../adapters/github/client.ts';
import { parseRepositoryName } from '../adapters/github/client.ts';
import {
  readIdentity,
  readInstallationRepositories,
  readInstallations,
} from '../adapters/github/installation.ts';
import { createReader } from '../adapters/github/octokit-reader.ts';
import { createWriter } from '../adapters/github/octokit-writer.ts';
import { fetchKeys, issuerOf } from '../adapters/oidc/jwks.ts';
import { openStore } from '../adapters/store/store.ts';
import { GatehouseError } from '../core/error/error.ts';
import { align } from './align.ts';
import { answerCommand } from './answer-command.ts';
import type { BotDeps } from './deps.ts';
import { evaluate } from './evaluate.ts';
import { checkRunLooks } from './handlers/check-run.ts';
import { issueCommentLooks } from './handlers/issue-comment.ts';
import { mergeGroupLooks } from './handlers/merge-group.ts';
import { pullRequestLooks } from './handlers/pull-request.ts';
import { reviewLooks } from './handlers/pull-request-review.ts';
import { pushLooks } from './handlers/push.ts';
import { workflowRunLooks } from './handlers/workflow-run.ts';
import { LedgerBook } from './ledger/ledger-book.ts';
import type { Log } from './log.ts';
import { keyOf, type Look } from './look.ts';
import { evaluateGroup } from './merge-group.ts';
import { LookQueue } from './queue.ts';
import { listLooks } from './reconcile.ts';
import { type LookState, lookAtTraining } from './training/light-look.ts';
import type { TrainingWatch } from './training/watch.ts';
import { WatchList } from './training/watch-list.ts';

export interface BotOptions {
  /** `https://github.com`, or the GHES or sandbox server. */
  readonly serverUrl: string;
  readonly log: Log;
  /** ISO 8601 UTC. */
  now(): string;
  /** Waits between attempts of a failed look, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
}

/** Where an event comes from: the only part of a payload besides the look itself that is used, to choose a token. */
interface Origin {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository?: { readonly full_name: string } | undefined;
}

/**
 * The app: events say where to look, a queue looks at one thing at a time, and a reconcile looks at everything.
 * One bot serves all installations of one app.
 */
export class Bot {
  private readonly options: BotOptions;
  private readonly queue: LookQueue;
  private readonly trainings = new WatchList<{ readonly deps: BotDeps; readonly fullName: string }>();
  private readonly repositories = new Map<string, Promise<BotDeps>>();
  private identity: Promise<AppIdentity> | null = null;
  private probot: Probot | null = null;

  constructor(options: BotOptions) {
    this.options = options;
    this.queue = new LookQueue(options.log, options.retryDelaysMs);
  }

  /** The function that probot loads: every handler only queues looks and returns, so GitHub is answered at once. */
  readonly app: ApplicationFunction = (probot) => {
    this.probot = probot;
    probot.on('pull_request', ({ payload }) => this.add(payload, pullRequestLooks(payload)));
    probot.on('pull_request_review', ({ payload }) => this.add(payload, reviewLooks(payload)));
    probot.on('check_run.rerequested', ({ payload }) => this.add(payload, checkRunLooks(payload)));
    probot.on('workflow_run', ({ payload }) => this.add(payload, workflowRunLooks(payload)));
    probot.on('merge_group.checks_requested', ({ payload }) => this.add(payload, mergeGroupLooks(payload)));
    probot.on('push', ({ payload }) => this.add(payload, pushLooks(payload)));
    probot.on('issue_comment.created', ({ payload }) => this.add(payload, issueCommentLooks(payload)));
  };

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
  idle(): Promise<void> {
    return this.queue.idle();
  }

  /** Forgets retries that wait: the next start reconciles. */
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
    for (const number of await listLooks(deps)) this.addLook(deps, fullName, { kind: 'pull', number });
    this.addAlign(deps, fullName);
  }

  private add(origin: Origin, looks: readonly Look[]): void {
    const { installation, repository } = origin;
    if (installation === undefined || repository === undefined) return;
    for (const look of looks) {
      const key = `event ${keyOf(repository.full_name, look)}`;
      this.queue.add(key, async () => {
        const deps = await this.depsFor(installation.id, repository.full_name);
        this.addLook(deps, repository.full_name, look);
      });
    }
  }

  private addLook(deps: BotDeps, fullName: string, look: Look): void {
    const key = keyOf(fullName, look);
    if (look.kind === 'pull') {
      this.queue.add(key, async () => {
        const watch = await evaluate(deps, look.number);
        this.trainings.put(key, { deps, fullName }, watch, this.nowMs());
        this.addAlign(deps, fullName);
      });
    } else if (look.kind === 'command') {
      this.queue.add(key, () => answerCommand(deps, look.comment));
    } else if (look.kind === 'merge group') {
      this.queue.add(key, () => evaluateGroup(deps, look.headSha));
    } else {
      this.queue.add(key, () => this.spread(deps, fullName, look));
    }
  }

  /** Turns a look at a commit or a repository into looks at pull requests. */
  private async spread(deps: BotDeps, fullName: string, look: Look): Promise<void> {
    const reader = deps.newReader();
    const numbers =
      look.kind === 'commit'
        ? await reader.pullsOfCommit(look.sha)
        : (await reader.pulls({ state: 'open' })).map(({ number }) => number);
    for (const number of numbers) this.addLook(deps, fullName, { kind: 'pull', number });
    this.addAlign(deps, fullName);
  }

  private addAlign(deps: BotDeps, fullName: string): void {
    this.queue.add(`align ${fullName}`, () => align(deps));
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
    const cache = new BlobCache();
    const { serverUrl, now, log } = this.options;
    return {
      name,
      newReader: () => createReader(client, name, identity.appId, cache),
      writer: createWriter(client, name, identity),
      identity,
      book: new LedgerBook(),
      issuer: issuerOf(serverUrl),
      fetchKeys,
      openStore,
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
