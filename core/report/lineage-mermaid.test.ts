import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildLineage } from '../lineage/build.ts';
import { contract } from '../lineage/contract.fixture.ts';
import { traceDown, traceUp } from '../lineage/trace.ts';
import { escapeLabel, renderLineageMermaid } from './lineage-mermaid.ts';
import { renderLineageTree } from './lineage-tree.ts';

test('whatever a source is called, a label holds no character that Mermaid reads', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeLabel(text).replace(/#\d+;/g, '')).toMatch(/^[\p{L}\p{N} _.,@/+-]*$/u);
    }),
  );
  expect(escapeLabel('a"]; click n0 "x')).toBe('a#34;#93;#59; click n0 #34;x');
});

test('every line of a flowchart is a node or an arrow, also with hostile sources', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), (source) => {
      const lineage = buildLineage({ contracts: [{ ...contract, source, derivedFrom: ['a'] }], states: [] });
      const id = `dataset:${contract.dataset}`;
      const traces = [traceUp(lineage, id), traceDown(lineage, id)];
      const lines = renderLineageMermaid(traces, lineage).split('\n');
      expect(lines[0]).toBe('flowchart LR');
      for (const line of lines.slice(1)) {
        expect(line).toMatch(
          /^ {2}n\d+(?:[[(/]{1,2}"[^"]*"[\])/]{1,2}| (?:-->|-\.->)(?:\|"[^"]*"\|)? n\d+)$/,
        );
      }
      // One line each in the terminal too: no control character of the source gets through.
      expect(renderLineageTree(traces, [])).not.toMatch(/[^\P{Cc}\n]/u);
    }),
    { numRuns: 200 },
  );
});

test('a tree says what binds and where it comes from', () => {
  const child = { ...contract, dataset: 'late', source: 'ours', derivedFrom: ['flights'], access: [] };
  const lineage = buildLineage({ contracts: [{ ...contract, source: 'the bureau' }, child], states: [] });
  const text = renderLineageTree([traceUp(lineage, 'dataset:late'), traceDown(lineage, 'dataset:late')], []);
  expect(text).toContain('binds: ');
  expect(text).toContain('carries from dataset:flights: ');
  expect(text).toContain('access no model');
  expect(text).toContain('Went into: nothing that is known');
  expect(text).toContain('└─ transformation:late (what makes late from flights)');
});
