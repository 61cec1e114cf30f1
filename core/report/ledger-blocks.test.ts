import { expect, it } from 'vitest';
import type { HistoryLine } from '../audit/history.ts';
import { type LedgerVerification, ledgerFinding } from '../audit/verification.ts';
import { terminalWidth } from './columns.ts';
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

it('tells what no ruleset kept once, below the table, with the entries that it is about', () => {
  const gap = 'base branch main (force-pushes are open)';
  const promoted = { ...line, what: 'promoted', version: 2, because: 'replaces v1' };
  const lines = [
    promoted,
    { ...promoted, seq: 4, unprotected: [gap] },
    { ...promoted, seq: 9, unprotected: [gap] },
  ];
  const text = renderText(historyBlocks('flight-delay', lines));
  expect(text.split(gap)).toHaveLength(2);
  expect(text).toContain(`Not kept by rulesets when it was recorded:\n\n  - ${gap}: entries 4, 9`);
  expect(renderText(historyBlocks('flight-delay', [promoted]))).not.toContain('rulesets');
  const many = Array.from({ length: 12 }, (_, seq) => ({ ...promoted, seq, unprotected: [gap] }));
  expect(renderText(historyBlocks('flight-delay', many))).toContain(
    'entries 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more',
  );
});

it('shortens digests, and folds a long reason where a line has a width', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const because = `replaces v1 by itself: trigger errors, error-rate 0.06 is above 0.05; evidence ${digest}`;
  const text = renderText(historyBlocks('flight-delay', [{ ...line, because }]), { width: terminalWidth });
  expect(text).toContain('0123456789ab');
  expect(text).not.toContain('0123456789abc');
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
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
