import { expect, it } from 'vitest';
import * as layout from './layout.ts';

it('every file of the ledger lies where readers of every age look for it', () => {
  expect([layout.headPath, layout.incidentsPath]).toEqual(['audit/HEAD.json', 'audit/incidents.yml']);
  expect(layout.frontPagePath('own')).toBe('README.md');
  expect(layout.frontPagePath('shared')).toBe('audit/README.md');
  expect(layout.versionPath('growth/churn', 7)).toBe('models/growth/churn/versions/0007.yml');
  expect(layout.statePath('churn')).toBe('models/churn/state.yml');
  expect(layout.statusPath('churn')).toBe('models/churn/status.yml');
  expect(layout.cardPath('churn')).toBe('models/churn/MODEL_CARD.md');
  expect(layout.endpointPath('eu', 'churn')).toBe('endpoints/eu/churn.yml');
  expect(layout.transactionPath('churn', 42)).toBe('audit/churn/000/000042.json');
  expect(layout.operationPath('churn', 'abc')).toBe('audit/churn/ops/abc');
});

it.each([
  'audit/churn/ops/000/000042.json.txt',
  'x/audit/churn/000/000042.json',
  'audit/000/000042.json',
  'audit/churn/00/000042.json',
  'audit/churn/000/00042.json',
  'audit/churn/000/00004x.json',
  'audit/churn/0x0/000042.json',
])('%s is no entry', (path) => {
  expect(layout.isTransactionPath(path)).toBe(false);
});

it('beside people’s files the app writes its own alone, on its own branch everything', () => {
  const own = ['audit/HEAD.json', 'endpoints/eu/churn.yml', 'models/churn/state.yml'];
  const theirs = ['README.md', 'models/churn/model.yml', 'train.py'];
  for (const path of own) expect(layout.belongsToLedger(path, 'shared')).toBe(true);
  for (const path of theirs) expect(layout.belongsToLedger(path, 'shared')).toBe(false);
  for (const path of [...own, ...theirs]) expect(layout.belongsToLedger(path, 'own')).toBe(true);
});
