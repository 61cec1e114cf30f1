import { describe, expect, it } from 'vitest';
import { outcomeOf, tally } from './history.fixture.ts';

type Row = readonly [history: string, lines: string, outcome: string];

/** Latest decisive review of each person; comments are neutral; dismissals revive nothing. */
const states: readonly Row[] = [
  ['', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves', 'reviewer', 'rita'],
  ['rita:comments', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves rita:comments', 'reviewer', 'rita'],
  ['rita:comments rita:approves', 'reviewer', 'rita'],
  ['rita:approves rita:comments rita:comments', 'reviewer', 'rita'],
  ['rita:approves rita:approves', 'reviewer', 'rita'],
  ['rita:objects', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:objects rita:comments', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:objects rita:approves', 'reviewer', 'rita'],
  ['rita:approves rita:objects', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:approves rita:objects rita:approves', 'reviewer', 'rita'],
  ['rita:objects rita:approves rita:objects', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:approves-older rita:objects', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:objects rita:approves-older', 'reviewer', 'nobody | 1 missing'],
  ['rita:objects-older', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:objects-older rosa:approves', 'reviewer', 'rosa | blocked by rita'],
  ['rita:approval-dismissed', 'reviewer', 'nobody | 1 missing'],
  ['rita:approval-dismissed-by-governor', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves rita:approval-dismissed', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves rita:approval-dismissed-by-governor', 'reviewer', 'nobody | 1 missing'],
  ['rita:approval-dismissed rita:approves', 'reviewer', 'rita'],
  ['rita:approval-dismissed rita:comments', 'reviewer', 'nobody | 1 missing'],
  ['rita:objects rita:approval-dismissed', 'reviewer', 'nobody | 1 missing'],
  ['rita:approval-dismissed rita:objects', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:objection-dismissed', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:objection-dismissed rosa:approves', 'reviewer', 'rosa | blocked by rita'],
  ['rita:objection-dismissed-by-governor', 'reviewer', 'nobody | 1 missing'],
  ['rita:objection-dismissed-by-governor rosa:approves', 'reviewer', 'rosa'],
  ['rita:approves rita:objection-dismissed', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:approves rita:objection-dismissed-by-governor', 'reviewer', 'nobody | 1 missing'],
  ['rita:objection-dismissed rita:approves', 'reviewer', 'rita'],
  ['rita:objection-dismissed rita:comments', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:dismissed-unread', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:dismissed-unread rita:approves', 'reviewer', 'rita'],
  ['rita:approves rita:dismissed-unread', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:approves-untimed', 'reviewer', 'nobody | 1 missing'],
  ['rita:objects rita:approves-untimed', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:objects-untimed rita:approves', 'reviewer', 'nobody | 1 missing | blocked by rita'],
  ['rita:objects-untimed rosa:approves', 'reviewer', 'rosa | blocked by rita'],
];

/** An approval is about what was there to see when it was given. */
const seen: readonly Row[] = [
  ['rita:approves-older', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves-same-content', 'reviewer', 'rita'],
  ['rita:approves-unseen', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves-early', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves-early rita:approves', 'reviewer', 'rita'],
  ['rita:approves rita:approves-early', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves rita:approves-older', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves-older rita:approves', 'reviewer', 'rita'],
  ['rita:approves-older rosa:approves', 'reviewer', 'rosa'],
  ['rita:approves-older rosa:approves', 'reviewer*2', 'rosa | 1 missing'],
  ['rita:approves-same-content rosa:approves', 'reviewer*2', 'rita rosa'],
  ['rita:approves-unseen rosa:approves-early omar:approves-older', 'any', 'nobody | 1 missing'],
];

/** Who may speak at all: roles, author, bots, strangers. */
const voices: readonly Row[] = [
  ['eve:approves', 'reviewer', 'nobody | 1 missing'],
  ['eve:approves', 'any', 'nobody | 1 missing'],
  ['zoe:approves eve:approves', 'reviewer*2', 'nobody | 2 missing'],
  ['eve:objects', 'reviewer', 'nobody | 1 missing'],
  ['eve:objects rita:approves', 'reviewer', 'rita'],
  ['zoe:objection-dismissed rita:approves', 'reviewer', 'rita'],
  ['zoe:dismissed-unread rita:approves', 'reviewer', 'rita'],
  ['ben:approves', 'reviewer', 'nobody | 1 missing'],
  ['ben:approves', 'owner', 'nobody | 1 missing'],
  ['ben:approves rita:approves', 'reviewer', 'rita'],
  ['ben:approves rita:approves', 'reviewer*2', 'rita | 1 missing'],
  ['ben:approves rita:approves', 'reviewer owner', 'rita | 1 missing'],
  ['helper[bot]:approves', 'reviewer', 'nobody | 1 missing'],
  ['helper[bot]:approves rita:approves', 'reviewer*2', 'rita | 1 missing'],
  ['helper[bot]:objects rita:approves', 'reviewer', 'rita | blocked by helper[bot]'],
  ['omar:approves', 'reviewer', 'nobody | 1 missing'],
  ['rita:approves', 'owner', 'nobody | 1 missing'],
  ['rita:approves', 'governor', 'nobody | 1 missing'],
  ['rita:approves', 'constructor', 'nobody | 1 missing'],
  ['rita:approves', '__proto__', 'nobody | 1 missing'],
  ['omar:objects rita:approves', 'reviewer', 'rita | blocked by omar'],
  ['omar:objects omar:approves rita:approves', 'reviewer', 'rita'],
  ['ben:objects rita:approves', 'reviewer', 'rita | blocked by ben'],
  ['rita:objects rosa:objects', 'reviewer', 'nobody | 1 missing | blocked by rita rosa'],
];

/** Two lines need two people, and an assignment that exists is found. */
const quorums: readonly Row[] = [
  ['rita:approves', '', 'nobody'],
  ['rita:objects', '', 'nobody | blocked by rita'],
  ['rita:approves', 'reviewer*2', 'rita | 1 missing'],
  ['rita:approves rosa:approves', 'reviewer*2', 'rita rosa'],
  ['rita:approves rosa:approves', 'reviewer', 'rita'],
  ['rita:approves rosa:approves', 'reviewer*3', 'rita rosa | 1 missing'],
  ['rita:approves rosa:approves ada:approves', 'reviewer*3', 'ada rita rosa'],
  ['rita:approves omar:approves', 'reviewer owner', 'omar rita'],
  ['omar:approves', 'owner risk', 'omar | 1 missing'],
  ['omar:approves rita:approves', 'owner risk', 'omar | 1 missing'],
  ['omar:approves rita:approves', 'owner risk reviewer', 'omar rita | 1 missing'],
  ['ada:approves', 'governor reviewer', 'ada | 1 missing'],
  ['ada:approves rita:approves', 'governor reviewer', 'ada rita'],
  ['rita:approves ada:approves', 'reviewer governor', 'ada rita'],
  ['ada:approves rita:approves', 'reviewer governor', 'ada rita'],
  ['ada:approves rita:approves rosa:approves', 'reviewer*2 governor', 'ada rita rosa'],
  ['ada:approves rita:approves', 'reviewer*2 governor', 'ada rita | 1 missing'],
  ['ada:approves', 'governor any', 'ada | 1 missing'],
  ['ada:approves omar:approves', 'governor any', 'ada omar'],
  ['omar:approves ada:approves', 'any governor', 'ada omar'],
  ['omar:approves rita:approves', 'any owner', 'omar rita'],
  ['omar:approves rita:approves', 'owner any*2', 'omar rita | 1 missing'],
  ['omar:approves ada:approves', 'any reviewer', 'ada omar'],
  ['omar:approves ada:approves', 'reviewer any governor', 'ada omar | 1 missing'],
  ['rita:approves rita:approves', 'reviewer*2', 'rita | 1 missing'],
  ['rita:approves rita:approves-same-content', 'reviewer*2', 'rita | 1 missing'],
  ['rita:approves rosa:objects', 'reviewer', 'rita | blocked by rosa'],
  ['rita:approves rosa:approves rosa:objects', 'reviewer*2', 'rita | 1 missing | blocked by rosa'],
  ['rita:approves rosa:approves rosa:approval-dismissed', 'reviewer*2', 'rita | 1 missing'],
  [
    'omar:approves rita:approves rosa:approves ada:approves',
    'reviewer*2 owner governor',
    'ada omar rita rosa',
  ],
  ['omar:approves rita:approves ada:approves', 'reviewer*2 owner governor', 'ada omar rita | 1 missing'],
];

describe.each([
  ['states of a review', states],
  ['what was there to see', seen],
  ['who may speak', voices],
  ['quorums', quorums],
] as const)('countApprovals: %s', (_, rows) => {
  it.each(rows)('%s [%s] -> %s', (history, lines, outcome) => {
    expect(outcomeOf(tally(history, lines))).toBe(outcome);
  });
});

it('counts nobody while there is no subject', () => {
  for (const [history, lines] of [...states, ...seen, ...voices, ...quorums]) {
    const result = tally(history, lines, { subject: null });
    expect(result.counted).toEqual([]);
    expect(result.lines.every((line) => line.people.length === 0)).toBe(true);
  }
});

it('accounts for every approval: it counts, or there is a sentence why not', () => {
  for (const [history, lines] of [...states, ...seen, ...voices, ...quorums]) {
    const result = tally(history, lines);
    const approvals = history.split(' ').filter((event) => /:(approves|approval-dismissed)/.test(event));
    expect(result.counted.length + result.uncounted.length).toBe(approvals.length);
    expect(result.uncounted.every((each) => each.because.length > 15)).toBe(true);
  }
});
