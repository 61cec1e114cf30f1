import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelYaml } from '../../core/change/declared.fixture.ts';
import { parseBreakGlass, parseBreakGlassReview } from '../../core/config/break-glass-file.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { presetNeeds, productionNeeds, requiredItems } from '../../core/config/production-need.ts';
import { parseReadiness } from '../../core/config/readiness-file.ts';
import { parseRisks } from '../../core/config/risks-file.ts';
import { parseWaiver } from '../../core/config/waiver-file.ts';
import { parseWithdrawn } from '../../core/config/withdrawn-file.ts';
import { fencesOf } from './markdown.ts';

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'guides', 'governing.md'), 'utf8');
const examples = fencesOf(guide).map(({ text }) => ({ path: /^# (\S+)\n/.exec(text)?.[1] ?? '', text }));
const policyFrame = `version: 1
preset: small-team
roles: { reviewer: { users: [rita, omar] }, risk: { users: [rosa, omar] }, governor: { users: [ada, eve] } }
store: file:///srv/store
data: file:///srv/dvc
trusted: { repository: acme/gatehouse, shas: ['${'0'.repeat(40)}'] }
`;
const parsers: Readonly<Record<string, (text: string, path: string) => unknown>> = {
  '.github/gatehouse.yml': (text, path) => parsePolicy(`${policyFrame}${text}`, path),
  'models/churn/model.yml': (text, path) => parseModelConfig(`${modelYaml('churn')}${text}`, path, 'churn'),
  'models/churn/readiness.yml': parseReadiness,
  'models/churn/risks.yml': parseRisks,
  'waivers/new-region.yml': (text, path) => parseWaiver(text, path, 'new-region'),
  'break-glass/eu-outage.yml': (text, path) => parseBreakGlass(text, path, 'eu-outage'),
  'break-glass/eu-outage.review.yml': (text, path) => parseBreakGlassReview(text, path, 'eu-outage'),
  'models/churn/withdrawn.yml': parseWithdrawn,
};

describe('the guide to governing', () => {
  it.each(examples)('has an example of $path that can be read', ({ path, text }) => {
    expect(() => parsers[path]?.(text, path)).not.toThrow();
    expect(Object.keys(parsers)).toContain(path);
  });

  it('names every need, and what presets require', () => {
    for (const need of productionNeeds) expect(guide).toContain(need);
    expect(presetNeeds).toEqual({
      'small-team': [],
      team: ['owners', 'fallback'],
      regulated: productionNeeds,
    });
  });

  it('shows a review with every item of a limited risk', () => {
    const { items } = parseReadiness(
      examples.find(({ path }) => path.endsWith('readiness.yml'))?.text ?? '',
      'readiness.yml',
    );
    const shown = (area: string) => items.filter((item) => item.area === area).map(({ item }) => item);
    for (const [area, required] of Object.entries(requiredItems.limited))
      expect(shown(area)).toEqual(required);
  });
});
