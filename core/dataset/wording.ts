/** Writes 1204118 as `1,204,118`. */
export function writeCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Writes a share of rows as `7.4 %`; a share that is not zero never reads as zero, one that is not all never as 100 %. */
export function writeShare(count: number, total: number): string {
  if (!(total > 0)) return 'of no rows';
  const percent = (100 * count) / total;
  if (count > 0 && percent < 0.01) return 'under 0.01 %';
  if (count < total && percent > 99.99) return 'over 99.99 %';
  return `${Number(percent.toFixed(2))} %`;
}

/** Writes `1 row`, `2 rows`. */
export function writeRows(count: number): string {
  return `${writeCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}

/** A name with what nobody can see spelt out, as `[U+202E]`: a report drops it, and two names would look the same. */
export function spellName(name: string): string {
  return name.replace(
    /[\p{Cc}\p{Cf}]/gu,
    (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}
