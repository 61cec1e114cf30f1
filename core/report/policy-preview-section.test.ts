import { expect, test } from 'vitest';
import type { PolicyPreview, PreviewedPull } from '../audit/policy-preview.ts';
import { requestOf } from '../policy/decision.fixture.ts';
import { renderMarkdown } from './markdown.ts';
import { policyPreviewSections } from './policy-preview-section.ts';

const decided = (
  number: number,
  fields: Partial<Extract<PreviewedPull, { kind: 'decided' }>> = {},
): PreviewedPull => ({
  ...{ kind: 'decided', number, change: requestOf(), before: 'allowed', after: 'allowed' },
  ...{ by: [], anew: false, unknown: [] },
  ...fields,
});
const empty: PolicyPreview = {
  ...{ replay: { decisions: [], blocked: 0, unknown: [] }, refused: [], open: [] },
  ...{ more: false, enforces: true, outdated: false },
};
const show = (fields: Partial<PolicyPreview>): string =>
  renderMarkdown(
    policyPreviewSections({
      policyPreview: { ...empty, ...fields },
      repositoryUrl: 'https://github.com/acme/flights',
    }).flatMap(({ blocks }) => blocks),
  );

test('no policy, no section; an empty ledger and nothing open are said in words', () => {
  expect(policyPreviewSections({ repositoryUrl: '' })).toEqual([]);
  const text = show({});
  expect(text).toContain('The ledger holds no promotion to try it on.');
  expect(text).toContain('No other open pull request asks for anything.');
  expect(text).not.toContain('that the ledger does not hold');
});

test('what is decided otherwise is counted and explained, what stands as before is not explained again', () => {
  const by = [
    { rule: 'approvals / 2 × risk', state: 'waiting', because: '0 of 2: <b>@ada</b> | x' },
  ] as const;
  const text = show({
    open: [
      decided(7, { after: 'waiting', by, anew: true }),
      decided(6, { before: 'waiting', after: 'waiting', by }),
      { kind: 'unread', number: 5, because: 'It could not be read: PULL_REQUEST_TOO_LARGE.' },
    ],
    more: true,
    enforces: false,
  });
  expect(text).toContain('It decides 1 of 3 other open pull requests otherwise:');
  const rows = text.split('\n').filter((line) => line.includes('/pull/'));
  expect(rows.map((row) => row.includes('approvals / 2 × risk'))).toEqual([true, false, false]);
  expect(rows[0]).toContain('results and approvals are asked for again');
  expect(rows[2]).toMatch(/not known \| It could not be read/);
  // Text of data: neither a tag, nor a mention, nor one column more.
  expect(rows[0]?.split(/(?<!\\)\|/)).toHaveLength(7);
  expect(text).not.toMatch(/<b>|@ada/);
  expect(text).toContain('Only the 3 that changed last were looked at.');
  expect(text).toContain('It only reports: none of this would hold up a merge.');
});

test('several reasons in one cell are sentences', () => {
  const by = [
    { rule: 'production / risks', state: 'refused', because: 'There is no risks.yml' },
    { rule: 'approvals', state: 'waiting', because: '0 of 1.' },
    { rule: 'time / soak', state: 'waiting', because: 'It waits until…' },
    { rule: 'production / fallback', state: 'refused', because: 'None is declared' },
  ] as const;
  expect(show({ open: [decided(7, { after: 'refused', by })] })).toContain(
    'production / risks: There is no risks.yml. approvals: 0 of 1. time / soak: It waits until… And 1 more rule.',
  );
});

test('a refused merge that would pass now has to be asked for again; another text on base is named', () => {
  const text = show({
    outdated: true,
    refused: [decided(4, { before: 'refused' }), decided(3, { after: 'refused' })],
  });
  expect(text).toContain('Of 2 merges that the ledger does not hold, it would let 1 pass.');
  expect(text).toContain('they have to be asked for again');
  expect(text).toContain('update the branch to see what the merge says');
});
