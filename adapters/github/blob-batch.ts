import { z } from 'zod';
import { blobIdOf } from '../../core/change/tree-id.ts';
import type { GitHubClient, RepositoryName } from './client.ts';

/** Contents of one question: files of configuration and ledger have some kilobytes, and an answer has ten seconds. */
const maxBatch = 40;
/** Fewer than these are as cheap one by one, which also works where GraphQL does not. */
const minBatch = 3;

interface Waiting {
  readonly sha: string;
  readonly answer: (bytes: Uint8Array | undefined) => void;
}

const entry = z.object({ isTruncated: z.boolean(), text: z.string().nullable() }).nullable();

/**
 * Reads contents that are asked for at the same time by one question. GraphQL tells text alone, so what comes is held
 * against its id: whatever is not exactly that content counts as not told, and is read by itself.
 * @see https://docs.github.com/en/graphql/reference/objects#blob
 */
export class BlobBatch {
  private readonly client: GitHubClient;
  private readonly name: RepositoryName;
  private waiting: Waiting[] = [];

  constructor(client: GitHubClient, name: RepositoryName) {
    this.client = client;
    this.name = name;
  }

  /** @returns undefined: read it by itself */
  read(sha: string): Promise<Uint8Array | undefined> {
    return new Promise((answer) => {
      this.waiting.push({ sha, answer });
      // Whoever asks for many asks for all of them before anything else happens.
      if (this.waiting.length === 1) setImmediate(() => void this.send());
    });
  }

  private async send(): Promise<void> {
    const all = this.waiting;
    this.waiting = [];
    for (let at = 0; at < all.length; at += maxBatch) {
      const batch = all.slice(at, at + maxBatch);
      const texts = batch.length < minBatch ? null : await this.ask(batch.map(({ sha }) => sha));
      for (const [index, { sha, answer }] of batch.entries()) answer(contentOf(sha, texts?.[`blob${index}`]));
    }
  }

  /** null: no answer that can be relied on. */
  private async ask(shas: readonly string[]): Promise<Readonly<Record<string, unknown>> | null> {
    const declared = shas.map((_, at) => `$oid${at}: GitObjectID!`).join(', ');
    const asked = shas.map((_, at) => `blob${at}: object(oid: $oid${at}) { ...content }`).join('\n');
    const text = `query ($owner: String!, $name: String!, ${declared}) {
      repository(owner: $owner, name: $name) { ${asked} } }
      fragment content on Blob { isTruncated text }`;
    try {
      const answer = await this.client.graphql<{ readonly repository: Readonly<Record<string, unknown>> }>(
        text,
        {
          ...{ owner: this.name.owner, name: this.name.repo },
          ...Object.fromEntries(shas.map((sha, at) => [`oid${at}`, sha])),
          request: { retries: 0 },
        },
      );
      return answer.repository;
    } catch {
      return null; // documented: each is then read by itself, which says what is wrong
    }
  }
}

function contentOf(sha: string, told: unknown): Uint8Array | undefined {
  const found = entry.safeParse(told).data;
  if (found == null || found.isTruncated || found.text === null) return undefined;
  const bytes = new Uint8Array(Buffer.from(found.text, 'utf8'));
  return blobIdOf(bytes) === sha ? bytes : undefined;
}
