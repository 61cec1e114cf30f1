import { endpointPath, statePath, versionPath } from './layout.ts';
import type { ModelState } from './ledger.ts';
import { answerModel, type ModelAnswer, servingStays, shownVersion } from './registry-answer.ts';
import { parseEndpointFile, parseVersionFile } from './registry-files.ts';
import { renderModelFiles } from './render.ts';
import { parseStateFile } from './state-file.ts';

/**
 * The answer about a model as its files stood when it was in this state.
 * @returns null for a model without a version
 */
export function answerState(state: ModelState): ModelAnswer | null {
  const { model, versions } = state;
  if (versions.size === 0) return null;
  const files = renderModelFiles(state, { modelCard: () => '' });
  const text = (path: string): string => files.get(path) ?? '';
  const then = parseStateFile(text(statePath(model)), statePath(model), model);
  const shown = shownVersion(then);
  if (shown === null) return null;
  const recordPath = versionPath(model, shown);
  const record = parseVersionFile(text(recordPath), recordPath, model, shown);
  const endpoints = servingStays(then).map(({ endpoint }) => {
    const path = endpointPath(endpoint, model);
    return parseEndpointFile(text(path), path, model, endpoint);
  });
  return answerModel(then, endpoints, record);
}
