import { parseDocument } from 'yaml';
import type { DesiredStages } from '../core/config/model.ts';

const lists = ['staging', 'candidate', 'archived', 'rejected'] as const;

/**
 * Writes stages into the text of a stages.yml, so that people's comments and order stay.
 * @param text the file as it is; it was read by `parseStages` before
 */
export function writeStages(text: string, stages: DesiredStages): string {
  const empty = parseDocument(text).contents === null;
  const document = parseDocument(empty ? `${text.trimEnd()}\nproduction: {}\n` : text, { schema: 'core' });
  for (const stage of lists) {
    if (stages[stage].length > 0) document.set(stage, document.createNode(stages[stage], { flow: true }));
    else document.delete(stage);
  }
  document.set('production', document.createNode(stages.production, { flow: true }));
  return document.toString({ lineWidth: 110 });
}
