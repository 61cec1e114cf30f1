import { describe, expect, it } from 'vitest';
import { digest, validation } from '../evidence/evidence.fixture.ts';
import type { DatasetValidation } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { decide } from './decide.ts';
import { omar, proposalInput, requestOf, reviewOf, rita } from './decision.fixture.ts';
import type { Decision, DecisionInput, RuleResult } from './decision.ts';

/** Approved by everybody who could be asked, so that only evidence can stop it. */
function decideApproved(input: DecisionInput): Decision {
  return decide({
    ...input,
    reviews: [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'governor'], input)],
  });
}
const ruleOf = (decision: Decision, name: string): RuleResult | undefined =>
  decision.rules.find((each) => each.rule === name);
const failure: Finding = {
  code: 'data/nulls',
  severity: 'fail',
  message: '12 rows have no delay',
  fix: 'Fill them.',
};

function validated(fields: Partial<DatasetValidation>): DecisionInput['validation'] {
  return { ...validation, datasets: validation.datasets.map((each) => ({ ...each, ...fields })) };
}

describe('data', () => {
  it.each<[string, Partial<DecisionInput>, Decision['kind'], Decision['verdict']]>([
    ['passed', {}, 'allowed', 'pass'],
    [
      'invalid',
      { validation: validated({ verdict: 'data invalid', findings: [failure] }), judgement: null },
      'refused',
      'data invalid',
    ],
    [
      'invalid without a finding',
      { validation: validated({ verdict: 'data invalid' }), judgement: null },
      'refused',
      'data invalid',
    ],
    [
      'passed with a failure in its findings',
      { validation: validated({ findings: [failure] }) },
      'refused',
      'data invalid',
    ],
    [
      'passed with a warning',
      { validation: validated({ findings: [{ ...failure, severity: 'warn' }] }) },
      'allowed',
      'pass',
    ],
    [
      'not evaluated',
      { validation: validated({ verdict: 'not evaluated' }) },
      'not evaluated',
      'not evaluated',
    ],
    [
      'an unknown verdict',
      { validation: validated({ verdict: 'fine' as never }) },
      'refused',
      'data invalid',
    ],
    ['passed without reading a row', { validation: validated({ rows: null }) }, 'refused', 'data invalid'],
    ['another dataset', { validation: validated({ dataset: 'other' }) }, 'refused', 'data invalid'],
    [
      'the contract of the wrong side',
      { validation: validated({ contractFrom: 'head' }) },
      'refused',
      'data invalid',
    ],
    ['no dataset', { validation: { ...validation, datasets: [] } }, 'refused', 'data invalid'],
    [
      'other content',
      { validation: { ...validation, origin: { ...validation.origin, contentDigest: digest('x') } } },
      'refused',
      'data invalid',
    ],
    [
      'another repository',
      { validation: { ...validation, origin: { ...validation.origin, repositoryId: 1 } } },
      'refused',
      'data invalid',
    ],
    [
      'another base',
      { validation: { ...validation, origin: { ...validation.origin, baseRef: 'weak' } } },
      'refused',
      'data invalid',
    ],
  ])('%s', (_, fields, kind, verdict) => {
    expect(decideApproved(proposalInput(fields))).toMatchObject({ kind, verdict });
  });

  it('shows the findings of the data, and does not look at the model', () => {
    const decision = decide(
      proposalInput({
        validation: validated({ verdict: 'data invalid', findings: [failure] }),
        judgement: null,
      }),
    );
    expect(decision.findings).toEqual([failure]);
    expect(ruleOf(decision, 'judgement')).toMatchObject({ state: 'skipped' });
  });

  it('lets head’s own result decide about a changed contract, and about a new one', () => {
    const [dataset] = validation.datasets;
    if (!dataset) throw new Error('no dataset');
    const both = {
      ...validation,
      datasets: [
        { ...dataset, contractFrom: 'base' as const, verdict: 'data invalid' as const, findings: [failure] },
        { ...dataset, contractFrom: 'head' as const },
      ],
    };
    const changed = requestOf({
      model: null,
      datasets: ['flights'],
      configuration: ['datasets/flights.yml'],
    });
    const input = proposalInput({ change: changed, model: null, validation: both, judgement: null });
    expect(decideApproved(input).kind).toBe('allowed');
    const added = { ...input, change: { ...changed, newDatasets: ['flights'] } };
    expect(decideApproved(added).kind).toBe('allowed');
    expect(decideApproved({ ...input, change: { ...changed, configuration: [] } }).verdict).toBe(
      'data invalid',
    );
  });
});
