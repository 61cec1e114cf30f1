import type { FoundMetrics, ProposedGate } from './found.ts';

/** Most numbers of one file: it is read for the few that Gatehouse knows. */
const mostValues = 200;

/** Numbers of a JSON file by their last key, as every tool writes them somewhere below; a doubled key counts once. */
export function readMetrics(path: string, text: string | undefined): FoundMetrics {
  const values = new Map<string, number>();
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > 6) return;
    for (const [key, inner] of Object.entries(value)) {
      if (values.size >= mostValues) return;
      const name = nameOf(key);
      if (typeof inner !== 'number') walk(inner, depth + 1);
      else if (Number.isFinite(inner) && !values.has(name)) values.set(name, inner);
    }
  };
  walk(parse(text), 0);
  return { path, values: Object.fromEntries(values) };
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    // Somebody's half-written file tells nothing.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const nameOf = (key: string): string =>
  key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^(?:test|val|valid|validation|eval|holdout)-/, '');

interface Known {
  readonly task: ProposedGate['task'];
  readonly metric: string;
  readonly names: readonly string[];
  readonly lower?: true;
}

const known: readonly Known[] = [
  { task: 'binary-classification', metric: 'auc', names: ['auc', 'roc-auc', 'auroc', 'rocauc', 'auc-roc'] },
  { task: 'binary-classification', metric: 'log-loss', names: ['log-loss', 'logloss'], lower: true },
  { task: 'regression', metric: 'rmse', names: ['rmse', 'root-mean-squared-error'], lower: true },
  { task: 'regression', metric: 'mae', names: ['mae', 'mean-absolute-error'], lower: true },
  { task: 'binary-classification', metric: 'accuracy', names: ['accuracy', 'acc'] },
];

/** Below what is claimed by so much: the judge measures on other rows, and a first gate shall not stop what is good. */
const room = 0.03;
const share = 0.1;

/** A first gate with some room below what the file claims; null: it claims nothing that is known. */
export function proposeGate(metrics: FoundMetrics | null): ProposedGate | null {
  for (const { task, metric, names, lower } of known) {
    const name = names.find((each) => metrics !== null && Object.hasOwn(metrics.values, each));
    const today = name === undefined ? undefined : metrics?.values[name];
    if (today === undefined || !Number.isFinite(today)) continue;
    if (lower === true) {
      if (today > 0)
        return { task, metric, limit: { max: Number((today * (1 + share)).toPrecision(3)) }, today };
      continue;
    }
    // No percentage, and not worse than tossing a coin: that is no claim to build on.
    if (today > 1 || today < 0.5) continue;
    return { task, metric, limit: { min: Math.max(0.5, Math.floor((today - room) * 100) / 100) }, today };
  }
  return null;
}
