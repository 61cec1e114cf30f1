import type { Table } from '../block.ts';
import { fold, renderTable } from './blocks.ts';
import { type Child, element, type Html, nothing } from './element.ts';
import { line, mark } from './plot.ts';

/** How both models are called: `this pull request` and `v6`. */
export interface ModelNames {
  readonly challenger: string;
  /** Null: nobody to compare with. */
  readonly champion: string | null;
}

/** A picture, what it shows, and the same numbers as a table, folded. */
export function figure(title: string, text: string, picture: Html, table: Table): Html {
  return element(
    'figure',
    {},
    element('figcaption', {}, element('strong', {}, title), ` ${text}`),
    picture,
    fold('The same as numbers', renderTable(table, title)),
  );
}

/** A picture with its table beside it, or below it where the page is narrow or the table wide. */
export function wideFigure(
  title: string,
  text: string,
  picture: Html,
  table: Child,
  place: 'beside' | 'below' = 'beside',
): Html {
  return element(
    'figure',
    { class: 'wide' },
    element('figcaption', {}, element('strong', {}, title), ` ${text}`),
    picture,
    element('div', { class: place }, table),
  );
}

/** Which line is whose, in words beside a sample of it. */
export function legend({ challenger, champion }: ModelNames): Html {
  const entry = (who: 'a' | 'b', name: string): Html =>
    element(
      'span',
      {},
      element(
        'svg',
        { viewBox: '0 0 36 12', width: 36, height: 12, 'aria-hidden': 'true' },
        line(`l${who}`, 0, 6, 36, 6),
        mark(who, 18, 6),
      ),
      name,
    );
  return element(
    'p',
    { class: 'legend' },
    entry('a', challenger),
    champion === null ? nothing : entry('b', champion),
  );
}
