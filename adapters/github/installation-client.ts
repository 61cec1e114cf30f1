import { Octokit } from '@octokit/rest';
import type { Budget, Pace } from './budget/budget.ts';
import { toCost } from './budget/cost.ts';
import type { GitHubClient } from './client.ts';
import { readGitHub, statusOf } from './failure.ts';
import { quietLog } from './quiet-log.ts';

/** A token lives an hour; it is not used in its last minutes, since a call may take some. */
const unusedMs = 5 * 60_000;
/** A token that was made just now may not be known everywhere yet. */
const spreadingMs = 10_000;
const maxUnauthorized = 3;
/** GitHub ends its calls after ten seconds; an artifact takes longer. */
const answerWithinMs = 60_000;

/** What a token may see: one repository with all permissions of the app, or the names of all of them. */
export type TokenScope =
  | { readonly kind: 'repository'; readonly name: string }
  | { readonly kind: 'repository names' };

export interface InstallationAccess {
  /** Authenticated as the app itself. */
  readonly app: GitHubClient;
  readonly installation: number;
  /** Shared by all clients of the installation: its limits are theirs together. */
  readonly budget: Budget;
  readonly pace: Pace;
}

/**
 * A client of one installation. Its token reaches no further than its scope, so that a fault in the work for one
 * repository writes to no other; nothing is sent but through the budget, and nothing is repeated behind its back.
 */
export function createInstallationClient(access: InstallationAccess, scope: TokenScope): GitHubClient {
  const { app, budget, pace } = access;
  const octokit = new Octokit({
    ...{ userAgent: 'gatehouse', log: quietLog },
    baseUrl: app.request.endpoint.DEFAULTS.baseUrl,
  });
  const tokens = new Tokens(access, scope);
  octokit.hook.wrap('request', (request, options) =>
    budget.send(toCost(options), async () => {
      for (let attempt = 1; ; attempt += 1) {
        const token = await tokens.current();
        try {
          // Written into the options: a copy of them does not reach the hooks below this one.
          options.headers.authorization = `token ${token.text}`;
          options.request = { ...options.request, signal: AbortSignal.timeout(answerWithinMs) };
          return await request(options);
        } catch (error) {
          // Whoever is not let in has done nothing, so it may be sent again.
          if (statusOf(error) !== 401 || attempt >= maxUnauthorized) throw error;
          tokens.doubt(token);
          await pace.wait(attempt * 1000);
        }
      }
    }),
  );
  return octokit;
}

interface Token {
  readonly text: string;
  readonly madeMs: number;
  readonly expiresMs: number;
}

/** The token of one client, made anew when it grows old. */
class Tokens {
  private readonly access: InstallationAccess;
  private readonly scope: TokenScope;
  private made: Promise<Token> | null = null;

  constructor(access: InstallationAccess, scope: TokenScope) {
    this.access = access;
    this.scope = scope;
  }

  async current(): Promise<Token> {
    const asked = this.made ?? this.renew();
    const token = await asked;
    if (Date.now() < token.expiresMs - unusedMs) return token;
    // Several calls may find the old one at once: the first makes the new one for all.
    return this.made === asked ? this.renew() : this.current();
  }

  /** It was refused: a new one is made, unless it is only new itself. */
  doubt(token: Token): void {
    if (Date.now() - token.madeMs > spreadingMs) this.made = null;
  }

  private renew(): Promise<Token> {
    const made = this.make();
    this.made = made;
    made.catch(() => {
      if (this.made === made) this.made = null;
    });
    return made;
  }

  private async make(): Promise<Token> {
    const { app, installation } = this.access;
    const { data } = await readGitHub('token of the installation', () =>
      app.request('POST /app/installations/{installation_id}/access_tokens', {
        installation_id: installation,
        ...(this.scope.kind === 'repository'
          ? { repositories: [this.scope.name] }
          : { permissions: { metadata: 'read' as const } }),
      }),
    );
    const expiresMs = Date.parse(data.expires_at);
    const madeMs = Date.now();
    // A time that cannot be read: it is used once, and made anew for the next call.
    return { text: data.token, madeMs, expiresMs: Number.isFinite(expiresMs) ? expiresMs : 0 };
  }
}
