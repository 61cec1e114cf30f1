import type { VersionRecord } from '../registry/ledger.ts';
import type { ModelAnswer } from '../registry/registry-answer.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { counted, grouped } from './count-text.ts';
import { approvalsText } from './registry-blocks.ts';
import { stayText } from './stay-text.ts';
import { showDuration, showTime } from './time-text.ts';

const mostVersions = 20;

/**
 * `gatehouse registry show`: what serves where, trained on what, approved by whom, since when, how well.
 * @param asOf instant that the answer is about; null: now
 */
export function modelAnswerBlocks(answer: ModelAnswer, asOf: string | null): readonly Block[] {
  const { model, version, stage, record } = answer;
  const when = asOf === null ? '' : ` as of ${asOf}`;
  return [
    paragraph({ strong: `${model} v${version}` }, ` is in ${stage}${when}`),
    paragraph({ prose: record.description }),
    ...servingBlocks(answer),
    factsTable(record),
    metricTable(record),
    gateTable(record),
    versionsBlock(answer),
  ];
}

function servingBlocks({ serving, model }: ModelAnswer): readonly Block[] {
  if (serving.length === 0) return [paragraph(`${model} serves nowhere.`)];
  return [
    {
      kind: 'table',
      head: ['serves at', 'version', 'since', 'pull request', 'approved by', 'returns to'],
      align: ['l', 'l', 'l', 'r', 'l', 'l'],
      rows: serving.map((each) => [
        [each.endpoint],
        [`v${each.version}${stayText(each.how)}`],
        [showTime(each.since)],
        [`#${each.pullRequest}`],
        [approvalsText(each.approvals)],
        [each.previous === null ? `fallback: ${each.fallback}` : `v${each.previous}`],
      ]),
    },
  ];
}

function factsTable(record: VersionRecord): Block {
  const { lineage, owners, artifact } = record;
  const approvals = record.approvals.map(({ reviewer, role }) => ({ login: reviewer.login, role }));
  const rows: readonly (readonly [string, Phrase])[] = [
    ['registered', [`${showTime(record.registeredAt)}, pull request #${lineage.pullRequest}`]],
    ['approved by', [approvalsText(approvals)]],
    ['owners', [[...owners.users, ...owners.teams].join(', ') || 'unknown']],
    ['risk class', [record.risk]],
    ...trainedOn(record),
    ['held-out rows', [grouped(lineage.heldOut.rows)]],
    ['code', [{ code: lineage.codeCommit }, ` in ${lineage.repository}`]],
    [
      'training run',
      [
        `${lineage.trainedBy.runId}.${lineage.trainedBy.runAttempt}, ${showDuration(lineage.run.durationMs)} on ${lineage.run.runner} (claimed)`,
      ],
    ],
    ['model file', [{ code: artifact.digest }, ` ${artifact.name}, ${grouped(artifact.sizeBytes)} bytes`]],
    ['feature version', [record.featureVersion]],
    ['serving image', [record.servingImage]],
    ['limits', [{ prose: record.limitations.trim() || 'unknown: nobody has stated them' }]],
  ];
  return { kind: 'table', head: ['what', 'value'], rows: rows.map(([what, value]) => [[what], value]) };
}

function trainedOn({ lineage, validation }: VersionRecord): readonly (readonly [string, Phrase])[] {
  return lineage.datasets.map(({ dataset, rows, dataDigest, source }) => {
    const verdict = validation.find((each) => each.dataset === dataset)?.verdict ?? 'validation unknown';
    const size = rows === null ? 'rows unknown' : `${grouped(rows)} rows`;
    return ['trained on', [`${dataset}, ${size}, ${verdict}, from ${source}, `, { code: dataDigest }]];
  });
}

function metricTable({ metrics }: VersionRecord): Block {
  if (metrics.length === 0) return paragraph('No metric was recorded.');
  return {
    kind: 'table',
    head: ['metric', 'held-out', '95 % interval', 'grade'],
    align: ['l', 'r', 'l', 'l'],
    rows: metrics.map(({ metric, slice, challenger, challengerInterval, grade }) => [
      [slice == null ? metric : `${metric}, ${slice}`],
      [String(challenger)],
      [challengerInterval === null ? '–' : `${challengerInterval[0]} to ${challengerInterval[1]}`],
      [grade],
    ]),
  };
}

function gateTable({ gates }: VersionRecord): Block {
  if (gates.length === 0) return paragraph('No gate was asked for.');
  return {
    kind: 'table',
    head: ['gate', 'against', 'found', 'required', 'result'],
    rows: gates.map(({ gate, against, found, required, result }) => [
      [gate],
      [against == null ? 'no champion' : `v${against}`],
      [found],
      [required],
      [result],
    ]),
  };
}

function versionsBlock({ stages, lastEvent }: ModelAnswer): Block {
  const newest = [...stages].reverse().slice(0, mostVersions);
  const left = stages.length - newest.length;
  const shown = newest.map(({ version, stage }) => `v${version} ${stage}`).join(', ');
  const more = left > 0 ? `, and ${grouped(left)} older ones` : '';
  return paragraph(
    `${counted(stages.length, 'version')}: ${shown}${more}. Last change ${showTime(lastEvent.at)}.`,
  );
}
