import type { Attempt, AttemptOutcome } from '../training/attempt.ts';
import type { Block, Phrase, Table } from './block.ts';
import { paragraph } from './block.ts';
import { verdictWords } from './icon.ts';
import { showDuration } from './lineage-section.ts';

const mostLines = 20;

interface OutcomeText {
  /** After the name of the attempt: `the runner was lost`. */
  readonly what: string;
  readonly fix: string;
}

/** Every end in its own words: who reads them must know whether the code, the machine or a person ended it. */
const texts: Readonly<Record<AttemptOutcome, OutcomeText>> = {
  done: { what: 'the training ended well', fix: 'Nothing to do.' },
  failed: {
    what: 'the training command said that it failed',
    fix: 'Read the lines below and mend the code: the same command runs on a laptop.',
  },
  cancelled: {
    what: 'the training was cancelled',
    fix: 'Re-run the workflow if that was not meant.',
  },
  'timed-out': {
    what: 'the training was stopped at its time limit',
    fix: 'Raise train.timeout-minutes in model.yml, train less, or keep checkpoints to go on from.',
  },
  'lost-runner': {
    what: 'the runner was lost',
    fix: 'See whether the machine is on and reaches GitHub. train.retry of model.yml tries again by itself.',
  },
  killed: {
    what: 'the training was killed from outside',
    fix: 'See who ends processes on the machine: its memory guard, its scheduler or a person.',
  },
  'out-of-memory': {
    what: 'the machine ran out of memory',
    fix: 'Take a machine with more memory (train.needs.memory-gib), or smaller batches.',
  },
  'gpu-out-of-memory': {
    what: 'the GPU ran out of memory',
    fix: 'Take a GPU with more memory (train.needs.gpu-memory-gib), or smaller batches.',
  },
  'out-of-disk': {
    what: 'the disk of the machine is full',
    fix: 'Free the disk of the runner, or ask for more (train.needs.disk-gib).',
  },
  service: {
    what: 'a service that the training needs did not answer',
    fix: 'Re-run the workflow when it answers again.',
  },
};

/** What to do after such an end. */
export const outcomeHint = (outcome: AttemptOutcome): string => texts[outcome].fix;

export interface OutcomeShown {
  readonly attempt: Attempt;
  /** Attempts that train.retry allows in all. */
  readonly attempts: number;
  /** Another attempt starts by itself. */
  readonly again: boolean;
  /** Last lines of the log, secrets hidden. */
  readonly lines: readonly string[];
}

/** The first line about an attempt that ended: only the command's own word is about the model. */
export function outcomeHeadline({ outcome, durationMs }: Attempt): string {
  const said = `${texts[outcome].what} after ${showDuration(durationMs)}`;
  if (outcome === 'done') return `${verdictWords.pass}: ${said}`;
  if (outcome === 'failed') return `${verdictWords.fail}: ${said}. This is about the code`;
  return `${verdictWords['not evaluated']}: ${said}. This says nothing about the model`;
}

/** What happened to an attempt, where, what comes next, and the last lines of its log. */
export function outcomeBlocks({ attempt, attempts, again, lines }: OutcomeShown): readonly Block[] {
  const { number, runner, how, outcome, resumedFrom } = attempt;
  const from = resumedFrom === null ? '' : ', which went on from a checkpoint';
  const next = again
    ? `Attempt ${number + 1} of ${attempts} starts by itself.`
    : number < attempts && outcome !== 'done'
      ? `It is not tried again after such an end. ${texts[outcome].fix}`
      : texts[outcome].fix;
  const shown = lines.slice(-mostLines);
  return [
    { kind: 'heading', level: 3, text: [outcomeHeadline(attempt)] },
    paragraph(`Attempt ${number} of ${attempts} on runner `, { code: runner }, `${from}: `, how, '. ', {
      prose: next,
    }),
    ...(shown.length === 0
      ? []
      : [
          {
            kind: 'fold' as const,
            title: 'Last lines of the log',
            blocks: [{ kind: 'fence' as const, language: 'text' as const, lines: shown }],
          },
        ]),
  ];
}

/** Every attempt in a line. */
export function attemptTable(attempts: readonly Attempt[]): Table {
  const rows = attempts.map(
    ({ number, runner, durationMs, outcome, how, resumedFrom }): readonly Phrase[] => [
      [String(number)],
      [{ code: runner }],
      [showDuration(durationMs)],
      [`${texts[outcome].what} (`, how, ')'],
      [resumedFrom === null ? 'the beginning' : 'a checkpoint'],
    ],
  );
  return { kind: 'table', head: ['Attempt', 'Runner', 'Time', 'How it ended', 'Began at'], rows };
}
