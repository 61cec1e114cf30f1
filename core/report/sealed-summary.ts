import { renderMarkdown } from './markdown.ts';

/**
 * The summary page of a judge whose evidence is sealed: the same whatever was found. A number here would be a look that
 * nobody counted.
 */
export function renderSealedSummary(pullRequest: number): string {
  return renderMarkdown([
    { kind: 'heading', level: 3, text: ['🔒 Sealed: the app shows it when it has counted it'] },
    {
      kind: 'paragraph',
      text: [
        `What was found on the held-out rows is sealed to the app. It counts the look in the ledger, then shows the result in its comment on pull request ${pullRequest}; the check `,
        { code: 'gatehouse' },
        ' says whether it passes.',
      ],
    },
  ]);
}
