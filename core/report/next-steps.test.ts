import { expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import type { DecisionInput } from '../policy/decision.ts';
import { ruleOnMissing } from '../policy/missing-evidence.ts';
import { renderMarkdown } from './markdown.ts';
import { nextSteps } from './next-steps.ts';
import { sampleReport } from './sample.fixture.ts';

/** A judgement that ended with these words, and nothing else that could be told. */
function stepsAfter(message: string): string {
  const base = sampleReport();
  const run = {
    id: 1295,
    status: 'completed',
    conclusion: 'failure',
    url: 'https://github.example/run/1295',
  };
  const input: DecisionInput = {
    ...base.input,
    judgement: null,
    refusals: [],
    runs: [{ ...run, notes: [{ job: 'judge / store', message }] }],
  };
  const { findings } = ruleOnMissing('judgement', input);
  const decision = { ...base.decision, kind: 'not evaluated', verdict: 'not evaluated', findings } as const;
  return renderMarkdown(nextSteps({ ...base, input, decision }).blocks);
}

it('points at the column Fix after a wrong input, and does not send people to run it again', () => {
  const steps = stepsAfter(
    'Artifact 1173 belongs to another run. Fix: Pass the output artifact-id of this run.',
  );
  expect(steps).toContain('as the column "Fix" says');
  expect(steps).toContain('Push the fix');
  expect(steps).not.toMatch(/Re-run failed jobs|Pass the output|Open the run/);
});

it.each([
  'The runner was lost. Fix: See whether the machine is on, then re-run the failed jobs.',
  'exit code 137',
])('offers to run it again where that may help: %s', (message) => {
  const steps = stepsAfter(message);
  expect(steps).toContain('Re-run failed jobs');
  expect(steps).not.toContain('Push the fix');
});

it('asks for no push to this branch where another pull request must bring what is missing', () => {
  const finding = (fix: string): Finding => ({
    ...{
      code: 'readiness/missing',
      severity: 'fail',
      message: `It is missing: ${fix}`,
      found: 'nothing',
      allowed: 'it',
      fix,
    },
  });
  const stepsOf = (...fixes: readonly string[]) => {
    const base = sampleReport();
    const decision = {
      ...base.decision,
      kind: 'refused',
      verdict: 'fail',
      findings: fixes.map(finding),
    } as const;
    return renderMarkdown(nextSteps({ ...base, decision }).blocks);
  };
  const elsewhere = 'Add models/churn/readiness.yml in a pull request of its own: version: 1';
  expect(stepsOf(elsewhere)).not.toContain('Push the fix');
  expect(stepsOf(elsewhere, 'Name a number.')).toContain('Push the fix');
});
