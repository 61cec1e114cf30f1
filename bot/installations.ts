import { Budget, ownPace, type Pace } from '../adapters/github/budget/budget.ts';
import { type AppIdentity, type GitHubClient, parseRepositoryName } from '../adapters/github/client.ts';
import {
  readIdentity,
  readInstallationOf,
  readInstallationRepositories,
  readInstallations,
} from '../adapters/github/installation.ts';
import { createInstallationClient } from '../adapters/github/installation-client.ts';

/** A repository that the app is installed on. */
export interface Installed {
  readonly installation: number;
  /** `owner/name` */
  readonly fullName: string;
}

/** Where the app is installed, and clients for it: one budget for each installation, one token for each repository. */
export class Installations {
  private readonly openApp: () => Promise<GitHubClient>;
  private readonly pace: Pace;
  private readonly budgets = new Map<number, Budget>();
  private known: Promise<AppIdentity> | null = null;

  /** @param openApp gives a client that is authenticated as the app itself */
  constructor(openApp: () => Promise<GitHubClient>, pace: Pace = ownPace) {
    this.openApp = openApp;
    this.pace = pace;
  }

  /** A client that sees and changes this repository alone. */
  async client({ installation, fullName }: Installed): Promise<GitHubClient> {
    const { repo } = parseRepositoryName(fullName);
    return createInstallationClient(await this.access(installation), { kind: 'repository', name: repo });
  }

  /** Who the app is; read once. */
  identity(installation: number): Promise<AppIdentity> {
    const reading = this.known ?? this.readIdentity(installation);
    this.known = reading;
    reading.catch(() => {
      this.known = null;
    });
    return reading;
  }

  async list(): Promise<readonly Installed[]> {
    const installed: Installed[] = [];
    for (const installation of await readInstallations(await this.openApp())) {
      for (const fullName of await readInstallationRepositories(await this.names(installation)))
        installed.push({ installation, fullName });
    }
    return installed;
  }

  /** @throws ServiceError GITHUB_READ_FAILED where the app is not installed */
  async find(fullName: string): Promise<Installed> {
    const installation = await readInstallationOf(await this.openApp(), parseRepositoryName(fullName));
    return { installation, fullName };
  }

  private async readIdentity(installation: number): Promise<AppIdentity> {
    return readIdentity(await this.openApp(), await this.names(installation));
  }

  private async names(installation: number): Promise<GitHubClient> {
    return createInstallationClient(await this.access(installation), { kind: 'repository names' });
  }

  private async access(installation: number) {
    const budget = this.budgets.get(installation) ?? new Budget(this.pace);
    this.budgets.set(installation, budget);
    return { app: await this.openApp(), installation, budget, pace: this.pace };
  }
}
