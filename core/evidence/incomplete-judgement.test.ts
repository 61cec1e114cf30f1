import { describe, expect, it } from 'vitest';
import { digest, judgementOf, v1AtEu } from './evidence.fixture.ts';
import { honestWorld } from './receipt.fixture.ts';
import { judgement, receive } from './refusal.fixture.ts';

const v3AtEu = { endpoint: 'eu', version: 3, artifactDigest: digest('v3 bytes') };

describe('a judgement that lacks something', () => {
  const why = { code: 'judge/labels', severity: 'fail', message: 'No labels', fix: 'Ask again.' } as const;

  it('believes a judge that could not evaluate and says why: it can be no pass', () => {
    const unevaluated = judgement((evidence) => ({
      ...evidence,
      verdict: 'not evaluated',
      comparisons: [],
      heldOut: { ...evidence.heldOut, rows: 0 },
      findings: [why],
    }));
    expect(receive(unevaluated(honestWorld()))).toEqual([]);
    const silent = judgement((evidence) => ({ ...evidence, verdict: 'not evaluated' }));
    expect(receive(silent(honestWorld()))).toEqual(['receipt/verdict']);
  });

  it('believes no pass from a judge that says it lacked something, whatever its gates say', () => {
    const noLabels = { heldOut: { ...judgementOf().heldOut, rows: 0 }, comparisons: [], findings: [why] };
    for (const verdict of ['pass', 'fail'] as const) {
      const lying = judgement((evidence) => ({ ...evidence, ...noLabels, verdict }));
      expect(receive(lying(honestWorld()))).toEqual(['receipt/verdict']);
    }
    const passing = judgement((evidence) => ({ ...evidence, findings: [why] }));
    expect(receive(passing(honestWorld()))).toEqual(['receipt/verdict']);
  });

  it('believes a judge that failed against one champion and could not meet the other', () => {
    const champions = [v1AtEu, { ...v3AtEu, endpoint: 'us' }];
    const half = judgement(() => ({
      ...judgementOf({ champions, against: [1], auc: 0.55 }),
      findings: [why],
    }));
    const world = { ...honestWorld(), facts: { ...honestWorld().facts, champions } };
    expect(half(world).evidence.verdict).toBe('fail');
    expect(receive(half(world))).toEqual([]);
    const silent = judgement(() => judgementOf({ champions, against: [1], auc: 0.55 }));
    expect(receive(silent(world))).toEqual(['receipt/comparison']);
  });

  it('takes advice for no excuse: a warning does not make few rows enough', () => {
    const advice = judgement((evidence) => ({
      ...evidence,
      heldOut: { ...evidence.heldOut, rows: 99 },
      findings: [{ ...why, severity: 'warn' }],
    }));
    expect(receive(advice(honestWorld()))).toContain('receipt/rows');
  });
});
