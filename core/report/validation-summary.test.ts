import { expect, test } from 'vitest';
import type { Observation } from '../dataset/observation.ts';
import type { DriftReport } from '../drift/drift.ts';
import { sampleValidation } from './sample.fixture.ts';
import { renderSummary } from './summary.ts';

const kept = (code: string, column: string): Observation => ({
  ...{ code, column, result: 'kept', severity: 'fail', found: 'no row', allowed: 'no empty cell', rows: 10 },
});
const drift: DriftReport = {
  ...{ reference: 'data of flight-delay v1', referenceRows: 500, rows: 10, schema: [] },
  columns: [
    {
      ...{ column: 'delay', type: 'integer', test: 'psi', result: 'not enough rows', severity: 'warn' },
      ...{ effect: null, limit: 0.1, pValue: null, adjustedP: null, rows: 10, referenceRows: 500 },
      ...{ method: 'PSI', because: '10 rows, and 200 are asked for' },
    },
  ],
};
const observations = [kept('data/nulls', 'delay'), kept('data/drift', 'delay')];

test('numbers are told also when everything is kept', () => {
  const page = renderSummary(sampleValidation([]), [{ observations, drift: null }]);
  expect(page).toContain('✅ Pass: 1 dataset keeps its contract');
  expect(page).toContain('`data/nulls`');
  expect(page).toContain('`data/drift`');
});

test('drift stands once, in its own table, with its reference and its words', () => {
  const page = renderSummary(sampleValidation([]), [{ observations, drift }]);
  expect(page).toContain('data of flight-delay v1');
  expect(page).toContain('not enough rows');
  expect(page).toContain('`data/nulls`');
  expect(page).not.toContain('`data/drift`');
});

test('without details only what evidence says is shown', () => {
  expect(renderSummary(sampleValidation([]))).not.toContain('measurements');
});
