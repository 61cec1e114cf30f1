import { findingsOfLook, type Look } from './batch-look.ts';
import { findingSections, placeText } from './finding-list.ts';
import { verdictWords } from './icon.ts';
import { renderMarkdown } from './markdown.ts';

/** Job summary of a watch run to which no batch came. */
export function renderNothingCame(look: Look): string {
  const sections = findingSections(findingsOfLook(look), (finding) =>
    finding.where === undefined ? '–' : { code: placeText(finding) },
  );
  const heading = {
    kind: 'heading',
    level: 3,
    text: [`${verdictWords.fail}: no new batch of `, { code: look.dataset }, ' came in'],
  } as const;
  return `${renderMarkdown([heading, ...sections.flatMap(({ blocks }) => blocks)])}\n`;
}
