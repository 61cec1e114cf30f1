import type { LookGuess } from './look-query.ts';

const maxLogins = 50;
const maxTeams = 10;
/** Logins of people: GraphQL knows bots and organizations in other ways, and one unknown name spoils the answer. */
const personLogin = /^[a-z0-9][a-z0-9-]*$/i;

/** What looks at one repository asked for, so that the next one asks for it in its first question. */
export class LookGuesses {
  private readonly logins = new Set<string>();
  private readonly teams = new Set<string>();
  private ledgerBranch = 'gatehouse-ledger';

  current(): LookGuess {
    return {
      ledgerBranch: this.ledgerBranch,
      logins: [...this.logins].slice(-maxLogins),
      teams: [...this.teams].slice(-maxTeams),
    };
  }

  setLedgerBranch(branch: string): void {
    this.ledgerBranch = branch;
  }

  /** @param login of a person that GitHub knows */
  addLogin(login: string): void {
    if (personLogin.test(login)) addLast(this.logins, login, maxLogins);
  }

  /** @param team `organization/slug` of a team that GitHub knows */
  addTeam(team: string): void {
    addLast(this.teams, team, maxTeams);
  }

  /** Somebody of them may be gone: they are asked for one by one again. */
  forgetPeople(): void {
    this.logins.clear();
    this.teams.clear();
  }
}

function addLast(set: Set<string>, value: string, max: number): void {
  set.delete(value);
  set.add(value);
  const [oldest] = set;
  if (set.size > max && oldest !== undefined) set.delete(oldest);
}
