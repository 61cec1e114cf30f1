import { at } from '../config/finding-at.ts';
import { resolveModel } from '../config/floor.ts';
import { modelPath } from '../config/layout.ts';
import type { RepositoryConfig } from '../config/repository.ts';
import { suggest } from '../config/suggestion.ts';
import { gateNames } from '../evaluation/gate.ts';
import type { Finding } from '../finding/finding.ts';

/** Gates that are named to choose from. */
const mostNamed = 20;

/**
 * Finds waivers whose gate their model does not have: a report names a gate by all that it asks, and a waiver of any other
 * words lets nothing fail. Gates of the policy's floor count.
 * @returns nothing where the policy or the model cannot be read: that is told already
 */
export function checkWaivedGates({ policy, models, waivers }: RepositoryConfig): readonly Finding[] {
  return [...waivers.values()].flatMap((entry): readonly Finding[] => {
    const model = models.get(entry.value.model)?.value;
    if (policy === null || model === undefined) return [];
    const names = gateNames(resolveModel(model, policy.value).model.gates);
    const { gate } = entry.value;
    if (names.includes(gate)) return [];
    const meant = suggest(gate, names);
    return [
      at(entry, '/gate', {
        code: 'config/unknown-gate',
        message: `model "${model.model}" has no gate "${gate}"${meant === null ? '' : `. Did you mean "${meant}"?`}`,
        found: gate,
        allowed: names.slice(0, mostNamed).join('; '),
        fix:
          meant === null
            ? `Name a gate as the report does, or remove this file: the gates are those of ${modelPath(model.model)} and of the policy's floor.`
            : `Write ${meant}.`,
      }),
    ];
  });
}
