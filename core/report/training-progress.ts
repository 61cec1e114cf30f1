import type { Attempt } from '../training/attempt.ts';
import type { Progress, ProgressPoint } from '../training/progress.ts';
import { chooseEvenly } from '../training/progress-log.ts';
import { partDone } from '../training/time-left.ts';
import type { Block, Phrase, Table } from './block.ts';
import { paragraph } from './block.ts';
import { short } from './facts.ts';
import { escapeLabel } from './lineage-mermaid.ts';
import { attemptTable } from './training-outcome.ts';

const mostRows = 12;
const mostMetrics = 6;
const minuteMs = 60_000;

export interface TrainingShown {
  readonly progress: Progress;
  /** From `estimateLeft`; null: not known. */
  readonly leftMs: number | null;
  /** Attempts before this one, where they are known. */
  readonly earlier: readonly Attempt[];
}

/** `training, epoch 6 of 20 (30 %), about 29 min left` */
export function progressWords({ progress, leftMs }: TrainingShown): string {
  const { attempt, attempts } = progress;
  return [
    'training',
    ...(attempts > 1 || attempt > 1 ? [`attempt ${attempt} of ${Math.max(attempt, attempts)}`] : []),
    ...placeWords(progress),
    ...(leftMs === null ? [] : [leftWords(leftMs)]),
  ].join(', ');
}

/** The first line of a check while the command trains. @param headSha commit of the pull request */
export const progressTitle = (headSha: string, shown: TrainingShown): string =>
  `⏳ Running for ${short(headSha)}: ${progressWords(shown)}`;

/**
 * How far a training is: sentence, metrics over its epochs, the same numbers as a picture, attempts so far.
 * @returns the whole first, then shorter ones for where the whole has no room
 */
export function progressBlocks(shown: TrainingShown): readonly (readonly Block[])[] {
  const { progress, earlier } = shown;
  const saved = progress.checkpoint === null ? '' : ' A checkpoint is kept safe, to go on from.';
  const sentence = paragraph(
    { strong: `${sentenceCase(progressWords(shown))}.` },
    ` Said at ${progress.updatedAt.slice(0, 16).replace('T', ' ')} UTC by the job that runs the pull request's code: claimed, and no part of the decision.${saved}`,
  );
  const attempts = earlier.length === 0 ? [] : [attemptTable(earlier)];
  const rows = chooseEvenly(
    progress.points.filter(({ metrics }) => Object.keys(metrics).length > 0),
    mostRows,
  );
  const names = namesOf(progress.points);
  if (names.length === 0) return [[sentence, ...attempts], [sentence]];
  const table = metricTable(rows, names);
  const picture = drawChart(rows, names);
  return [[sentence, table, ...picture, ...attempts], [sentence, table], [sentence]];
}

function placeWords(progress: Progress): readonly string[] {
  const last = progress.points.findLast(({ epoch, step }) => epoch !== null || step !== null);
  if (last === undefined) return [];
  const [word, count, all] =
    last.epoch === null ? ['step', Number(last.step), last.steps] : ['epoch', last.epoch, last.epochs];
  const part = partDone(progress);
  const percent = part === null ? '' : ` (${Math.floor(part * 100)} %)`;
  const place = `${word} ${Math.floor(count)}`;
  return [all === null ? place : `${place} of ${all}${percent}`];
}

/** @param milliseconds 0 or more */
export function leftWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / minuteMs);
  if (minutes < 1) return 'less than a minute left';
  if (minutes < 120) return `about ${minutes} min left`;
  const hours = minutes / 60;
  return hours < 48 ? `about ${hours.toFixed(1)} h left` : `about ${Math.round(hours / 24)} days left`;
}

const sentenceCase = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** In the order in which they were said first: a team puts the one that matters in front. */
function namesOf(points: readonly ProgressPoint[]): readonly string[] {
  return [...new Set(points.flatMap(({ metrics }) => Object.keys(metrics)))].slice(0, mostMetrics);
}

function metricTable(rows: readonly ProgressPoint[], names: readonly string[]): Table {
  const places = (['epoch', 'step'] as const).filter((key) => rows.some((row) => row[key] !== null));
  const cells = rows.map((row): readonly Phrase[] => [
    ...places.map((key) => [numberText(row[key])]),
    ...names.map((name) => [numberText(row.metrics[name])]),
  ]);
  const head = [...places.map(sentenceCase), ...names];
  return { kind: 'table', head, align: head.map(() => 'r' as const), rows: cells };
}

const numberText = (value: number | null | undefined): string =>
  value == null ? '' : String(Number(value.toPrecision(6)));

/** Mermaid reads no exponents. */
const drawable = /^-?\d+(?:\.\d+)?$/;

/**
 * One metric of the table as a line.
 * @see https://mermaid.js.org/syntax/xyChart.html; the name with `-beta` is read by every version that GitHub ran
 */
function drawChart(rows: readonly ProgressPoint[], names: readonly string[]): readonly Block[] {
  const name = String(names.find((each) => /loss/i.test(each)) ?? names[0]);
  const drawn = rows.flatMap((row, at) => {
    const value = numberText(row.metrics[name]);
    return value === '' ? [] : [{ value, place: numberText(row.epoch ?? row.step ?? at + 1) }];
  });
  const values = drawn.map(({ value }) => value);
  if (values.length < 2 || !values.every((value) => drawable.test(value))) return [];
  const [low, high] = [Math.min(...values.map(Number)), Math.max(...values.map(Number))];
  if (low === high) return [];
  const lines = [
    'xychart-beta',
    `  title "${escapeLabel(name)}, claimed"`,
    `  x-axis [${drawn.map(({ place }) => `"${place}"`).join(', ')}]`,
    `  y-axis "${escapeLabel(name)}" ${low} --> ${high}`,
    `  line [${values.join(', ')}]`,
  ];
  return [{ kind: 'fence', language: 'mermaid', lines }];
}
