import type { TrainConfig } from './train.ts';
import { toTrain } from './train-file.ts';
import { trainSchema } from './train-schema.ts';

/** `train` of a model that says nothing more than it must. */
export function makeTrain(own: Partial<TrainConfig> = {}): TrainConfig {
  return { ...toTrain(trainSchema.parse({ command: 'true', artifact: 'out/model.json' })), ...own };
}
