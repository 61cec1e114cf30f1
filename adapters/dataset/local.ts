import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Contract } from '../../core/config/contract.ts';
import type { DriftRules } from '../../core/config/drift-rules.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { openLocator } from '../../core/config/position.ts';
import { type ListedFile, resolveFiles } from '../../core/dataset/files.ts';
import { judgeGovernance, mayRead } from '../../core/dataset/governance.ts';
import type { Observation } from '../../core/dataset/observation.ts';
import type { Positions } from '../../core/dataset/positions.ts';
import { InputError } from '../../core/error/error.ts';
import type { DatasetValidation } from '../../core/evidence/evidence.ts';
import { type Finding, isFailure } from '../../core/finding/finding.ts';
import type { DataEngine, DataFile, Progress } from '../engine/engine.ts';
import { LocalTables } from './local-tables.ts';
import { type Measurement, measureDataset } from './measure.ts';
import type { TableSource } from './tables.ts';

export interface LocalInputs {
  /** Folder that every path is relative to. */
  readonly root: string;
  readonly contract: Contract;
  readonly path: string;
  readonly text: string;
  /** Every contract that is known here, by dataset. */
  readonly known: ReadonlyMap<string, Contract>;
  /** Files of the working tree, and those that a person named. */
  readonly paths: readonly string[];
  readonly model: Pick<ModelConfig, 'model' | 'driftLimits'> | null;
  /** Where data lies that is not checked out. */
  readonly place: Pick<TableSource, 'dataUrl' | 'network' | 'openRemote'>;
  /** In place of that of the contract; null: as the contract says. */
  readonly reference: DriftRules['reference'] | null;
  readonly engine: DataEngine;
  /** An empty folder of ours with room for the data. */
  readonly workdir: string;
  /** ISO instant, UTC. */
  readonly now: string;
  readonly onProgress?: (progress: Progress) => void;
}

/** What a check on this machine found: the same judgement as on the pull request, without evidence. */
export interface LocalResult {
  readonly verdict: DatasetValidation['verdict'];
  readonly findings: readonly Finding[];
  readonly observations: readonly Observation[];
  readonly measurement: Measurement | null;
  readonly notes: readonly string[];
  /** Files of the tree that were read where they lie. */
  readonly localFiles: readonly DataFile[];
}

/** Checks the data of a working tree by one contract: governance, contract, drift against a reference that lies here. */
export async function checkLocal(inputs: LocalInputs): Promise<LocalResult> {
  const { text, path, root, model } = inputs;
  const contract = withReference(inputs);
  const positions: Positions = openLocator(text, path);
  const listing = new Map(inputs.paths.map((each): [string, ListedFile] => [each, toListed(each)]));
  const { files, findings } = resolveFiles(contract, listing, positions);
  const tables = new LocalTables(root, { ...inputs.place, workdir: inputs.workdir });
  const read = await tables.readFacts(files);
  const governance = judgeGovernance(
    contract,
    inputs.known,
    model?.model ?? null,
    inputs.now.slice(0, 10),
    positions,
  );
  const before = [...governance, ...findings, ...read.findings];
  const notes = referenceNotes(contract);
  if (!mayRead(before)) {
    const verdict = read.evaluated ? 'data invalid' : 'not evaluated';
    return {
      verdict,
      findings: before,
      observations: [],
      measurement: null,
      notes: [...notes, ...tables.notes],
      localFiles: [],
    };
  }
  const { onProgress } = inputs;
  const outcome = await measureDataset({
    ...{ contract, facts: read.facts, positions, engine: inputs.engine, tables, listing, now: inputs.now },
    governing: null,
    limits: model?.driftLimits?.[contract.dataset] ?? {},
    references: contract.drift.reference.kind === 'champion' ? null : localReferences(root),
    ...(onProgress ? { onProgress } : {}),
  });
  const all = [...before, ...outcome.findings];
  return {
    verdict: outcome.evaluated ? (all.some(isFailure) ? 'data invalid' : 'pass') : 'not evaluated',
    findings: all,
    observations: outcome.observations,
    measurement: outcome.measurement,
    notes: [...notes, ...tables.notes],
    localFiles: tables.localFiles,
  };
}

function withReference({ contract, reference }: LocalInputs): Contract {
  return reference === null ? contract : { ...contract, drift: { ...contract.drift, reference } };
}

/** The data of the champion is known to the ledger and the store, which a laptop need not reach. */
function referenceNotes({ drift }: Contract): readonly string[] {
  if (drift.reference.kind !== 'champion') return [];
  return [
    'Drift was not looked at: the data of the champion is compared on the pull request. Compare here with --reference FILE.',
  ];
}

/** Nothing is known of a file on disk but its path: nobody takes it for a commit's. */
const toListed = (path: string): ListedFile => ({ path, mode: '100644', blob: path });

function localReferences(root: string) {
  return {
    trainedVersions: async () => [],
    get: async () => {
      throw new InputError('REFERENCE_MISSING', 'there is no store on this machine', {
        hint: 'Compare with a file: --reference FILE.',
      });
    },
    readFile: (path: string) => readFile(resolve(root, path)).catch(() => null),
  };
}
