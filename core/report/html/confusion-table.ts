import type { ComparisonDetail } from '../../evidence/judgement-detail.ts';
import { grouped } from '../facts.ts';
import { element, type Html, join, nothing } from './element.ts';
import type { ModelNames } from './figure.ts';

const mostClasses = 20;

/** Rows by true and predicted class, one table a model. What is right stands on the diagonal, in bold. */
export function confusionTables(confusion: ComparisonDetail['confusion'], names: ModelNames): Html {
  if (confusion === null || confusion.classes.length === 0) return nothing;
  const { classes, challenger, champion } = confusion;
  if (classes.length > mostClasses) {
    return element(
      'p',
      {},
      `A confusion matrix of ${classes.length} classes is no table to read: the evidence has it.`,
    );
  }
  return element(
    'div',
    { class: 'figures' },
    matrix(names.challenger, classes, challenger),
    champion === null ? nothing : matrix(names.champion ?? '', classes, champion),
  );
}

function matrix(name: string, classes: readonly string[], counts: readonly (readonly number[])[]): Html {
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Confusion matrix of ${name}` },
    element(
      'table',
      { class: 'matrix' },
      element(
        'caption',
        {},
        `${name}: true class by row, predicted class by column; rows in tens or coarser`,
      ),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, 'true \\ predicted'),
          ...classes.map((each) => element('th', { scope: 'col', class: 'n' }, each)),
          element('th', { scope: 'col', class: 'n' }, 'found'),
        ),
      ),
      element('tbody', {}, join(classes.map((each, at) => matrixRow(each, at, counts[at] ?? [])))),
    ),
  );
}

function matrixRow(name: string, at: number, counts: readonly number[]): Html {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const share = all === 0 ? '–' : `${((100 * (counts[at] ?? 0)) / all).toFixed(1)} %`;
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, name),
    ...counts.map((count, column) => element('td', column === at ? { class: 'hit' } : {}, grouped(count))),
    element('td', {}, share),
  );
}
