import { load } from 'js-yaml';

export type Fields = Readonly<Record<string, unknown>>;

/** A workflow of the repository as GitHub reads it; null: no workflow, or one that cannot be read. */
export function readWorkflow(path: string, text: string): Fields | null {
  if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return null;
  try {
    return fieldsOf(load(text, { maxAliases: 100 }));
  } catch {
    // GitHub tells who wrote it; the check of the files names a caller that is missing.
    return null;
  }
}

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** What starts a workflow. */
export function eventsOf({ on }: Fields): readonly string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on.filter((event) => typeof event === 'string') : Object.keys(fieldsOf(on));
}
