import type { Finding } from '../finding/finding.ts';
import { at } from './finding-at.ts';
import { modelOfReadiness, modelOfRisks, modelOfWithdrawn, modelPath } from './layout.ts';
import type { Entry, RepositoryConfig } from './repository.ts';
import { suggest } from './suggestion.ts';

/**
 * Holds what people declare against the models that are there: a waiver or a request of a model that is not waives or
 * moves nothing, and a review beside no model is read by nobody.
 */
export function checkDeclared(
  files: ReadonlyMap<string, string>,
  config: RepositoryConfig,
): readonly Finding[] {
  const { waivers, breakGlass, breakGlassReviews } = config;
  return [
    ...[...waivers.values(), ...breakGlass.values(), ...breakGlassReviews.values()].flatMap((entry) =>
      checkModel(entry, config),
    ),
    ...[...breakGlass.values()].flatMap((entry) => checkEndpoints(entry, config)),
    ...[...files.keys()].flatMap((path) => checkNeighbour(path, config)),
  ];
}

function checkModel(
  entry: Entry<{ readonly model: string }>,
  { named }: RepositoryConfig,
): readonly Finding[] {
  const { model } = entry.value;
  if (named.models.has(model)) return [];
  const meant = suggest(model, [...named.models]);
  return [
    at(entry, '/model', {
      code: 'config/unknown-model',
      message: `there is no model "${model}"${didYouMean(meant)}`,
      found: model,
      allowed: [...named.models].join(', ') || 'none yet',
      fix: meant === null ? `Add ${modelPath(model)} or remove this file.` : `Write ${meant}.`,
    }),
  ];
}

function checkEndpoints(
  entry: Entry<{ readonly model: string; readonly production: Readonly<Record<string, number>> }>,
  { models }: RepositoryConfig,
): readonly Finding[] {
  const model = models.get(entry.value.model)?.value;
  if (model === undefined) return [];
  return Object.keys(entry.value.production)
    .filter((endpoint) => !model.endpoints.includes(endpoint))
    .map((endpoint) => {
      const meant = suggest(endpoint, model.endpoints);
      return at(entry, `/production/${endpoint}`, {
        code: 'config/unknown-endpoint',
        message: `model "${model.model}" has no endpoint "${endpoint}"${didYouMean(meant)}`,
        found: endpoint,
        allowed: model.endpoints.join(', ') || 'none: endpoints in model.yml is empty',
        fix: meant === null ? 'Name endpoints of the model.' : `Write ${meant}.`,
      });
    });
}

/** A file that a model has beside its model.yml, where there is none. */
function checkNeighbour(path: string, { named }: RepositoryConfig): readonly Finding[] {
  const model = modelOfReadiness(path) ?? modelOfRisks(path) ?? modelOfWithdrawn(path);
  if (model === null || named.models.has(model)) return [];
  const meant = suggest(model, [...named.models]);
  return [
    {
      code: 'config/unknown-model',
      severity: 'fail',
      message: `there is no ${modelPath(model)} beside ${path}${didYouMean(meant)}`,
      where: { file: path },
      found: model,
      allowed: [...named.models].join(', ') || 'none yet',
      fix:
        meant === null
          ? `Add ${modelPath(model)} or remove this file.`
          : `Move it beside ${modelPath(meant)}.`,
    },
  ];
}

const didYouMean = (meant: string | null): string => (meant === null ? '' : `. Did you mean "${meant}"?`);
