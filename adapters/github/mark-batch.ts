import { z } from 'zod';
import type { GitHubClient, RepositoryName } from './client.ts';
import { parseMarks } from './look-answer.ts';
import { toMarksOf } from './look-facts.ts';
import type { CheckMark } from './reader.ts';

/** Commits of one question: each may need three of GitHub's own reads, and a hundred of those are one point. */
const maxBatch = 40;
/** Fewer than these are as cheap one by one, which also works where GraphQL does not. */
const minBatch = 3;

interface Waiting {
  readonly sha: string;
  readonly checkName: string;
  readonly answer: (marks: readonly CheckMark[] | undefined) => void;
}

const found = z.object({ repository: z.record(z.string(), z.unknown()) });

/**
 * Reads our check runs of commits that are asked for at the same time by one question: an anchor is looked for on many.
 * What did not come whole counts as not told, and is read by itself.
 * @see https://docs.github.com/en/graphql/reference/objects#commit
 */
export class MarkBatch {
  private readonly client: GitHubClient;
  private readonly name: RepositoryName;
  private readonly appId: number;
  private waiting: Waiting[] = [];

  constructor(client: GitHubClient, name: RepositoryName, appId: number) {
    this.client = client;
    this.name = name;
    this.appId = appId;
  }

  /** @returns oldest first; undefined: read it by itself */
  read(sha: string, checkName: string): Promise<readonly CheckMark[] | undefined> {
    return new Promise((answer) => {
      this.waiting.push({ sha, checkName, answer });
      // Whoever asks for many asks for all of them before anything else happens.
      if (this.waiting.length === 1) setImmediate(() => void this.send());
    });
  }

  private async send(): Promise<void> {
    const all = this.waiting;
    this.waiting = [];
    for (const checkName of new Set(all.map((each) => each.checkName))) {
      const same = all.filter((each) => each.checkName === checkName);
      const shas = [...new Set(same.map(({ sha }) => sha))];
      const told = new Map<string, readonly CheckMark[]>();
      for (let at = 0; at < shas.length; at += maxBatch)
        await this.ask(shas.slice(at, at + maxBatch), checkName, told);
      for (const { sha, answer } of same) answer(told.get(sha));
    }
  }

  private async ask(
    shas: readonly string[],
    checkName: string,
    told: Map<string, readonly CheckMark[]>,
  ): Promise<void> {
    if (shas.length < minBatch) return;
    const declared = shas.map((_, at) => `$oid${at}: GitObjectID!`).join(', ');
    const asked = shas.map((_, at) => `commit${at}: object(oid: $oid${at}) { ...marks }`).join('\n');
    const text = `query ($owner: String!, $name: String!, $app: Int!, $check: String!, ${declared}) {
      repository(owner: $owner, name: $name) { ${asked} } }
      fragment marks on Commit { oid checkSuites(first: 2, filterBy: { appId: $app }) {
        pageInfo { hasNextPage } nodes { app { databaseId }
          checkRuns(first: 50, filterBy: { checkType: ALL, appId: $app, checkName: $check }) {
            pageInfo { hasNextPage } nodes {
              databaseId name status conclusion externalId startedAt completedAt } } } } }`;
    try {
      const answer = await this.client.graphql<unknown>(text, {
        ...{ owner: this.name.owner, name: this.name.repo, app: this.appId, check: checkName },
        ...Object.fromEntries(shas.map((sha, at) => [`oid${at}`, sha])),
        request: { retries: 0 },
      });
      const { repository } = found.parse(answer);
      for (const [at, sha] of shas.entries()) {
        const commit = parseMarks(repository[`commit${at}`]);
        const marks = commit?.oid === sha ? toMarksOf(commit.checkSuites, sha, checkName, this.appId) : null;
        if (marks !== null) told.set(sha, marks);
      }
    } catch {
      // documented: each is then read by itself, which says what is wrong
    }
  }
}
