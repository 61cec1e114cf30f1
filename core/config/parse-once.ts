/** Characters of the texts whose values are kept, for each parser: those of 10,000 models are 15 million. */
const maxChars = 32 * 1024 * 1024;

/**
 * A parser that gives the same value for the same text: every look at a pull request reads the configuration of all
 * models, and next to none of it is new. What cannot be parsed is parsed again. Values are frozen, since many share them.
 * @param parse pure; what it says depends on the text and the names alone
 */
export function parseOnce<N extends readonly string[], T>(
  parse: (text: string, ...names: N) => T,
  most = maxChars,
): (text: string, ...names: N) => T {
  const known = new Map<string, T>();
  let chars = 0;
  return (text, ...names) => {
    const key = [...names, text].join('\n');
    const found = known.get(key);
    // Read again and put last: what was used longest ago goes first.
    const value = found ?? freeze(parse(text, ...names));
    known.delete(key);
    known.set(key, value);
    if (found === undefined) chars += key.length;
    for (const [oldest] of known) {
      if (chars <= most) break;
      known.delete(oldest);
      chars -= oldest.length;
    }
    return value;
  };
}

/** All the way down: plain objects and lists are all that a configuration is made of. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) freeze(each);
  return Object.freeze(value);
}
