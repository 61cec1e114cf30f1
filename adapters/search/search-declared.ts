import { modelPath } from '../../core/config/layout.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { isModelName } from '../../core/config/model-name.ts';
import type { SearchConfig } from '../../core/config/search.ts';
import { InputError } from '../../core/error/error.ts';

/**
 * Reads `train.search` of a model from the checkout.
 * @param read text of a file of the checkout
 * @throws InputError MODEL_NAME, FILE_MISSING, CONFIG_INVALID, SEARCH_MISSING
 */
export function readSearch(model: string, read: (path: string) => string): SearchConfig {
  if (!isModelName(model)) {
    throw new InputError('MODEL_NAME', `${JSON.stringify(model)} is no model name`, {
      hint: 'Give the name of a folder under models/, for example churn or growth/churn.',
    });
  }
  const file = modelPath(model);
  const { search } = parseModelConfig(readText(file, read), file, model).train;
  if (search !== undefined) return search;
  throw new InputError('SEARCH_MISSING', `${file} has no train.search`, {
    hint: 'Add train.search with method, space, trials, metric and goal.',
    where: { file, pointer: '/train' },
  });
}

function readText(file: string, read: (path: string) => string): string {
  try {
    return read(file);
  } catch (cause) {
    throw new InputError('FILE_MISSING', `${file} is not in the checkout`, {
      hint: `Add ${file}, or put actions/checkout before this step.`,
      where: { file },
      cause,
    });
  }
}
