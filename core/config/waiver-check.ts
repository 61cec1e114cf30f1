import type { Finding } from '../finding/finding.ts';
import { at } from './finding-at.ts';
import { modelPath } from './layout.ts';
import type { RepositoryConfig } from './repository.ts';
import { suggest } from './suggestion.ts';

/** A waiver of a model that is not there waives nothing, and would be refused as soon as it changes. */
export function checkWaivers({ waivers, named }: RepositoryConfig): readonly Finding[] {
  return [...waivers.values()].flatMap((entry): readonly Finding[] => {
    const { model } = entry.value;
    if (named.models.has(model)) return [];
    const meant = suggest(model, [...named.models]);
    return [
      at(entry, '/model', {
        code: 'config/unknown-model',
        message: `there is no model "${model}"${meant === null ? '' : `. Did you mean "${meant}"?`}`,
        found: model,
        allowed: [...named.models].join(', ') || 'none yet',
        fix: meant === null ? `Add ${modelPath(model)} or remove this file.` : `Write ${meant}.`,
      }),
    ];
  });
}
