import type { CallLog } from './call-log.ts';
import type { Git } from './git.ts';
import type { Lag } from './lag.ts';
import type { Traffic } from './traffic.ts';
import type {
  Account,
  App,
  Caller,
  Delivery,
  Level,
  Permissions,
  Protection,
  Repository,
  Role,
  Team,
  World,
} from './world.ts';

export type Json = Readonly<Record<string, unknown>>;

/** GitHub's clock: real time plus an offset, one-second resolution. */
export interface Clock {
  now(): string;
  /** The same to the millisecond, since 1970. */
  nowMs(): number;
  /** Lets a reviewer look "a minute later". App JWTs and token expiry keep to the real clock. */
  advance(seconds: number): void;
}

/** One HTTP request, authenticated. */
export interface Call {
  readonly hub: Hub;
  readonly method: string;
  /** Path without query and without `/api/v3`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly caller: Caller;
  /** The body as a JSON object; {} when empty. @throws HubError 400 */
  json(): Json;
  /** The repository of `:owner/:repo` in the path. @throws HubError 404 when the caller may not see it */
  repository(): Repository;
}

export interface Answer {
  readonly status: number;
  /** A value is sent as JSON; a Buffer or string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** What a caller must hold; `user` is the role a person needs (default: read for read, else write). */
export interface Access {
  readonly scope: string;
  readonly level: Level;
  readonly user?: Role;
}

export interface Routes {
  /**
   * Mounts a handler: `/repos/:owner/:repo/actions/runs/:id` lies under `/api/v3`; a pattern that starts
   * with `//` is absolute on the server (`//_services/token/.well-known/jwks`). `:rest*` takes the rest of the path.
   * Without `access` anybody may call and the handler looks at `call.caller` itself.
   */
  add(method: string, pattern: string, handler: Handler, access?: Access): void;
}

/** What goes wrong with webhooks in real life; each predicate sees the delivery before it is sent. */
export interface Faults {
  readonly drop?: (delivery: Delivery) => boolean;
  readonly duplicate?: (delivery: Delivery) => boolean;
  readonly delayMs?: (delivery: Delivery) => number;
  /** Deliveries are held until this many wait, then sent in reverse order; `settle()` flushes the rest. */
  readonly reorder?: number;
}

export type Listener = (
  event: string,
  action: string | undefined,
  payload: Json,
  repository: Repository,
) => void;

export type TokenRequest =
  | { readonly kind: 'user'; readonly login: string }
  /** A job's GITHUB_TOKEN: scopes as in a workflow (`pull-requests` and `pull_requests` both do). */
  | {
      readonly kind: 'job';
      readonly repositoryId: number;
      readonly permissions: Permissions;
      readonly fork?: boolean;
    }
  | {
      readonly kind: 'installation';
      readonly installationId: number;
      readonly repositoryIds?: readonly number[];
      readonly permissions?: Permissions;
      readonly lifetimeMs?: number;
    };

export interface NewApp {
  readonly slug: string;
  readonly owner?: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
}

export interface Hub {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly world: World;
  readonly clock: Clock;
  readonly routes: Routes;
  readonly root: string;
  /** Calls of the API that were answered. */
  readonly log: CallLog;

  createUser(
    login: string,
    options?: { readonly email?: string; readonly name?: string },
  ): Account & { readonly token: string };
  createOrganization(login: string): Account;
  createTeam(organization: string, slug: string, logins: readonly string[]): Team;
  /** An empty bare repository; `owner/name` must name an account. */
  createRepository(
    fullName: string,
    options?: { readonly private?: boolean; readonly defaultBranch?: string },
  ): Promise<Repository>;
  addCollaborator(fullName: string, login: string, role: Role): void;
  /** Branch protection or ruleset of one branch name; replaces the earlier one. */
  protect(fullName: string, branch: string, protection: Protection): void;
  fork(fullName: string, login: string): Promise<Repository>;
  createApp(options: NewApp): {
    readonly app: App;
    readonly id: number;
    readonly bot: Account;
    readonly privateKey: string;
  };
  /** @returns the installation's id: one for each account that owns repositories. */
  installApp(appId: number, fullName: string): number;
  issueToken(request: TokenRequest): string;

  account(login: string): Account;
  repository(fullName: string): Repository;
  /** A person's right in a repository: owner, collaborator, else read on public ones. */
  roleOf(account: Account, repository: Repository): Role;
  /** Git objects and refs of a repository, read and written directly. */
  git(repository: Repository): Git;
  gitDir(fullName: string): string;
  /** @throws HubError 401, 403 or 404, as GitHub answers. */
  authorize(caller: Caller, repository: Repository, access: Access): void;
  /** The caller behind a token (also a job's, for the actions service). */
  callerOf(token: string): Caller;

  /**
   * Tells in-process listeners, then signs (HMAC SHA-256) and delivers over HTTP to every installed app that
   * subscribes to the event. repository, sender, organization and installation are added to the payload.
   */
  emit(
    event: string,
    action: string | undefined,
    payload: Json,
    repository: Repository,
    sender: Account,
  ): void;
  /** In-process listener beside HTTP webhooks. @returns a function that removes it. */
  on(listener: Listener): () => void;
  setFaults(faults: Faults): void;
  /** What GitHub limits, and what goes wrong between it and those who call its API. */
  readonly traffic: Traffic;
  /** Reads that show what was there a moment ago. */
  readonly lag: Lag;
  /** Sends a recorded delivery once more, as the redeliver button does. */
  redeliver(delivery: Delivery): void;
  /** Waits until no webhook is waiting or under way. */
  settle(): Promise<void>;
  /** Violations of GitHub's OpenAPI description that responses and webhooks made so far. */
  readonly violations: readonly string[];
  /** Operations (with status) and webhooks that were compared with the description so far. */
  readonly compared: ReadonlySet<string>;
  close(): Promise<void>;
}

export interface HubOptions {
  /** Folder for the bare repositories. */
  readonly root: string;
  readonly port?: number;
  /** Check every response and webhook against GitHub's OpenAPI description (default true). */
  readonly contract?: boolean;
}
