import type { Finding } from '../finding/finding.ts';
import { at } from './finding-at.ts';
import { behaviourPath, modelPath } from './layout.ts';
import type { ModelConfig } from './model.ts';
import type { Entry, RepositoryConfig } from './repository.ts';
import { suggest } from './suggestion.ts';

const metric = 'behaviour-pass-rate';
const slicePrefix = 'group ';

/** Holds behaviour suites and models against each other: a suite without a model, a gate without a suite or its group. */
export function checkSuites(config: RepositoryConfig): readonly Finding[] {
  const orphans = [...config.suites].flatMap(([name, entry]) =>
    config.named.models.has(name)
      ? []
      : [
          at(entry, '', {
            code: 'config/unknown-model',
            message: `there is no ${modelPath(name)} beside this file`,
            fix: `Add ${modelPath(name)} or remove this file.`,
          }),
        ],
  );
  return [...orphans, ...[...config.models.values()].flatMap((entry) => checkGates(entry, config))];
}

/** A gate on what is never computed fails every version: better told here than after a training. */
function checkGates(entry: Entry<ModelConfig>, { suites, named }: RepositoryConfig): readonly Finding[] {
  const { model, gates } = entry.value;
  const suite = suites.get(model)?.value ?? null;
  // A suite with a mistake is not a missing suite.
  if (suite === null && named.suites.has(model)) return [];
  return gates.flatMap((gate, place): readonly Finding[] => {
    if (gate.metric !== metric) return [];
    if (suite === null) {
      return [
        at(entry, `/gates/${place}`, {
          code: 'config/no-behaviour',
          message: `a gate names ${metric}, and there is no ${behaviourPath(model)}`,
          fix: `Add ${behaviourPath(model)}, or remove the gate.`,
        }),
      ];
    }
    const groups = suite.groups.map(({ name }) => `${slicePrefix}${name}`);
    if (gate.slice === undefined || groups.includes(gate.slice)) return [];
    const meant = suggest(gate.slice, groups);
    return [
      at(entry, `/gates/${place}`, {
        code: 'config/no-behaviour',
        message: `a gate names "${gate.slice}" of ${metric}, which is no group of ${behaviourPath(model)}`,
        found: gate.slice,
        allowed: groups.join(', '),
        fix: meant === null ? 'Name a group of the suite.' : `Write "${meant}".`,
      }),
    ];
  });
}
