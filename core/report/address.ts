import type { Position } from '../finding/finding.ts';
import type { Inline } from './block.ts';
import { short } from './facts.ts';
import type { Report } from './report.ts';

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** A file at a commit, at its line. Contracts and policy are linked at base: that is where they govern from. */
export function linkFile(report: Report, where: Position, commit = report.baseSha): Inline {
  const text = where.line === undefined ? where.file : `${where.file} line ${where.line}`;
  const line = where.line === undefined ? '' : `#L${where.line}`;
  return { link: text, to: `${report.repositoryUrl}/blob/${commit}/${encodePath(where.file)}${line}` };
}

export const linkCommit = (report: Report, commit: string): Inline => ({
  link: short(commit),
  code: true,
  to: `${report.repositoryUrl}/commit/${commit}`,
});

export function linkRun({ run }: Report): Inline {
  return run === null ? 'no run yet' : { link: `run ${run.id}`, to: run.url };
}

export const linkPull = (repositoryUrl: string, number: number): Inline => ({
  link: `pull request ${number}`,
  to: `${repositoryUrl}/pull/${number}`,
});

/** A file of the ledger as it was written. `ledgerUrl` is the address of the commit. */
export function linkLedgerFile(ledgerUrl: string, path: string): Inline {
  return {
    link: path,
    code: true,
    to: `${ledgerUrl.replace(/\/commit\//, '/blob/').replace(/\/$/, '')}/${encodePath(path)}`,
  };
}
