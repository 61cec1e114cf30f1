import { type Finding, isFailure } from '../finding/finding.ts';

/** Findings of one dataset that evidence lists: nobody mends more of them at once. */
const mostFindings = 1000;
/** Characters of one text. A list of 5,000 allowed values or a header cell of a megabyte would make evidence unreadable. */
const mostCharacters = 1000;
/** Bytes of one finding with its example rows. */
const mostBytesEach = 50_000;
/** Bytes of all findings of one evidence together: the app reads 5 MiB, and the names of files need their part. */
const mostTogether = 1_500_000;
/** However many datasets there are, one finding of each. */
const leastEach = mostBytesEach;

/**
 * Cuts findings to what evidence may hold, so that what a validation found can always be read back: texts of data and of
 * the pull request have any length and number. Failures are kept before warnings, warnings before notes.
 * @param datasets validations that share the room of one evidence
 * @returns in the same order, at least one failure where there was one; a last note says how many are left out
 */
export function boundFindings(findings: readonly Finding[], datasets = 1): readonly Finding[] {
  const cut = findings.map(cutFinding).map(withoutRows);
  const room = { findings: mostFindings, bytes: Math.max(leastEach, mostTogether / datasets) };
  const kept = new Set<Finding>();
  for (const finding of [...cut].sort((a, b) => rankOf(a) - rankOf(b))) {
    const bytes = sizeOf(finding);
    if (room.findings === 0 || bytes > room.bytes) continue;
    room.findings -= 1;
    room.bytes -= bytes;
    kept.add(finding);
  }
  const shown = cut.filter((finding) => kept.has(finding));
  const left = cut.filter((finding) => !kept.has(finding));
  return left.length === 0 ? shown : [...shown, toRest(left)];
}

const sizeOf = (finding: Finding): number => new TextEncoder().encode(JSON.stringify(finding)).length;

const rank = { fail: 0, warn: 1, note: 2 } as const;
const rankOf = ({ severity }: Finding): number => rank[severity];

function toRest(left: readonly Finding[]): Finding {
  const failures = left.filter(isFailure).length;
  return {
    code: 'data/more-findings',
    severity: 'note',
    message: `${left.length} more findings are not listed, ${failures} of them failures.`,
    found: `${left.length} more findings`,
    fix: 'Mend what is listed, then run the check again; "gatehouse data check" lists all of them.',
  };
}

/** Example rows of a wide table of long texts are the first to go. */
function withoutRows(finding: Finding): Finding {
  if (sizeOf(finding) <= mostBytesEach) return finding;
  const { rows: _, examples: __, ...rest } = finding;
  return rest;
}

/** Only texts are cut: the numbers of a finding stay true. */
function cutFinding(finding: Finding): Finding {
  const { message, fix, column, found, allowed, excerpt, reason, examples, rows } = finding;
  return {
    ...finding,
    message: cutText(message),
    fix: cutText(fix),
    ...(column === undefined ? {} : { column: cutText(column) }),
    ...(found === undefined ? {} : { found: cutText(found) }),
    ...(allowed === undefined ? {} : { allowed: cutText(allowed) }),
    ...(excerpt === undefined ? {} : { excerpt: cutText(excerpt) }),
    ...(reason === undefined ? {} : { reason: cutText(reason) }),
    ...(examples === undefined ? {} : { examples: examples.slice(0, mostExamples).map(cutText) }),
    ...(rows === undefined ? {} : { rows: rows.slice(0, mostExamples).map(cutRow) }),
  };
}

/** Example cells, example rows, and cells of one of them. */
const mostExamples = 20;

type Row = NonNullable<Finding['rows']>[number];

const cutRow = ({ row, cells }: Row): Row => ({
  row,
  cells: cells
    .slice(0, mostExamples)
    .map(([name, cell]) => [cutText(name), cell === null ? null : cutText(cell)]),
});

/** Cutting can part a surrogate pair, and half a pair has no canonical JSON. */
const cutText = (text: string): string =>
  (text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`).toWellFormed();
