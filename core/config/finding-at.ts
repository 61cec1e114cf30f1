import type { Finding } from '../finding/finding.ts';
import { locate } from './position.ts';
import type { Entry } from './repository.ts';
import { excerptOf } from './yaml-node.ts';

/** A problem at a value of a file that could be read. */
export function at<T>(
  entry: Entry<T>,
  pointer: string,
  finding: Omit<Finding, 'where' | 'excerpt' | 'severity'> & { severity?: 'warn' },
): Finding {
  const where = locate(entry.text, pointer, entry.path);
  const excerpt =
    where.line === undefined ? {} : { excerpt: excerptOf(entry.text.split(/\r\n|\n|\r/), where.line) };
  return { severity: 'fail', ...finding, where, ...excerpt };
}
