import { expect, it } from 'vitest';
import type { RuleResult } from '../policy/decision.ts';
import { renderMarkdown } from './markdown.ts';
import { ruleSections } from './rule-table.ts';

const rule = (
  name: string,
  state: RuleResult['state'],
  because: string,
  ...children: readonly RuleResult[]
): RuleResult => ({ rule: name, state, because, children });
const linesOf = (rules: readonly RuleResult[]): readonly string[] =>
  renderMarkdown(ruleSections(rules).flatMap(({ blocks }) => blocks))
    .split('\n')
    .filter((line) => /^\| \d/.test(line));

it('writes a chain of lines that say the same as one, with the name of the last', () => {
  const said = '1,978,941 rows meet the contract.';
  const chain = rule('data', 'met', said, rule('flights', 'met', said, rule('flights', 'met', said)));
  expect(linesOf([chain])).toEqual([`| 1 | \`data: flights\` | ✅ met | ${said} |`]);
});

it('keeps children that say something else, and children beside others', () => {
  const all = [
    rule('a', 'met', 'one', rule('b', 'met', 'two')),
    rule('a', 'met', 'one', rule('b', 'met', 'one'), rule('c', 'met', 'one')),
    rule('a', 'waiting', 'one', rule('b', 'met', 'one')),
  ];
  expect(linesOf(all)).toHaveLength(2 + 3 + 2);
});

it('counts what holds under a parent, and lets whatever stands in the way speak', () => {
  const met = rule('b', 'met', '0.65 is above');
  const all = rule(
    'a',
    'met',
    '0.65 is above',
    met,
    rule('c', 'met', '0.5 is below'),
    rule('d', 'skipped', 'x'),
  );
  expect(linesOf([all])[0]).toBe('| 1 | `a` | ✅ met | 2 met, 1 skipped |');
  const refused = rule('a', 'refused', '0.5 is low', met, rule('c', 'refused', '0.5 is low'));
  expect(linesOf([refused])[0]).toBe('| 1 | `a` | ❌ refused | 0.5 is low |');
  expect(linesOf([rule('a', 'met', 'own words', met, met)])[0]).toBe('| 1 | `a` | ✅ met | own words |');
});

it('does not say the name of a gate twice', () => {
  const because = 'auc min 0.6: 0.573 is below';
  const gates = rule('gates', 'refused', because, rule('auc min 0.6', 'refused', because));
  expect(linesOf([gates])).toEqual(['| 1 | `gates: auc min 0.6` | ❌ refused | 0.573 is below |']);
});
