import { parseStrictJson } from '../json/strict.ts';
import type { ProgressPoint } from './progress.ts';
import { type RawPoint, toNumber, toPoint } from './progress-point.ts';

/** A longer line is no progress. */
const maxLineLength = 4000;
const maxDepth = 5;
const mark = 'gatehouse:';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal are control characters.
const colours = /\u001b\[[0-9;]*m/g;

/**
 * Reads one line that a training command prints, anywhere among its other lines:
 * `gatehouse: epoch=6/20 step=120/400 loss=0.31`, or `gatehouse: {"epoch": 6, "epochs": 20, "loss": 0.31}`.
 * A logger may put its own words in front.
 * @param line without its end; pull-request controlled
 * @param at ISO 8601 UTC, when it was printed
 * @returns null for every other line, and for one that says no finite number
 */
export function parseProgressLine(line: string, at: string): ProgressPoint | null {
  if (line.length > maxLineLength) return null;
  const start = line.indexOf(mark);
  if (start < 0) return null;
  const plain = line.replace(colours, '');
  const found = plain.indexOf(mark);
  if (/[\w.-]$/.test(plain.slice(0, found))) return null;
  const said = plain.slice(found + mark.length).trim();
  const raw = said.startsWith('{') ? readJson(said) : readPairs(said);
  return raw === null ? null : toPoint(raw, at);
}

/** Reads a whole JSON object in the same words, as dvclive writes `metrics.json`. @returns null for anything else */
export function parseProgressJson(text: string, at: string): ProgressPoint | null {
  const raw = readJson(text);
  return raw === null ? null : toPoint(raw, at);
}

function readPairs(text: string): RawPoint {
  const raw: Record<string, unknown> = {};
  const metrics: [string, unknown][] = [];
  for (const token of text.split(/[\s,;]+/)) {
    const at = token.indexOf('=');
    const [name, value] = [token.slice(0, at), token.slice(at + 1)];
    if (at <= 0) continue;
    if (name === 'epoch' || name === 'step') {
      const [count = '', total] = value.split('/');
      raw[name] = toNumber(count);
      if (total !== undefined) raw[`${name}s`] = toNumber(total);
    } else if (name === 'epochs' || name === 'steps') raw[name] = toNumber(value);
    else metrics.push([name, toNumber(value)]);
  }
  return { ...raw, metrics };
}

function readJson(text: string): RawPoint | null {
  try {
    const value = parseStrictJson(text, 'progress');
    if (!isObject(value)) return null;
    const { epoch, epochs, step, steps, metrics, ...others } = value;
    const named = isObject(metrics) ? flatten(metrics, '', 0) : [];
    return { epoch, epochs, step, steps, metrics: [...named, ...flatten(others, '', 0)] };
  } catch {
    // Half a line, or a file that is being written: the next one says it.
    return null;
  }
}

/** dvclive writes the metric `val/loss` as `{"val": {"loss": 0.4}}`. */
function flatten(
  value: Readonly<Record<string, unknown>>,
  prefix: string,
  depth: number,
): [string, unknown][] {
  return Object.entries(value).flatMap(([name, inner]): [string, unknown][] =>
    isObject(inner) && depth < maxDepth
      ? flatten(inner, `${prefix}${name}/`, depth + 1)
      : [[`${prefix}${name}`, inner]],
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
