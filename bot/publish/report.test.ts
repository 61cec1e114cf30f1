import { expect, it } from 'vitest';
import { digest, judgementOf } from '../../core/evidence/evidence.fixture.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { toChampion } from './report.ts';

const champions = [{ endpoint: 'eu', version: 3, artifactDigest: digest('v3') }];
const judgement = { ...judgementOf(), champions };
const lineage = { run: judgement.claimed, datasets: [] };
const states = (version: number) =>
  new Map([
    [judgement.model, { versions: new Map([[version, { record: { lineage } }]]) } as unknown as ModelState],
  ]);

it('tells how the version came about that was compared with, from its record in the ledger', () => {
  expect(toChampion({ judgement }, { states: states(3) })).toEqual({
    champion: { name: 'v3', ...lineage },
  });
});

it('tells nothing without a champion, without its record, or without a judgement', () => {
  expect(toChampion({ judgement }, { states: states(4) })).toEqual({});
  expect(toChampion({ judgement: { ...judgement, champions: [] } }, { states: states(3) })).toEqual({});
  expect(toChampion({ judgement: null }, { states: states(3) })).toEqual({});
});
