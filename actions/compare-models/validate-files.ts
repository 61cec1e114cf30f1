import { dirname, join } from 'node:path';
import type { DataEngine, DataFile } from '../../adapters/engine/engine.ts';
import type { Contract } from '../../core/config/contract.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { openLocator } from '../../core/config/position.ts';
import { judgeGovernance } from '../../core/dataset/governance.ts';
import { judgeDataset } from '../../core/dataset/judge.ts';
import { type CheckPlan, planChecks } from '../../core/dataset/plan.ts';
import type { Positions } from '../../core/dataset/positions.ts';
import { InputError } from '../../core/error/error.ts';
import type { DatasetValidation } from '../../core/evidence/evidence.ts';
import { isFailure } from '../../core/finding/finding.ts';
import { digestBytes, digestOf } from '../../core/json/canonical.ts';

export interface FileInputs {
  readonly data: readonly string[];
  readonly contract: string;
  /** ISO instant, UTC. */
  readonly now: string;
}

export interface FileDeps {
  readFile(path: string): Promise<Uint8Array>;
  openEngine(): Promise<DataEngine>;
}

/**
 * Checks files of the workspace by a contract.
 * @returns null when no data is named
 * @throws InputError CONTRACT_MISSING, CONFIG_INVALID; ServiceError ENGINE_MISSING
 */
export async function validateFiles(inputs: FileInputs, deps: FileDeps): Promise<DatasetValidation | null> {
  if (inputs.data.length === 0) return null;
  if (inputs.contract === '') {
    throw new InputError(
      'CONTRACT_MISSING',
      'The input "data" names files, and "contract" names none to check them by',
      {
        hint: 'Give the input contract, for example datasets/flights.yml.',
      },
    );
  }
  const text = new TextDecoder().decode(await deps.readFile(inputs.contract));
  const contract = parseContract(text, inputs.contract);
  const known = await readKnown(contract, dirname(inputs.contract), deps);
  const positions: Positions = openLocator(text, inputs.contract);
  const engine = await deps.openEngine();
  try {
    const files = inputs.data.map((path) => ({ path, local: path }));
    const plan = planChecks(contract);
    const measured = await engine.profile(plan, files, { others: listOthers(plan) });
    const findings = [
      ...judgeGovernance(contract, known, null, inputs.now.slice(0, 10), positions),
      ...judgeDataset(contract, measured, positions, inputs.now).findings,
    ];
    return {
      dataset: contract.dataset,
      contractPath: inputs.contract,
      contractDigest: digestBytes(text),
      contractFrom: 'head',
      inherited: [],
      files: [],
      dataDigest: digestOf(inputs.data),
      rows: measured.rows,
      verdict: findings.some(isFailure) ? 'data invalid' : 'pass',
      findings,
      record: null,
    };
  } finally {
    engine.close();
  }
}

/** Most contracts that are read for what they pass on: their names are whoever wrote the contracts. */
const mostAncestors = 1000;

/** Contracts that lie beside this one, of the datasets that it was made from. One that cannot be read is a finding later. */
async function readKnown(
  contract: Contract,
  folder: string,
  { readFile }: FileDeps,
): Promise<ReadonlyMap<string, Contract>> {
  const known = new Map<string, Contract>();
  const waiting = [...contract.derivedFrom];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (known.has(name) || known.size >= mostAncestors) continue;
    const path = join(folder, `${name}.yml`);
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null) continue;
    const ancestor = parseContract(new TextDecoder().decode(bytes), path);
    known.set(name, ancestor);
    waiting.push(...ancestor.derivedFrom);
  }
  return known;
}

/** Tables of the workspace that rules compare with: a pointer stands for the data beside it. */
function listOthers({ rules }: CheckPlan): ReadonlyMap<string, readonly DataFile[]> {
  return new Map(
    rules.flatMap((rule) => {
      if (rule.kind !== 'overlap') return [];
      const path = rule.other.replace(/\.dvc$/, '');
      return [[rule.other, [{ path, local: path }]]];
    }),
  );
}
