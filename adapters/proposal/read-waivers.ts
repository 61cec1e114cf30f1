import { readDeclared } from '../../core/change/declared.ts';
import { waiverOfFile } from '../../core/config/layout.ts';
import type { Waiver } from '../../core/config/waiver.ts';
import type { GitHubReader } from '../github/reader.ts';
import type { Proposal } from './read-proposal.ts';

/**
 * Reads the waivers of a model as base has them: for pages that show a judgement, no decision rests on it.
 * @returns none where GitHub does not answer: then a page shows what is waived as the failure that it is
 */
export async function readWaivers(
  reader: Pick<GitHubReader, 'blob'>,
  { trees: { base } }: Pick<Proposal, 'trees'>,
  model: string,
): Promise<readonly Waiver[]> {
  const files = [...base].filter(([path]) => waiverOfFile(path) !== null);
  try {
    const texts = new Map<string, string>();
    for (const [path, { blob }] of files) {
      texts.set(path, Buffer.from(await reader.blob(blob)).toString('utf8'));
    }
    return readDeclared(new Map(files), model, (path) => texts.get(path) ?? null).waivers;
  } catch {
    // A documented best effort: the job has judged, and its result must not be lost over a word on its page.
    return [];
  }
}
