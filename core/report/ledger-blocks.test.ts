import { expect, it } from 'vitest';
import type { HistoryLine } from '../audit/history.ts';
import { historyBlocks } from './ledger-blocks.ts';
import { renderText } from './text.ts';

const line: HistoryLine = {
  ...{ seq: 1, at: '2026-11-21T10:00:00Z', what: 'judged', version: null, from: null, to: null },
  ...{ endpoint: null, because: 'look 1 on the held-out labels', pullRequest: 7, approvals: [] },
  ...{ by: { id: 1, login: 'ada', kind: 'User' }, hash: 'sha256:0' as HistoryLine['hash'] },
};

it('says of a look who started the judgement: its pull request need not be merged', () => {
  const text = renderText(historyBlocks('flight-delay', [line]));
  expect(text).toContain('judged, started by ada');
  expect(text).not.toContain('merged by');
});

it('says of what moves a model who merged it', () => {
  const text = renderText(historyBlocks('flight-delay', [{ ...line, what: 'staged', version: 2 }]));
  expect(text).toContain('merged by ada');
  expect(text).not.toContain('started by');
});

it('says of a promotion what no ruleset kept when it was recorded', () => {
  const gap = 'base branch main: force-pushes are not blocked';
  const promoted = { ...line, what: 'promoted', version: 2, because: 'replaces v1' };
  expect(renderText(historyBlocks('flight-delay', [{ ...promoted, unprotected: [gap] }]))).toContain(
    `replaces v1; ${gap}`,
  );
  expect(renderText(historyBlocks('flight-delay', [promoted]))).not.toContain(';');
});
