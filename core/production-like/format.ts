import type { CellFormat } from '../config/production-like.ts';

const dateForm = /^(\d{4})-(\d{2})-(\d{2})([T ].+)?$/;
const numberForm = /^([-+]?)(\d+)(\.\d+)?$/;
const instantForm = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z?)?$/;

/**
 * Writes a cell in another format, as another source would.
 * @returns the cell as it is when it is not of the kind that the format is for
 */
export function reformat(cell: string, as: CellFormat): string {
  switch (as) {
    case 'day-first':
      return cell.replace(dateForm, '$3.$2.$1$4');
    case 'month-first':
      return cell.replace(dateForm, '$2/$3/$1$4');
    case 'compact':
      return cell.replace(dateForm, '$1$2$3$4');
    case 'unix-seconds':
      return toUnixSeconds(cell);
    case 'decimal-comma':
      return numberForm.test(cell) ? cell.replace('.', ',') : cell;
    case 'thousands':
      return cell.replace(
        numberForm,
        (_, sign: string, whole: string, rest = '') => `${sign}${group(whole)}${rest}`,
      );
    case 'upper':
      return cell.toUpperCase();
    case 'lower':
      return cell.toLowerCase();
    case 'spaces':
      return cell === '' ? cell : ` ${cell} `;
  }
}

const group = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/** Without an offset it is UTC: the machine's own time zone must not come in. */
function toUnixSeconds(cell: string): string {
  if (!instantForm.test(cell)) return cell;
  const time = cell.length === 10 ? `${cell}T00:00:00Z` : cell.replace(' ', 'T').replace(/Z?$/, 'Z');
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? cell : String(Math.floor(milliseconds / 1000));
}

/** A number times a factor, with at most 12 digits: binary dust is no unit. What is no number stays as it is. */
export function rescale(cell: string, factor: number): string {
  if (cell.trim() === '') return cell;
  const value = Number(cell) * factor;
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : cell;
}

/** The first characters (Unicode code points) of a cell. */
export function truncate(cell: string, characters: number): string {
  return cell.length <= characters ? cell : [...cell].slice(0, characters).join('');
}
