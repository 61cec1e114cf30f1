import { z } from 'zod';
import { columnName, count, finite, name } from './field.ts';

const trigger = z
  .strictObject({
    name: name.describe('Name of the trigger: errors.'),
    metric: columnName.describe('What is measured, as the workflow that watches names it: error-rate.'),
    above: finite.optional().describe('It triggers above this value.'),
    below: finite.optional().describe('It triggers below this value.'),
    'window-minutes': count(1, 10_080).describe('Over how long the value is taken.'),
    endpoints: z
      .array(name)
      .min(1, 'at least one endpoint')
      .max(100)
      .optional()
      .describe('Endpoints that it watches. Absent: all.'),
  })
  .refine(({ above, below }) => (above === undefined) !== (below === undefined), {
    error: 'one of "above" and "below"',
    path: ['above'],
  });

/** `rollback-triggers` of model.yml. */
export const rollbackTriggersSchema = z
  .array(trigger)
  .min(1, 'at least one trigger')
  .max(50)
  .refine((list) => new Set(list.map((each) => each.name)).size === list.length, {
    error: 'every trigger once: a name is used twice',
  })
  .describe(
    'When an endpoint returns to the version before by itself: whoever approves a promotion approves this.',
  );

type Written = z.infer<typeof rollbackTriggersSchema>;

/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
export const toRollbackTriggers = (written: Written) =>
  written.map(({ name: called, metric, above, below, endpoints, 'window-minutes': windowMinutes }) => ({
    ...{ name: called, metric, windowMinutes },
    ...(above === undefined ? {} : { above }),
    ...(below === undefined ? {} : { below }),
    ...(endpoints === undefined ? {} : { endpoints }),
  }));
