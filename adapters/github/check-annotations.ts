import type { GitHubClient, RepositoryName } from './client.ts';
import { readGitHub } from './failure.ts';
import { readAllPages } from './paging.ts';
import type { CheckAnnotation } from './writer.ts';

/** GitHub takes 50 annotations a request and adds them to those that are there. */
const batchSize = 50;
/** Nobody reads more; each further batch is a write. */
const mostShown = 200;

/** What a check shows of its annotations: the worst, which come first. */
export const shownOf = (annotations: readonly CheckAnnotation[]): readonly CheckAnnotation[] =>
  annotations.slice(0, mostShown);

/** As GitHub takes them: one batch for each request, and at least one, which may be empty. */
export function batchesOf(annotations: readonly CheckAnnotation[]) {
  const batches = [];
  for (let from = 0; from === 0 || from < annotations.length; from += batchSize)
    batches.push(annotations.slice(from, from + batchSize).map(toAnnotation));
  return batches;
}

/**
 * Which annotations a check run does not show yet.
 * @returns null: it shows one that is not wanted any more, and GitHub takes none away
 */
export async function missingOn(
  client: GitHubClient,
  name: RepositoryName,
  runId: number,
  wanted: readonly CheckAnnotation[],
): Promise<readonly CheckAnnotation[] | null> {
  const what = `annotations of check run ${runId}`;
  const found = await readGitHub(what, () =>
    readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request(
        'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
        { ...name, check_run_id: runId, per_page: perPage, page },
      );
      return { items: data, link: headers.link };
    }),
  );
  const shown = new Set(
    found.map((one) => keyOf({ ...one, title: one.title ?? '', message: one.message ?? '' })),
  );
  const keys = new Set(wanted.map((one) => keyOf(toAnnotation(one))));
  return [...shown].some((key) => !keys.has(key))
    ? null
    : wanted.filter((one) => !shown.has(keyOf(toAnnotation(one))));
}

function toAnnotation(annotation: CheckAnnotation) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
  };
}

const keyOf = (one: {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly title: string;
  readonly message: string;
}): string => JSON.stringify([one.path, one.start_line, one.end_line, one.title, one.message]);
