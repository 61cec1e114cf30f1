import { describe, expect, it } from 'vitest';
import { resultDigest } from '../evaluation/result-digest.ts';
import { digest, judgementOf, model, v1AtEu } from './evidence.fixture.ts';
import type { JudgementEvidence } from './evidence.ts';
import { checkJudgement } from './judgement-check.ts';
import { parseEvidence } from './parse-evidence.ts';
import { honestWorld, seal, type World } from './receipt.fixture.ts';
import { asItStands, facts, from, judgement, metric, type Row, receive } from './refusal.fixture.ts';

const v3AtEu = { endpoint: 'eu', version: 3, artifactDigest: digest('v3 bytes') };
const v1AtUs = { ...v1AtEu, endpoint: 'us' };

const rows: readonly Row[] = [
  ['another repository', from({ repositoryId: 7002 }), 'receipt/repository-id'],
  ['another repository name', from({ repository: 'eve/flights' }), 'receipt/repository'],
  ['another pull request', from({ pullRequest: 13 }), 'receipt/pull-request'],
  ['another head', from({ headSha: '1'.repeat(40) }), 'receipt/head'],
  ['another base branch', from({ baseRef: 'weak' }), 'receipt/base-ref'],
  ['another base commit', from({ baseSha: '2'.repeat(40) }), 'receipt/base-commit'],
  ['a base that is not governed', facts({ governed: false }), 'receipt/base-not-governed'],
  ['other content', from({ contentDigest: digest('other content') }), 'receipt/content'],
  ['content that changed since', facts({ contentDigest: digest('newer content') }), 'receipt/content'],
  ['another run in the evidence', from({ runId: 502 }), 'receipt/run'],
  ['an earlier attempt in the evidence', facts({ run: { id: 501, latestAttempt: 2 } }), 'receipt/attempt'],
  ['another model', judgement((evidence) => ({ ...evidence, model: 'other' })), 'receipt/model'],
  [
    'a version where one is proposed',
    judgement((evidence) => ({ ...evidence, version: 4 })),
    'receipt/version',
  ],
  ['another version than is moved', facts({ version: 4 }), 'receipt/version'],
  [
    'another artifact',
    judgement((evidence) => ({ ...evidence, artifact: { ...evidence.artifact, digest: digest('x') } })),
    'receipt/artifact',
  ],
  [
    'an artifact that nobody can find',
    facts({ artifact: { ids: [9001], digest: null } }),
    'receipt/artifact',
  ],
  [
    'an artifact of another run',
    judgement((evidence) => ({ ...evidence, artifactId: 8000 })),
    'receipt/artifact-id',
  ],
  [
    'a proposal without an artifact of the run',
    judgement((evidence) => ({ ...evidence, artifactId: null })),
    'receipt/artifact-id',
  ],
  [
    'a promotion judged on an artifact of a run',
    (world) => facts({ version: 2 })(judgement((evidence) => ({ ...evidence, version: 2 }))(world)),
    'receipt/artifact-id',
  ],
  [
    'old rules',
    judgement((evidence) => ({ ...evidence, rulesDigest: digest('old rules') })),
    'receipt/rules',
  ],
  [
    'another champion version',
    judgement((evidence) => ({ ...evidence, champions: [v3AtEu] })),
    'receipt/champions',
  ],
  [
    'another champion artifact',
    judgement((evidence) => ({ ...evidence, champions: [{ ...v1AtEu, artifactDigest: digest('y') }] })),
    'receipt/champions',
  ],
  ['a missing endpoint', facts({ champions: [v1AtEu, v1AtUs] }), 'receipt/champions'],
  [
    'an endpoint that serves nothing',
    judgement((evidence) => ({ ...evidence, champions: [v1AtEu, v1AtUs] })),
    'receipt/champions',
  ],
  ['a champion that changed meanwhile', facts({ champions: [v3AtEu] }), 'receipt/champions'],
  [
    'compared with nobody though v1 serves',
    judgement((evidence) => ({ ...evidence, comparisons: judgementOf().comparisons })),
    'receipt/comparison',
  ],
  ['compared with an old champion', facts({ champions: [v3AtEu] }), 'receipt/comparison'],
  ['no comparison at all', judgement((evidence) => ({ ...evidence, comparisons: [] })), 'receipt/comparison'],
  [
    'no predictions of the champion',
    judgement((evidence) => ({ ...evidence, predictions: { ...evidence.predictions, champions: {} } })),
    'receipt/predictions',
  ],
  [
    'predictions of another champion',
    judgement((evidence) => ({
      ...evidence,
      predictions: { ...evidence.predictions, champions: { '3': digest('p3') } },
    })),
    'receipt/predictions',
  ],
  [
    'other held-out features',
    judgement((evidence) => ({
      ...evidence,
      heldOut: { ...evidence.heldOut, featuresDigest: digest('easy') },
    })),
    'receipt/held-out-features',
  ],
  [
    'other held-out labels',
    judgement((evidence) => ({
      ...evidence,
      heldOut: { ...evidence.heldOut, labelsDigest: digest('easy') },
    })),
    'receipt/held-out-labels',
  ],
  [
    'too few held-out rows',
    judgement((evidence) => ({ ...evidence, heldOut: { ...evidence.heldOut, rows: 99 } })),
    'receipt/rows',
  ],
  [
    'a gate outcome edited to pass',
    (world) => ({ ...asItStands(passEverything)(failing(world)) }),
    'receipt/gates',
  ],
  [
    'a gate left out',
    judgement((evidence) => ({
      ...evidence,
      comparisons: evidence.comparisons.map((each) => ({ ...each, gates: each.gates.slice(1) })),
    })),
    'receipt/gates',
  ],
  [
    'gates of a weaker model.yml',
    facts({ model: { ...model, gates: [{ metric: 'auc', min: 0.9 }] } }),
    'receipt/gates',
  ],
  [
    'the verdict edited',
    (world) => asItStands((evidence) => ({ ...evidence, verdict: 'pass' }))(failing(world)),
    'receipt/verdict',
  ],
  [
    'a verdict of pass beside a failure',
    judgement((evidence) => ({
      ...evidence,
      findings: [{ code: 'evaluation/x', severity: 'fail', message: 'm', fix: 'f' }],
    })),
    'receipt/verdict',
  ],
  [
    'the result digest edited',
    asItStands((evidence) => ({ ...evidence, resultDigest: digest('result') })),
    'receipt/result',
  ],
  [
    'a metric edited under the old result digest',
    asItStands(metric({ challenger: 0.651 })),
    'receipt/result',
  ],
  ['a metric that is only claimed', judgement(metric({ grade: 'claimed' })), 'receipt/metric'],
  ['a metric that is only measured', judgement(metric({ grade: 'measured' })), 'receipt/metric'],
  ['a metric whose direction is turned', judgement(metric({ higherIsBetter: false })), 'receipt/metric'],
  ['an interval that is turned', judgement(metric({ differenceInterval: [0.1, -0.1] })), 'EVIDENCE_INVALID'],
  ['a p-value below 0', judgement(metric({ pBetter: -1 })), 'EVIDENCE_INVALID'],
  ['a standard error below 0', judgement(metric({ standardError: -1 })), 'EVIDENCE_INVALID'],
  [
    'a comparison without the numbers of the champion',
    judgement(metric({ champion: null, difference: null })),
    'receipt/metric',
  ],
  [
    'numbers of a champion that does not serve',
    (world) =>
      facts({ champions: [] })({
        ...world,
        evidence: {
          ...judgementOf(),
          comparisons: judgementOf({ champions: [v1AtEu] }).comparisons.map((each) => ({
            ...each,
            against: null,
          })),
        },
      }),
    'receipt/metric',
  ],
  ['a metric that is text', asItStands(metric({ challenger: '0.99' as never })), 'EVIDENCE_INVALID'],
  [
    'a metric twice',
    asItStands((evidence) => ({
      ...evidence,
      comparisons: evidence.comparisons.map((each) => ({
        ...each,
        metrics: [...each.metrics, ...each.metrics],
      })),
    })),
    'EVIDENCE_INVALID',
  ],
  ['an unknown key', asItStands((evidence) => ({ ...evidence, waived: true }) as never), 'EVIDENCE_INVALID'],
  ['a missing key', asItStands(({ findings: _, ...evidence }) => evidence as never), 'EVIDENCE_INVALID'],
  [
    'an unknown verdict',
    asItStands((evidence) => ({ ...evidence, verdict: 'ok' as never })),
    'EVIDENCE_INVALID',
  ],
  ['a fractional version', asItStands((evidence) => ({ ...evidence, version: 1.5 })), 'EVIDENCE_INVALID'],
  [
    'one champion twice',
    asItStands((evidence) => ({ ...evidence, champions: [v1AtEu, v1AtEu] })),
    'EVIDENCE_INVALID',
  ],
  [
    'the wrong kind of evidence',
    asItStands((evidence) => ({ ...evidence, kind: 'validation' }) as never),
    'EVIDENCE_INVALID',
  ],
];

