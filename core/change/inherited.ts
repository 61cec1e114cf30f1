import type { Contract } from '../config/contract.ts';
import { traceAncestry } from '../dataset/ancestry.ts';
import { digestBytes } from '../json/canonical.ts';
import type { Catalogue } from './catalogue.ts';

/** The contracts that a dataset inherits constraints from, by name: the job that checks data and the app agree by this. */
export function inheritedContracts(contract: Contract, { datasets }: Pick<Catalogue, 'datasets'>) {
  const known = new Map([...datasets].map(([name, { config }]) => [name, config]));
  return traceAncestry(contract, known).ancestors.flatMap(({ dataset }) => {
    const governed = datasets.get(dataset);
    return governed === undefined ? [] : [{ dataset, contractDigest: digestBytes(governed.text) }];
  });
}
