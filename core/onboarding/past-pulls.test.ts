import { describe, expect, it } from 'vitest';
import { policyPath } from '../config/layout.ts';
import { parsePolicy } from '../config/policy-file.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { pastBlocks } from './past-blocks.ts';
import { type PastPull, replayPulls } from './past-pulls.ts';
import { setUp, surveyOf } from './survey.fixture.ts';

const person = (id: number, login: string, kind: 'User' | 'Bot' = 'User') => ({ id, login, kind });
const [ann, bob, cyd, bot] = [
  person(1, 'ann'),
  person(2, 'bob'),
  person(3, 'cyd'),
  person(4, 'ci[bot]', 'Bot'),
];
const { found, proposal } = setUp(
  surveyOf({
    'churn/train.py': '',
    'data/a.csv': '',
    '.github/CODEOWNERS': '* @ann @bob\n',
  }),
);
const policy = parsePolicy(proposal.files.find(({ path }) => path === policyPath)?.text ?? '', policyPath);
const members = new Map([
  ['reviewer', [ann, bob]],
  ['governor', [ann, bob]],
]);
let id = 0;
const review = (reviewer: typeof ann, state = 'APPROVED', submittedAt = '2026-01-02T00:00:00Z') => {
  id += 1;
  return { id, reviewer, state, submittedAt };
};
const pull = (number: number, own: Partial<PastPull> = {}): PastPull => ({
  ...{ number, mergedAt: '2026-01-03T00:00:00Z', paths: ['churn/train.py'], makers: [ann], strangers: false },
  reviews: [review(bob)],
  ...own,
});
const replay = (own: Partial<PastPull>) => replayPulls({ pulls: [pull(1, own)], found, policy, members })[0];

describe('pull requests of before', () => {
  it('one that a reviewer approved has what this policy asks for', () => {
    expect(replay({})).toEqual({ number: 1, touches: ['model churn'], judged: true, missing: [], own: [] });
  });

  it.each<readonly [string, Partial<PastPull>]>([
    ['nobody approved', { reviews: [] }],
    ['its maker approved', { reviews: [review(ann)] }],
    ['somebody without a role approved', { reviews: [review(cyd)] }],
    ['a bot approved', { reviews: [review(bot)] }],
    ['the approval came after the merge', { reviews: [review(bob, 'APPROVED', '2026-01-04T00:00:00Z')] }],
    ['it was dismissed', { reviews: [review(bob, 'DISMISSED')] }],
    ['it was taken back', { reviews: [review(bob), review(bob, 'CHANGES_REQUESTED')] }],
    ['somebody whom GitHub does not know committed', { strangers: true }],
  ])('is held up: %s', (_, own) => {
    const [line, ...others] = replay(own)?.missing ?? [];
    expect([line?.count, others]).toEqual([1, []]);
  });

  it('a comment after an approval changes nothing', () => {
    expect(replay({ reviews: [review(bob), review(bob, 'COMMENTED')] })?.missing).toEqual([]);
  });

  it('data alone is validated and asks nobody; workflows ask governors; the rest is not looked at', () => {
    expect(replay({ paths: ['data/a.csv'], reviews: [] })).toMatchObject({
      touches: ['dataset a'],
      missing: [],
    });
    expect(replay({ paths: ['.github/workflows/x.yml'], reviews: [] })).toMatchObject({
      touches: ['workflows and rules'],
      judged: false,
      missing: [{ role: 'governor', count: 1 }],
    });
    const other = { paths: ['README.md', 'churn/train.pyc'], reviews: [], strangers: true };
    expect(replay(other)).toMatchObject({ touches: [], missing: [] });
  });
});

describe('in words', () => {
  it('says what would have been held up, why, and what nobody can know', () => {
    const pulls = replayPulls({
      pulls: [pull(7, { reviews: [review(ann)] }), pull(9), pull(8, { paths: ['README.md'] })],
      ...{ found, policy, members },
    });
    expect(pulls.map(({ number }) => number)).toEqual([9, 8, 7]);
    const text = renderMarkdown(pastBlocks({ pulls, unread: [5], url: 'https://github.com/acme/churner' }));
    expect(text).toContain('### Your last merged pull requests under this policy');
    expect(text).toContain('Of the last 3 merged pull requests 2 touch a model');
    expect(text).toContain('**1 would have lacked an approval**');
    expect(text).toMatch(
      /pull\/7\) \| model churn \| ⏳ held up: 1 × reviewer missing; ann approved own work/,
    );
    expect(text).toMatch(/Not read, because GitHub did not tell all of it: \[#.?5\]/);
    expect(text).toContain('whether a contract or a gate would have held one up is not known');
  });

  it('says when nothing of it would have been looked at', () => {
    const pulls = replayPulls({ pulls: [pull(8, { paths: ['README.md'] })], ...{ found, policy, members } });
    const text = renderMarkdown(pastBlocks({ pulls, unread: [], url: '' }));
    expect(text).toMatch(/last 1 merged pull request none touches a model.*passed at once\.$/);
  });

  it('is silent where nothing was merged yet', () =>
    expect(pastBlocks({ pulls: [], unread: [], url: '' })).toEqual([]));
});
