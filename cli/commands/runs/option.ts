import { type Command, InvalidArgumentError } from 'commander';
import { retryCauses } from '../../../core/config/train.ts';
import type { AttemptOutcome } from '../../../core/training/attempt.ts';
import { wholeNumber } from '../data/option.ts';

/** Where runs are read from, and which. */
export interface RunOptions {
  readonly folder?: string;
  readonly repo?: string;
  readonly ledger?: string;
  readonly limit: number;
  readonly model?: string;
  readonly outcome?: AttemptOutcome;
  readonly since?: string;
  readonly json?: boolean;
}

const outcomes: readonly string[] = ['done', 'failed', 'cancelled', 'timed-out', ...retryCauses];
const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Puts the options of `RunOptions` on a command. */
export function withRunOptions(command: Command, now: () => string): Command {
  return command
    .option('--folder <path>', 'read the run.json files below this folder, and nothing else')
    .option('--repo <repository>', 'owner/name or address on GitHub (default: the remote "origin")')
    .option('--ledger <ref>', 'branch or commit of the ledger (default: what .github/gatehouse.yml says)')
    .option('--limit <number>', 'most runs that are read from each place', wholeNumber(1, 1_000), 50)
    .option('--model <model>', 'only runs of this model')
    .option('--outcome <outcome>', `only runs that ended so: ${outcomes.join(', ')}`, toOutcome)
    .option('--since <when>', 'only runs since a date (2026-11-01) or of the last 12h, 7d, 4w', (text) =>
      toInstant(text, now()),
    )
    .option('--json', 'print JSON');
}

function toOutcome(text: string): string {
  if (outcomes.includes(text)) return text;
  throw new InvalidArgumentError(`it has to be one of ${outcomes.join(', ')}.`);
}

/** @returns ISO instant */
export function toInstant(text: string, now: string): string {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    return new Date(Date.parse(now) - Number(count) * (unitMs[unit] ?? 0)).toISOString();
  }
  const parsed = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(parsed)) return new Date(parsed).toISOString();
  throw new InvalidArgumentError('it has to be a date like 2026-11-01, or a time like 12h, 7d or 4w.');
}
