import { describe, expect, it } from 'vitest';
import { productionNeeds } from '../config/production-need.ts';
import { model, policy } from '../evidence/evidence.fixture.ts';
import { decide } from '../policy/decide.ts';
import { promotionInput } from '../policy/decision.fixture.ts';
import { findingSections } from './finding-list.ts';
import { renderMarkdown } from './markdown.ts';
import { mergeSamples } from './sample-section.ts';
import { renderFindings } from './terminal.ts';
import { renderText } from './text.ts';

const missing = { kind: 'missing' } as const;
const { qualityOwner: _, infrastructureOwner: __, ...bare } = model;
const { findings } = decide(
  promotionInput({
    ...{ now: '2026-11-21T12:00:00Z', model: { ...bare, fallback: 'unknown' } },
    declared: { readiness: missing, risks: missing, waivers: [] },
    policy: { ...policy, production: { require: productionNeeds } },
  }),
);

describe('what to write', () => {
  it('is a block for each file that is missing, and one part of model.yml', () => {
    const samples = mergeSamples(findings.flatMap(({ sample }) => sample ?? []));
    expect(samples.map(({ file }) => file)).toEqual(
      ['readiness.yml', 'risks.yml', 'model.yml'].map((name) => `models/flight-delay/${name}`),
    );
    const config = samples[2]?.lines ?? [];
    // Functions of a limited risk stand under one key, which is written once.
    const at = config.indexOf('sign-offs:');
    expect(config.slice(at, at + 4)).toEqual([
      'sign-offs:',
      '  engineering: ROLE # a role of the policy',
      '  operations: ROLE # a role of the policy',
      'monitoring:',
    ]);
    expect(config).toEqual(expect.arrayContaining(['quality-owner:', 'service-level:']));
  });

  it('is a fence on a page and lines in a terminal, never one flattened line', () => {
    const blocks = findingSections(findings, () => '–').flatMap((section) => section.blocks);
    const page = renderMarkdown(blocks);
    expect(page).toContain(
      '**To write** into `models/flight-delay/risks.yml`:\n\n```yaml\nversion: 1\nrisks:\n',
    );
    expect(renderText(blocks)).toContain('\n  version: 1\n  risks:\n    - name: wrong-alarms\n');
    const risks = findings.filter(({ code }) => code === 'risks/missing');
    expect(renderFindings(risks)).toContain('\n    version: 1\n    risks:\n      - name: wrong-alarms\n');
    expect(page).not.toContain('risks: [{');
  });

  it('keeps what a line of data might do to the page inside of its fence', () => {
    const sample = { file: 'a`b|\n', lines: ['x: ```', '```', '\u202e<!--'] };
    const page = renderMarkdown(
      findingSections([{ code: 'a/b', severity: 'fail', message: 'm', fix: 'f', sample }], () => '–').flatMap(
        (section) => section.blocks,
      ),
    );
    expect(page).toContain('````yaml\nx: ```\n```\n<!--\n````');
  });

  it('of one file is added under the key that stands there, each line once', () => {
    const of = (...lines: readonly string[]) => ({ file: 'f', lines });
    expect(mergeSamples([of('a:', '  x: 1'), of('b: 2'), of('a:', '  x: 1', '  y: 3'), of('b: 2')])).toEqual([
      of('a:', '  x: 1', '  y: 3', 'b: 2'),
    ]);
    expect(mergeSamples([])).toEqual([]);
  });
});