function failing(world: World): World {
  return { ...world, evidence: judgementOf({ champions: [v1AtEu], auc: 0.55 }) };
}

function passEverything(evidence: JudgementEvidence): JudgementEvidence {
  const comparisons = evidence.comparisons.map((each) => ({
    ...each,
    gates: each.gates.map((gate) => ({ ...gate, result: 'pass' as const })),
  }));
  const { artifact, heldOut } = evidence;
  return {
    ...evidence,
    comparisons,
    verdict: 'pass',
    resultDigest: resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons }),
  };
}

describe('a judgement that the right judge signed, with wrong inputs', () => {
  it.each(rows)('%s', (_name, change, code) => {
    const original = honestWorld();
    expect(receive(original)).toEqual([]);
    expect(receive(change(original))).toContain(code);
  });

  it('has each row once', () => {
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  it('says in every refusal what was said, what was found and what to do', () => {
    for (const [, change] of rows) {
      const world = change(honestWorld());
      const sealed = world.onTheWay(seal(world));
      let evidence: ReturnType<typeof parseEvidence>;
      try {
        evidence = parseEvidence(sealed.text);
      } catch {
        continue;
      }
      if (evidence.kind !== 'judgement') continue;
      for (const finding of checkJudgement(evidence, world.facts)) {
        expect(finding.severity).toBe('fail');
        expect(finding.message.length).toBeGreaterThan(20);
        expect(finding.fix.length).toBeGreaterThan(10);
      }
    }
  });

  it('refuses NaN, which no JSON carries, when it is handed over as a value', () => {
    const { evidence, facts: found } = honestWorld();
    const codes = checkJudgement(metric({ challenger: Number.NaN })(evidence), found).map(
      (each) => each.code,
    );
    expect(codes).toContain('receipt/metric');
    const endless = checkJudgement(
      metric({ differenceInterval: [0, Number.POSITIVE_INFINITY] })(evidence),
      found,
    );
    expect(endless.map((each) => each.code)).toContain('receipt/metric');
  });
});
