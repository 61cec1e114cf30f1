import type { VectorFunction } from './arguments.ts';
import { distributionFunctions } from './distributions.ts';
import { modelFunctions } from './models.ts';
import { sampleFunctions } from './samples.ts';
import { sequenceFunctions } from './sequences.ts';
import { tableFunctions } from './tables.ts';

/** Every function of the statistics by the name that reference vectors have for it. */
export const vectorFunctions: ReadonlyMap<string, VectorFunction> = new Map(
  [distributionFunctions, sampleFunctions, tableFunctions, modelFunctions, sequenceFunctions].flatMap(
    (part) => Object.entries(part),
  ),
);
