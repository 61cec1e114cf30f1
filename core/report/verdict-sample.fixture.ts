import type { Gate } from '../config/policy.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import type { Decision } from '../policy/decision.ts';
import type { Report } from './report.ts';
import {
  ben,
  brokenData,
  commit,
  rita,
  sampleJudgement,
  sampleReport,
  sampleValidation,
} from './sample.fixture.ts';

const manyGates = (count: number, min: number): readonly Gate[] =>
  Array.from({ length: count }, (_, at) => ({ metric: 'auc', min: Number((min + at / 100_000).toFixed(5)) }));

/** The five verdicts, each with that many gates or, where nothing was judged, that many findings. */
export function verdictReports(count: number): Readonly<Record<Decision['verdict'], Report>> {
  const gates = manyGates(count, 0.6);
  const failing = manyGates(count, 0.66);
  const broken = Array.from({ length: count }, (_, at): Finding => {
    const finding = brokenData[at % 2 === 0 ? 0 : 1] ?? (brokenData[0] as Finding);
    return { ...finding, message: `${finding.message} (${at})`, firstRow: at + 1 };
  });
  const gateRules = gates.map(
    (gate) => ({ rule: `auc min ${gate.min}`, state: 'met', because: 'It is.', children: [] }) as const,
  );
  return {
    pass: sampleReport({
      gates,
      decision: { rules: [{ rule: 'gates', state: 'met', because: 'All pass.', children: gateRules }] },
    }),
    fail: sampleReport({
      gates: failing,
      input: { judgement: sampleJudgement(0.573) },
      decision: {
        kind: 'refused',
        verdict: 'fail',
        counted: [],
        rules: [
          { rule: 'gates', state: 'refused', because: 'auc min 0.66: 0.573 is 0.087 below it', children: [] },
        ],
        findings: failing.map((gate) => ({
          code: 'gate/failed',
          severity: 'fail',
          message: `auc min ${gate.min}: too low`,
          found: '0.573',
          allowed: `at least ${gate.min}`,
          fix: 'Improve the model and push again, or ask the owners to change the gate in model.yml.',
        })),
        missing: [{ role: 'reviewer', count: 1, candidates: ['rita', 'omar'] }],
      },
    }),
    'data invalid': sampleReport({
      input: { validation: sampleValidation(broken), judgement: null },
      decision: {
        kind: 'refused',
        verdict: 'data invalid',
        subject: null,
        counted: [],
        rules: [
          { rule: 'data', state: 'refused', because: 'The data does not meet its contract.', children: [] },
        ],
        findings: broken.filter(isFailure),
      },
    }),
    'not evaluated': sampleReport({
      gates,
      input: { judgement: null },
      decision: {
        kind: 'not evaluated',
        verdict: 'not evaluated',
        subject: null,
        counted: [],
        rules: [
          {
            rule: 'judgement',
            state: 'not evaluated',
            because: 'Run 8812 ended (failure) without judgement. This says nothing about the model.',
            children: [],
          },
        ],
        findings: [
          {
            code: 'judgement/missing',
            severity: 'fail',
            message: 'Run 8812 ended (failure) without judgement',
            fix: 'Open the run, mend what stopped it, and run it again. The workflow must call the trusted judgement workflow.',
          },
        ],
      },
    }),
    waiting: sampleReport({
      gates,
      decision: {
        kind: 'waiting',
        verdict: 'waiting',
        counted: [],
        rules: [{ rule: 'approvals', state: 'waiting', because: '0 of 1 reviewer.', children: [] }],
        missing: [{ role: 'reviewer', count: 1, candidates: ['rita', 'omar'] }],
        uncounted: [
          {
            reviewer: ben,
            commit: commit('9'),
            submittedAt: '2026-11-21T10:44:00Z',
            because: 'ben is a committer of this pull request.',
          },
          {
            reviewer: rita,
            commit: commit('8'),
            submittedAt: '2026-11-20T16:02:00Z',
            because: 'Given on 8888888: models/flight-delay/params.json changed since.',
          },
        ],
      },
    }),
  };
}
