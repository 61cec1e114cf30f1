import type { CheckContent } from '../../adapters/github/writer.ts';
import type { Block } from '../../core/report/block.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import { bodyDigest, parseMarker, parseState, writeMarker, writeState } from '../../core/report/marker.ts';
import type { BotDeps } from '../deps.ts';

/** Puts blocks above the headline of a rendered comment; a text that is no comment of ours stays as it is. */
export function putAbove(body: string, blocks: readonly Block[]): string {
  const [marker, state] = [parseMarker(body), parseState(body)];
  if (marker === null || state === null) return body;
  const inner = body.slice(body.indexOf('\n') + 1, body.lastIndexOf('\n<!-- gatehouse:state'));
  const shown = `${renderMarkdown(blocks)}\n\n${inner}`;
  return [writeMarker(marker), shown, writeState({ ...state, body: bodyDigest(shown) })].join('\n');
}

/** The same above the summary of a check. */
export function putAboveCheck(check: CheckContent, blocks: readonly Block[]): CheckContent {
  const { output } = check;
  return { ...check, output: { ...output, summary: `${renderMarkdown(blocks)}\n\n${output.summary}` } };
}

/** Everything that is said of a pull request is said below these blocks. */
export function withBlocksAbove(deps: BotDeps, blocks: readonly Block[]): BotDeps {
  const { writer } = deps;
  return {
    ...deps,
    writer: {
      ...writer,
      upsertCheck: (check) => writer.upsertCheck(putAboveCheck(check, blocks)),
      upsertComment: (pull, text) =>
        writer.upsertComment(pull, (earlier) =>
          putAbove(typeof text === 'string' ? text : text(earlier), blocks),
        ),
    },
  };
}
