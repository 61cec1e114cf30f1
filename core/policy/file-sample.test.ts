import { describe, expect, it } from 'vitest';
import type { Declared } from '../change/declared.ts';
import { parseBreakGlassReview } from '../config/break-glass-file.ts';
import { parseModelConfig } from '../config/model-file.ts';
import { parseReadiness } from '../config/readiness-file.ts';
import { parseRisks } from '../config/risks-file.ts';
import { model, policy } from '../evidence/evidence.fixture.ts';
import type { Sample } from '../finding/finding.ts';
import { decide } from './decide.ts';
import { promotionInput } from './decision.fixture.ts';
import {
  criteriaLines,
  sampleArea,
  sampleBreakGlassReview,
  sampleReadiness,
  sampleRisks,
} from './file-sample.ts';

const textOf = ({ lines }: Sample): string => `${lines.join('\n')}\n`;
const missing = { kind: 'missing' } as const;
const nothing: Declared = { readiness: missing, risks: missing, waivers: [] };

describe('what to write', () => {
  it('of a readiness review is one that can be read, and lets nothing through as it stands', () => {
    for (const risk of ['minimal', 'limited', 'high'] as const) {
      const config = { ...model, risk };
      const review = parseReadiness(textOf(sampleReadiness(config)), 'readiness.yml');
      expect(review.items.length).toBeGreaterThan(5);
      expect(review.items.every(({ done }) => done === undefined)).toBe(true);
      const rule = decide(
        promotionInput({
          ...{ now: '2026-11-21T12:00:00Z', model: config },
          declared: { ...nothing, readiness: { kind: 'read', value: review } },
          policy: { ...policy, production: { require: ['readiness'] } },
        }),
      ).rules.find((each) => each.rule === 'production');
      expect(rule?.children[0]?.children.map(({ state }) => state)).toEqual(Array(6).fill('refused'));
    }
  });

  it('with what only people can say left open is no file that passes', () => {
    const written = (sample: Sample, fill: Readonly<Record<string, string>>): string =>
      Object.entries(fill).reduce((text, [from, to]) => text.replaceAll(from, to), textOf(sample));
    const risks = sampleRisks('flight-delay');
    expect(() => parseRisks(textOf(risks), 'risks.yml')).toThrow();
    expect(parseRisks(written(risks, { 'YYYY-MM-DD': "'2026-12-31'" }), 'risks.yml').risks).toMatchObject([
      { severity: 'high', status: 'open' },
    ]);
    const area = sampleArea(model, 'team', ['runbook']);
    expect(() => parseReadiness(`version: 1\n${textOf(area)}`, 'readiness.yml')).toThrow();
    const done = `version: 1\n${written(area, { 'YYYY-MM-DD': '2026-11-01' })}`;
    expect(parseReadiness(done, 'readiness.yml').items).toHaveLength(1);
    const review = sampleBreakGlassReview('flight-delay', 7);
    expect(() => parseBreakGlassReview(textOf(review), 'break-glass/outage.review.yml', 'outage')).toThrow();
    expect(
      parseBreakGlassReview(written(review, { '# what happened': 'it' }), 'outage.review.yml', 'outage'),
    ).toMatchObject({ model: 'flight-delay', pullRequest: 7 });
  });

  it('of success criteria names every key of them', () => {
    const text = `version: 1\n${criteriaLines.join('\n')}\n`;
    const problems = (given: string): readonly string[] => {
      try {
        parseModelConfig(given, 'models/churn/model.yml', 'churn');
        return [];
      } catch (error) {
        return (error as { findings: readonly { where?: { pointer?: string } }[] }).findings.flatMap(
          ({ where }) => (where?.pointer?.startsWith('/criteria') ? [where.pointer] : []),
        );
      }
    };
    expect(problems(text)).toEqual(
      ['metric', 'baseline', 'improvement', 'method'].map((key) => `/criteria/${key}`),
    );
    expect(problems(text.replaceAll(': # ', ': '))).toEqual([]);
  });
});
