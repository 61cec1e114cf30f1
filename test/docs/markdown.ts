import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One fenced block of a page. */
export interface Fence {
  /** What stands behind the first fence: `yaml`, or nothing. */
  readonly language: string;
  readonly text: string;
}

const foreign = new Set(['node_modules', '.git', 'demo', 'coverage', 'dist', 'shared']);

/** Paths of all pages of the project, relative to `root`, sorted. */
export function listPages(root: string, folder = ''): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return foreign.has(entry.name) ? [] : listPages(root, path);
      return entry.name.endsWith('.md') ? [path] : [];
    })
    .sort();
}

export function fencesOf(page: string): readonly Fence[] {
  return [...page.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** The page without its code: what is left is prose and tables. */
export const withoutCode = (page: string): string =>
  page.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

/** Targets of links that stay in the project, with their anchors. */
export function localLinks(page: string): readonly string[] {
  return [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/** Anchors that GitHub gives to the headings of a page. */
export function anchorsOf(page: string): readonly string[] {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
