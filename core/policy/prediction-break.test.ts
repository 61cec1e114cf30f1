import { expect, test } from 'vitest';
import type { ModelConfig } from '../config/model.ts';
import type { PredictionContract } from '../config/prediction.ts';
import { model } from '../evidence/evidence.fixture.ts';
import { findPredictionChange } from './prediction-break.ts';

const pricing = { name: 'pricing', users: ['eve'], teams: [] };
const search = { name: 'search', users: [], teams: ['acme/search'] };
const promising = (fields: Partial<PredictionContract>): ModelConfig => ({
  ...model,
  prediction: { range: { min: 0, max: 1 }, consumers: [pricing], ...fields },
});
const file = 'models/flight-delay/model.yml';
const read = (config: ModelConfig | null) => ({ kind: 'read', config }) as const;

test('a wider range warns, and the consumers of base are asked, also one that the change takes out', () => {
  const found = findPredictionChange(
    promising({ consumers: [pricing, search] }),
    read(promising({ range: { min: 0, max: 2 }, consumers: [pricing] })),
    file,
  );
  expect(found?.consumers.map(({ name }) => name)).toEqual(['pricing', 'search']);
  expect(found?.findings).toMatchObject([{ code: 'prediction/breaking', severity: 'warn', where: { file } }]);
});

test('nobody is appointed by the change itself: of one name the people of base count', () => {
  const mine = { ...pricing, users: ['mallory'] };
  const after = promising({ range: { min: -1, max: 1 }, consumers: [mine] });
  expect(findPredictionChange(promising({}), read(after), file)?.consumers).toEqual([pricing]);
});

test.each([
  ['the same file', promising({}), { kind: 'same' } as const],
  ['a new model', null, read(promising({}))],
  ['a promise that is added', { ...model }, read(promising({}))],
  ['a narrower range', promising({}), read(promising({ range: { min: 0.1, max: 0.9 } }))],
  ['another description', promising({}), read({ ...promising({}), description: 'Another.' })],
  ['text that cannot be read, where nobody was promised anything', model, { kind: 'unreadable' } as const],
])('%s takes nothing from anybody', (_, before, head) => {
  expect(findPredictionChange(before, head, file)).toBeNull();
});

test('what is gone or cannot be read breaks those who were promised something', () => {
  expect(findPredictionChange(promising({}), read(null), file)?.consumers).toEqual([pricing]);
  const unreadable = findPredictionChange(promising({}), { kind: 'unreadable' }, file);
  expect(unreadable).toMatchObject({ findings: [{ code: 'prediction/not-compared' }], consumers: [pricing] });
});
