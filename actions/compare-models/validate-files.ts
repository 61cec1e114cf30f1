import type { DataEngine } from '../../adapters/engine/engine.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { locate } from '../../core/config/position.ts';
import { judgeGovernance } from '../../core/dataset/governance.ts';
import { judgeColumns } from '../../core/dataset/judge.ts';
import { planChecks } from '../../core/dataset/plan.ts';
import type { Positions } from '../../core/dataset/positions.ts';
import { InputError } from '../../core/error/error.ts';
import type { DatasetValidation } from '../../core/evidence/evidence.ts';
import { isFailure } from '../../core/finding/finding.ts';
import { digestBytes, digestOf } from '../../core/json/canonical.ts';

export interface FileInputs {
  readonly data: readonly string[];
  readonly contract: string;
  /** ISO date, UTC. */
  readonly today: string;
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
  const positions: Positions = (pointer) => locate(text, pointer, inputs.contract);
  const engine = await deps.openEngine();
  try {
    const files = inputs.data.map((path) => ({ path, local: path }));
    const measured = await engine.profile(planChecks(contract), files);
    const findings = [
      ...judgeGovernance(contract, null, inputs.today, positions),
      ...judgeColumns(contract, measured, positions),
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
