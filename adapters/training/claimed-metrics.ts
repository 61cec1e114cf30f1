import { InputError } from '../../core/error/error.ts';
import { parseStrictJson } from '../../core/json/strict.ts';

/**
 * Reads the metrics that a training command claims: a flat JSON object of finite numbers.
 * @param source path for messages
 * @throws InputError JSON_INVALID (NaN and Infinity are no JSON), CLAIMED_METRICS for anything else that is no metric
 */
export function parseClaimedMetrics(text: string, source: string): Readonly<Record<string, number>> {
  const entries = readFlat(text, source);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value === 'number' && Number.isFinite(value)) return [name, value];
      throw refuse(source, name, `${describe(value)} is no finite number`);
    }),
  );
}

/**
 * Reads the parameters of a training run: a flat JSON object of text, finite numbers and booleans.
 * @throws InputError JSON_INVALID, CLAIMED_METRICS
 */
export function parseParameters(
  text: string,
  source: string,
): Readonly<Record<string, string | number | boolean>> {
  const entries = readFlat(text, source);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return [name, value];
      throw refuse(source, name, `${describe(value)} is no text, number or boolean`);
    }),
  );
}

function readFlat(text: string, source: string): readonly (readonly [string, unknown])[] {
  const value = parseStrictJson(text, source);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw refuse(source, '', `${describe(value)} is no object of names and values`);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'an object'
      : JSON.stringify(value).slice(0, 80);
}

function refuse(source: string, name: string, what: string): InputError {
  return new InputError('CLAIMED_METRICS', `${source}: ${name === '' ? '' : `"${name}": `}${what}`, {
    hint: 'Write one flat JSON object, for example {"auc": 0.65, "rows": 1200}; leave out what was not computed.',
    where: {
      file: source,
      pointer: name === '' ? '' : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    },
  });
}
