import { expect, it } from 'vitest';
import type { HistoryLine } from '../audit/history.ts';
import { type LedgerVerification, ledgerFinding } from '../audit/verification.ts';
import { historyBlocks, verificationBlocks } from './ledger-blocks.ts';
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

it('counts what is wrong with a ledger, and speaks of an order only where there is one', () => {
  const finding = (code: string) =>
    ledgerFinding(code, 'audit/HEAD.json', 'it is wrong', { found: 'a', allowed: 'b', fix: 'c' });
  const say = (...codes: readonly string[]) =>
    renderText(
      verificationBlocks({
        verdict: 'fail',
        findings: codes.map(finding),
        entries: 2,
        transactions: 1,
        anchored: 0,
        root: 'sha256:0',
        head: { size: 2 },
        events: [],
        states: new Map(),
      } as unknown as LedgerVerification),
    );
  expect(say('tail')).toContain('not what the app wrote: 1 finding\n');
  expect(say('tail', 'rewritten')).toContain('2 findings, the first one first');
});
