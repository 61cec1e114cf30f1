import type { RegistryReader } from '../adapters/registry/registry-reader.ts';
import {
  answerModel,
  type ModelAnswer,
  servingStays,
  shownVersion,
} from '../core/registry/registry-answer.ts';
import type { StateFile } from '../core/registry/state-file.ts';
import { unreadableFile } from '../core/registry/unreadable-file.ts';
import { unknownModel, unknownVersion } from './registry-source.ts';

/**
 * Reads everything about one model.
 * @param version null: what serves, else the newest
 * @throws InputError LEDGER_UNKNOWN_MODEL, LEDGER_UNKNOWN_VERSION, LEDGER_FILE_INVALID
 */
export async function readModel(
  reader: RegistryReader,
  model: string,
  version: number | null,
): Promise<ModelAnswer> {
  const state = await needState(reader, model);
  const shown = version ?? shownVersion(state);
  if (shown === null || !state.stages.has(shown)) {
    throw unknownVersion(model, `v${shown ?? 'none'}`, [...state.stages.keys()]);
  }
  const [record, ...endpoints] = await Promise.all([
    reader.record(model, shown),
    ...servingStays(state).map(({ endpoint }) => reader.endpoint(endpoint, model)),
  ]);
  if (record === null) {
    throw unreadableFile(`models/${model}/state.yml`, `it names v${shown}, which has no record`);
  }
  return answerModel(
    state,
    endpoints.flatMap((endpoint) => endpoint ?? []),
    record,
  );
}

/** @throws InputError LEDGER_UNKNOWN_MODEL */
export async function needState(reader: RegistryReader, model: string): Promise<StateFile> {
  const state = await reader.state(model);
  if (state === null) throw await unknownModel(reader, model);
  return state;
}
