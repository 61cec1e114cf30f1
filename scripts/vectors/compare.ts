/** How far a number may be off: `|got - wanted| <= abs + rel * |wanted|`. */
export interface Tolerance {
  readonly rel: number;
  readonly abs: number;
}

/** A place in a result where something else was wanted. */
export interface Difference {
  /** Keys and positions, for example `ci95/0`; empty for the result itself. */
  readonly at: string;
  readonly wanted: string;
  readonly got: string;
}

const words: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** Every place where a result differs. Keys that nobody asked for are allowed; one that is missing is a difference. */
export function compareValues(
  wanted: unknown,
  got: unknown,
  tolerance: Tolerance,
  at = '',
): readonly Difference[] {
  const differs = (): readonly Difference[] => [{ at, wanted: showValue(wanted), got: showValue(got) }];
  if (typeof wanted === 'number') return isNear(wanted, got, tolerance) ? [] : differs();
  if (typeof wanted === 'string') {
    const number = words[wanted];
    return got === wanted || (number !== undefined && Object.is(got, number)) ? [] : differs();
  }
  if (Array.isArray(wanted)) {
    const list = toList(got);
    if (list === null) return differs();
    const length = compareValues(wanted.length, list.length, { rel: 0, abs: 0 }, join(at, 'length'));
    if (length.length > 0) return length;
    return wanted.flatMap((one, index) =>
      compareValues(one, list[index], tolerance, join(at, String(index))),
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof got !== 'object' || got === null) return differs();
    return Object.entries(wanted).flatMap(([key, one]) => {
      const found = Object.hasOwn(got, key) ? (got as Record<string, unknown>)[key] : undefined;
      return compareValues(one, found, tolerance, join(at, key));
    });
  }
  return got === wanted ? [] : differs();
}

/** Short text of a value for a person; `nothing` for what is not there. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const list = toList(value);
  const text = list === null ? JSON.stringify(value) : `[${list.slice(0, 8).map(showValue).join(', ')}]`;
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

function isNear(wanted: number, got: unknown, { rel, abs }: Tolerance): boolean {
  if (typeof got !== 'number') return false;
  // Two whole numbers are counts, which are right or wrong; far above them every double is whole.
  if (Number.isInteger(wanted) && Number.isInteger(got) && Math.abs(wanted) < mostRows) return got === wanted;
  return Math.abs(got - wanted) <= abs + rel * Math.abs(wanted);
}

const mostRows = 2 ** 32;

function toList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  return value instanceof Float64Array || value instanceof Uint8Array ? Array.from(value) : null;
}

const join = (at: string, key: string): string => (at === '' ? key : `${at}/${key}`);
