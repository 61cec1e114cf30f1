/** Hands on lines with a timestamp in front, each once, though a log is asked for again from where it was. */
export interface LineFilter {
  readonly take: (line: string) => void;
  /** Timestamp of the last line; null: none came yet. */
  readonly since: () => string | null;
}

/**
 * Reads what `kubectl logs --timestamps` writes: RFC 3339 with up to nine places, a space, the line.
 * `--since-time` has whole seconds, so lines come twice: those that are not later than the last one are left out.
 */
export function makeLineFilter(onLine: (line: string) => void): LineFilter {
  let newest: { readonly text: string; readonly key: string } | null = null;
  let earlier = '';
  return {
    take(line) {
      const [, text, rest] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) ?(.*)$/s.exec(line) ?? [];
      if (text === undefined || rest === undefined) {
        onLine(line); // Not in this form: better twice than not at all.
        return;
      }
      const key = toKey(text);
      if (key <= earlier) return;
      newest = { text, key };
      onLine(rest);
    },
    since() {
      // From here on a new reading begins.
      earlier = newest?.key ?? earlier;
      return newest?.text ?? null;
    },
  };
}

/** Sorts as time does: trailing zeros of the fraction are left out by whoever writes it. */
function toKey(text: string): string {
  const [seconds = '', fraction = ''] = text.slice(0, -1).split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}
