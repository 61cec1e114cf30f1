import { describe, expect, it } from 'vitest';
import { modelYaml } from '../change/declared.fixture.ts';
import { InputError } from '../error/error.ts';
import { isFailure } from '../finding/finding.ts';
import { isConfiguration, modelOfRules, waiverOfFile } from './layout.ts';
import { parseModelConfig } from './model-file.ts';
import { endOfMoment } from './moment.ts';
import { areas, requiredItems } from './production-need.ts';
import { parseReadiness } from './readiness-file.ts';
import { parseRisks } from './risks-file.ts';
import { parseWaiver } from './waiver-file.ts';

const pointersOf = (parse: () => unknown) => {
  try {
    parse();
  } catch (error) {
    if (error instanceof InputError)
      return error.findings.filter(isFailure).map(({ where }) => where?.pointer);
    throw error;
  }
  return [];
};

const waiver = `version: 1
model: growth/churn
gate: auc min 0.6
until: 2026-12-31
reason: A new region, few rows yet
by: omar
`;
const risk =
  '{ name: wrong-alarms, kind: quality, severity: high, status: open, control: a second look, owner: omar, review-by: 2026-12-31 }';

describe('files that people declare', () => {
  it('a waiver', () => {
    expect(parseWaiver(waiver, 'waivers/region.yml', 'region')).toEqual({
      name: 'region',
      model: 'growth/churn',
      gate: 'auc min 0.6',
      until: '2026-12-31',
      reason: 'A new region, few rows yet',
      by: 'omar',
    });
    const spoiled = (from: string, to: string) =>
      pointersOf(() => parseWaiver(waiver.replace(from, to), 'waivers/region.yml', 'region'));
    expect(spoiled('2026-12-31', 'for ever')).toEqual(['/until']);
    expect(spoiled('growth/churn', '../x')).toEqual(['/model']);
    expect(spoiled('omar', '"@omar"')).toEqual(['/by']);
    expect(spoiled('gate: auc min 0.6\n', '')).toEqual(['']);
    expect(pointersOf(() => parseWaiver(waiver, 'waivers/A B.yml', 'A B'))).toEqual(['']);
  });

  it('a readiness review and a risk register', () => {
    const text =
      'version: 1\nmonitoring: { alerting: { done: 2026-11-01, by: ada, link: "https://wiki.example/a" } }\nteam: { runbook: { by: ben } }\n';
    expect(parseReadiness(text, 'r').items).toEqual([
      { area: 'monitoring', item: 'alerting', done: '2026-11-01', by: 'ada', link: 'https://wiki.example/a' },
      { area: 'team', item: 'runbook', by: 'ben' },
    ]);
    expect(pointersOf(() => parseReadiness(text.replace('2026-11-01', '"yes"'), 'r'))).toEqual([
      '/monitoring/alerting/done',
    ]);
    expect(parseRisks(`version: 1\nrisks: [${risk}]\n`, 'r').risks).toMatchObject([
      { name: 'wrong-alarms', severity: 'high', reviewBy: '2026-12-31' },
    ]);
    expect(pointersOf(() => parseRisks('version: 1\nrisks: []\n', 'r'))).toEqual(['/risks']);
    expect(pointersOf(() => parseRisks(`version: 1\nrisks: [${risk}, ${risk}]\n`, 'r'))).toEqual(['/risks']);
  });

  it('asks for more of a higher risk, in every area', () => {
    for (const area of areas) {
      const [minimal, limited, high] = [
        requiredItems.minimal[area],
        requiredItems.limited[area],
        requiredItems.high[area],
      ];
      expect(minimal.length).toBeGreaterThan(0);
      expect(limited).toEqual(expect.arrayContaining([...minimal]));
      expect(high).toEqual(expect.arrayContaining([...limited]));
      expect(high.length).toBeGreaterThan(minimal.length);
    }
  });

  it('duties of a model: who answers, what is promised, who signs', () => {
    const text = `quality-owner: { users: [omar] }
infrastructure-owner: { teams: [acme/sre] }
service-level: { availability-percent: 99.9, latency-p95-ms: 200, respond-minutes: 60, restore-minutes: 240 }
monitoring: [{ signal: p95, limit: above 200 ms, owner: omar, procedure: docs/runbook.md }]
sign-offs: { security: sec, legal: law }
`;
    const read = (more: string) => parseModelConfig(`${modelYaml('churn')}${more}`, 'm', 'churn');
    expect(read(text)).toMatchObject({
      qualityOwner: { users: ['omar'], teams: [] },
      infrastructureOwner: { users: [], teams: ['acme/sre'] },
      serviceLevel: { availabilityPercent: 99.9, latencyP95Ms: 200, respondMinutes: 60, restoreMinutes: 240 },
      monitoring: [{ signal: 'p95', owner: 'omar' }],
      signOffs: { security: 'sec', legal: 'law' },
    });
    const keys = ['qualityOwner', 'infrastructureOwner', 'serviceLevel', 'monitoring', 'signOffs'];
    expect(Object.keys(read('')).filter((key) => keys.includes(key))).toEqual([]);
    expect(read(text.replace('latency-p95-ms: 200, ', '')).serviceLevel).not.toHaveProperty('latencyP95Ms');
    expect(pointersOf(() => read(text.replace('99.9', '101')))).toEqual([
      '/service-level/availability-percent',
    ]);
    expect(pointersOf(() => read(text.replace('security', 'safety')))).toContain('/sign-offs/safety');
    expect(pointersOf(() => read('monitoring: []\n'))).toEqual(['/monitoring']);
  });

  it('lie where configuration is governed', () => {
    expect(waiverOfFile('waivers/region.yml')).toBe('region');
    expect(waiverOfFile('waivers/deep/region.yml')).toBeNull();
    expect(modelOfRules('models/growth/churn/risks.yml')).toBe('growth/churn');
    for (const path of ['waivers/x.yml', 'models/a/readiness.yml', 'models/a/risks.yml'])
      expect(isConfiguration(path)).toBe(true);
  });

  it('a date lasts to the end of its day, a time is a moment', () => {
    expect(endOfMoment('2026-12-31')).toBe(Date.UTC(2027, 0, 1));
    expect(endOfMoment('2026-12-31T10:00:00Z')).toBe(Date.UTC(2026, 11, 31, 10));
    expect(endOfMoment('soon')).toBeNaN();
  });
});
