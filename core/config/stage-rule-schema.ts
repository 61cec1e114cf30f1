import { z } from 'zod';
import { count, prose } from './field.ts';
import { isMoment, momentRule, readMoment } from './moment.ts';
import { stages } from './stage.ts';
import { minuteOfWeek } from './stage-rule.ts';

const stage = z.enum(stages);

const promotesFrom = z
  .array(stage)
  .max(stages.length)
  .describe('Stages from which a version may come; of the moves that can be made, only these.');

/** Keys of one stage besides its approvals. */
export const stageRuleShape = {
  'soak-hours': count(1, 8760)
    .optional()
    .describe('Least hours that a version has been in the stage before: it waits until then.'),
  'expires-days': count(1, 3650)
    .optional()
    .describe('An approval that is older than so many days does not count.'),
  promotes_from: promotesFrom.optional(),
};

const only = z
  .strictObject({ promotes_from: promotesFrom })
  .optional()
  .describe('A stage and where its versions may come from.');

/**
 * The order of stages as GTO's users wrote it down: a list of names, or of one name with `promotes_from`.
 * @see https://github.com/iterative/gto/issues/321
 */
export const stageOrderSchema = z
  .array(
    z.union(
      [
        stage,
        z
          .strictObject({ staging: only, candidate: only, production: only, archived: only, rejected: only })
          .refine((item) => Object.keys(item).length === 1, { error: 'one stage an item' }),
      ],
      { error: 'the name of a stage, or { production: { promotes_from: [candidate] } }' },
    ),
  )
  .max(20)
  .describe('Order of stages in the shape of iterative/gto#321: the same as promotes_from under stages.');

const moment = z.string().refine((text) => isMoment(text) || minuteOfWeek(text) !== null, {
  error: `${momentRule}, or of every week fri 16:00 (UTC)`,
});

const isWeekly = (text: string): boolean => minuteOfWeek(text) !== null;

const freezeSchema = z
  .strictObject({
    from: moment.describe('A date, a time, or a moment of every week: 2026-12-20, fri 16:00. UTC.'),
    until: moment.describe('Its last day, or the time or moment of the week at which moves go on. UTC.'),
    to: z
      .array(stage)
      .min(1, 'at least one stage')
      .default(['production'])
      .describe('Stages that cannot be entered meanwhile. Absent: production.'),
    reason: prose.describe('Why: shown to whoever waits.'),
  })
  .refine(({ from, until }) => isWeekly(from) === isWeekly(until), {
    error: 'the same kind as "from": two dates or times, or two moments of the week',
    path: ['until'],
  })
  .refine(({ from, until }) => isWeekly(from) || !(readMoment(until) < readMoment(from)), {
    error: 'not before "from"',
    path: ['until'],
  })
  .refine(({ from, until }) => !isWeekly(from) || from !== until, {
    error: 'another moment than "from"',
    path: ['until'],
  });

export const freezesSchema = z
  .array(freezeSchema)
  .max(50)
  .describe('Times in which moves into named stages wait. A rollback never waits.');

export type WrittenFreeze = z.infer<typeof freezeSchema>;
export type WrittenStageOrder = z.infer<typeof stageOrderSchema>;
