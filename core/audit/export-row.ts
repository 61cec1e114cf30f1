import { canonicalJson } from '../json/canonical.ts';
import type { LedgerEvent, VersionRecord } from '../registry/ledger.ts';
import { linesOf } from './history.ts';

/** What can be taken out of a ledger: what happened, or what was registered. */
export type Exported = 'events' | 'versions';

const columns = {
  events: [
    ...[
      'model',
      'seq',
      'entry',
      'at',
      'what',
      'version',
      'from',
      'to',
      'endpoint',
      'because',
      'pull_request',
    ],
    ...['merged_by', 'merged_by_id', 'approved_by', 'merge_commit', 'operation', 'hash'],
  ],
  versions: [
    ...[
      'model',
      'version',
      'registered_at',
      'artifact_digest',
      'artifact_name',
      'size_bytes',
      'pull_request',
    ],
    ...['code_commit', 'datasets', 'metrics', 'gates', 'quality', 'task', 'risk', 'owners', 'approved_by'],
    ...['feature_version', 'serving_image', 'fallback', 'hash'],
  ],
} as const;

/** First line of a CSV file. */
export const csvHead = (what: Exported): string => columns[what].join(',');

/** One event as a line of CSV; null when it is not asked for. */
export function csvLine(what: Exported, event: LedgerEvent): string | null {
  const cells = what === 'events' ? eventCells(event) : versionCells(event);
  return cells === null ? null : cells.map(csvCell).join(',');
}

/** One event as a line of JSON; null when it is not asked for. */
export function jsonLine(what: Exported, event: LedgerEvent): string | null {
  if (what === 'events') return canonicalJson(event);
  return event.data.type === 'VersionRegistered' ? canonicalJson(event.data.record) : null;
}

/**
 * One cell of CSV. A spreadsheet runs what begins like a formula: such a text gets an apostrophe in front of it.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 * @see RFC 4180
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  // A number of ours cannot be a formula.
  if (typeof value === 'number') return String(value);
  // First what nobody sees: it would hide a formula from the next line, and steer a terminal.
  const plain = value.replace(/[^\P{Cc}\t\r\n]/gu, '');
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Cells = readonly (string | number | null)[];

function eventCells(event: LedgerEvent): Cells {
  const [line] = linesOf([event]);
  if (line === undefined) return [];
  return [
    modelOf(event),
    ...[line.seq, event.gseq, line.at, line.what, line.version, line.from, line.to, line.endpoint],
    ...[line.because, line.pullRequest, line.by.login, line.by.id, approvers(line.approvals)],
    ...[event.source.mergeSha, event.operation, line.hash],
  ];
}

function versionCells({ data, hash }: LedgerEvent): Cells | null {
  if (data.type !== 'VersionRegistered') return null;
  const { record } = data;
  const { artifact, lineage, owners } = record;
  return [
    ...[
      record.model,
      record.version,
      record.registeredAt,
      artifact.digest,
      artifact.name,
      artifact.sizeBytes,
    ],
    ...[
      lineage.pullRequest,
      lineage.codeCommit,
      listOf(lineage.datasets, ({ dataset, dataDigest }) => `${dataset} ${dataDigest}`),
    ],
    listOf(record.metrics, ({ metric, challenger, grade }) => `${metric} ${challenger} ${grade}`),
    listOf(record.gates, ({ gate, result }) => `${gate}: ${result}`),
    ...[record.quality, record.task, record.risk, [...owners.users, ...owners.teams].join('; ')],
    ...[approvers(record.approvals), record.featureVersion, record.servingImage, record.fallback, hash],
  ];
}

const modelOf = ({ stream }: LedgerEvent): string => stream.slice('model/'.length);

const listOf = <T>(items: readonly T[], show: (item: T) => string): string => items.map(show).join('; ');

const approvers = (approvals: VersionRecord['approvals']): string =>
  listOf(approvals, ({ reviewer, role }) => `${reviewer.login} (${role})`);
