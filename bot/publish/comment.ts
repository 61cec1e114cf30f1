import { renderComment } from '../../core/report/comment.ts';
import { parseState } from '../../core/report/marker.ts';
import type { Report } from '../../core/report/report.ts';

/** The comment of a report: it carries on the results of earlier commits that the comment before it told. */
export const commentOf =
  (report: Report) =>
  (earlier: string | null): string => {
    const history = earlier === null ? undefined : parseState(earlier)?.history;
    return renderComment(history === undefined ? report : { ...report, history });
  };
