/** Nothing that is shown can hold these: every `<` of a text is escaped. */
const [opening, closing] = ['<!-- gatehouse:progress -->', '<!-- /gatehouse:progress -->'] as const;
/** Beside the 60,000 characters of a summary, of 65,000 that a check takes. */
const longestPart = 4500;

/** Puts how far a training is above what the check says, in place of what stood there before. */
export function withProgress(summary: string, parts: readonly string[]): string {
  const part = parts.find(({ length }) => length <= longestPart) ?? '';
  return `${opening}\n${part}\n${closing}\n\n${withoutProgress(summary)}`;
}

/** What the check says by itself. */
export function withoutProgress(summary: string): string {
  const end = summary.indexOf(`${closing}\n\n`);
  return summary.startsWith(`${opening}\n`) && end > 0 ? summary.slice(end + closing.length + 2) : summary;
}
