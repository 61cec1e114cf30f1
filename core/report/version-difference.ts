import type { VersionRecord } from '../registry/ledger.ts';
import type { VersionFact } from '../registry/version-diff.ts';
import { type Block, paragraph } from './block.ts';
import { counted, grouped } from './count-text.ts';
import { showValues } from './metric-text.ts';

/** One line of what a person asks of a version. */
type Asked = readonly [part: string, name: string, value: string];

/**
 * `gatehouse registry diff`: what a person asks first of two versions (parameters, data, features, metrics, gates,
 * approvals), of which only what differs; how much else differs is counted.
 * @param facts of both records, as `diffVersions` tells them
 */
export function versionDifferenceBlocks(
  model: string,
  [left, right]: readonly [VersionRecord, VersionRecord],
  facts: readonly VersionFact[],
): readonly Block[] {
  const [a, b] = [linesOf(left), linesOf(right)];
  const keys = [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key));
  const rows = keys.map((key) => {
    const [part = '', name = ''] = key.split('\0');
    return [[part], [name], [a.get(key) ?? '–'], [b.get(key) ?? '–']];
  });
  const all = facts.filter(({ differs }) => differs).length;
  const head = ['part', 'what', `v${left.version}`, `v${right.version}`];
  return [
    paragraph(
      { strong: model },
      `, v${left.version} against v${right.version}: ${rows.length === 0 ? 'nothing of parameters, data, metrics, gates or approvals differs' : 'what differs'}`,
    ),
    // Parts stand in one order whichever version has them.
    ...(rows.length === 0 ? [] : [{ kind: 'table', head, rows: sortParts(rows) } as const]),
    ...(all === 0
      ? []
      : [
          paragraph(
            `${counted(all, 'fact')} of the records differ${all === 1 ? 's' : ''} in all, digests, times and numbers of runs among them: --all lists every one.`,
          ),
        ]),
  ];
}

/** part and name -> value */
const linesOf = (record: VersionRecord): ReadonlyMap<string, string> =>
  new Map(
    [...madeWith(record), ...measured(record), ...answeredFor(record)].map(([part, name, value]) => [
      `${part}\0${name}`,
      value,
    ]),
  );

const order = ['parameter', 'data', 'features', 'metric', 'gate', 'approval', 'people', 'rules', 'made from'];

function sortParts<Row extends readonly (readonly string[])[]>(rows: readonly Row[]): readonly Row[] {
  const rankOf = (row: Row): number => order.indexOf(row[0]?.[0] ?? '');
  return [...rows].sort((one, other) => rankOf(one) - rankOf(other));
}

function madeWith({ lineage, featureVersion, predictCommand, artifact }: VersionRecord): readonly Asked[] {
  const { run, datasets, heldOut } = lineage;
  return [
    ...Object.entries(run.parameters).map(([name, value]): Asked => ['parameter', name, String(value)]),
    ...(run.seed === null ? [] : [['parameter', 'seed', String(run.seed)] as const]),
    ...datasets.flatMap(({ dataset, rows, dataDigest, contractDigest }): readonly Asked[] => [
      ['data', dataset, `${rows === null ? 'rows unknown' : `${grouped(rows)} rows`}, ${short(dataDigest)}`],
      ['data', `contract of ${dataset}`, short(contractDigest)],
    ]),
    ['data', 'held-out rows', `${grouped(heldOut.rows)} rows, ${short(heldOut.featuresDigest)}`],
    ['features', 'feature version', featureVersion],
    ['made from', 'pull request', `#${lineage.pullRequest}`],
    ['made from', 'code', lineage.codeCommit.slice(0, 12)],
    ['made from', 'model file', `${short(artifact.digest)}, ${grouped(artifact.sizeBytes)} bytes`],
    ['made from', 'predict command', predictCommand],
  ];
}

/** Of all rows; what slices say is among the rest. A result stands there once for each champion, with one own value. */
function measured({ metrics, gates }: VersionRecord): readonly Asked[] {
  const whole = metrics.filter(({ slice }) => slice === null);
  const results = new Map<string, Set<string>>();
  for (const { gate, result } of gates) results.set(gate, new Set([...(results.get(gate) ?? []), result]));
  return [
    ...whole.map(({ metric, set, challenger, challengerInterval }): Asked => {
      const [value = '–', low, high] = showValues(metric, [challenger, ...(challengerInterval ?? [])]);
      const name = set === 'held-out' ? metric : `${metric}, ${set}`;
      return ['metric', name, low === undefined ? value : `${value} (${low} to ${high})`];
    }),
    ...[...results].map(([gate, all]): Asked => ['gate', gate, [...all].sort().join(', ')]),
  ];
}

function answeredFor(record: VersionRecord): readonly Asked[] {
  const roles = new Map<string, readonly string[]>();
  for (const { role, reviewer } of record.approvals)
    roles.set(role, [...(roles.get(role) ?? []), reviewer.login]);
  const { users, teams } = record.owners;
  return [
    ...[...roles].map(([role, logins]): Asked => ['approval', `as ${role}`, listed(logins)]),
    ['people', 'contributors', listed(record.contributors.map(({ login }) => login))],
    ['people', 'owners', listed([...users, ...teams])],
    ['rules', 'task', record.task],
    ['rules', 'risk class', record.risk],
    ['rules', 'endpoints', listed(record.endpoints)],
    ['rules', 'fallback', record.fallback],
    ['rules', 'serving image', record.servingImage],
    ['rules', 'description', record.description],
    ['rules', 'limits', record.limitations],
  ];
}

const listed = (names: readonly string[]): string => [...new Set(names)].sort().join(', ') || 'nobody';

/** Enough of a digest to see that it is another one. */
const short = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 12);
