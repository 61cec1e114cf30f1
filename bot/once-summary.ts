import { type Block, paragraph } from '../core/report/block.ts';
import { renderMarkdown } from '../core/report/markdown.ts';
import type { Reconciled } from './reconcile.ts';

/** Page of a run that reconciled once. */
export function summarize({ looked, failed }: Reconciled): string {
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 3, text: ['Reconcile'] },
    paragraph(
      `Looked at ${looked.length} pull ${looked.length === 1 ? 'request' : 'requests'}: everything open, and what was merged lately. `,
      failed.length === 0
        ? 'Checks, comments and ledger say what GitHub holds.'
        : `Not at ${failed.map((number) => `#${number}`).join(', ')}: GitHub or a service did not answer. The next run looks again.`,
    ),
  ];
  return `${renderMarkdown(blocks)}\n`;
}
