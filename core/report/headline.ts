import type { Move } from '../change/change.ts';
import { isFailure, type Verdict } from '../finding/finding.ts';
import type { Phrase } from './block.ts';
import { isByBreakGlass, reviewHeadline } from './emergency-section.ts';
import {
  comparisonsOf,
  counted,
  findingsOf,
  grouped,
  invalidData,
  modelOf,
  type Request,
  registeredVersion,
  requestOf,
  short,
  stageMovesOf,
  waivedUntil,
} from './facts.ts';
import { isOpen } from './gate-advice.ts';
import { verdictWords } from './icon.ts';
import type { Report } from './report.ts';
import { isReportOnly } from './report-only.ts';

/** The first line: verdict in a word, and what merging does. */
export function headlineOf(report: Report): Phrase {
  const { decision, recorded } = report;
  if (recorded !== null)
    return [
      isByBreakGlass(report) ? '⚠️ Recorded, by break-glass: ' : '✅ Recorded: ',
      ...consequence(report, 'done'),
    ];
  if (report.merged && decision.kind === 'allowed' && decision.moves.length === 0)
    return ['✅ Merged: ', ...consequence(report, 'done')];
  if (decision.kind === 'nothing') return ['⚪ Nothing to check: merging this pull request moves no model'];
  if (isReportOnly(report)) return ['Report only: ', ...verdictOf(report)];
  return verdictOf(report);
}

function verdictOf(report: Report): Phrase {
  const { decision } = report;
  if (isForkHeld(report)) {
    return ['🔒 Waiting for a maintainer: a pull request from a fork gets no GPU runner, secret or label'];
  }
  return [wordOf(report), ...sentences[decision.verdict](report)];
}

function wordOf(report: Report): string {
  if (isByBreakGlass(report)) return '⚠️ By break-glass: ';
  return isWaived(report) ? '⚠️ Waived: ' : `${verdictWords[report.decision.verdict]}: `;
}

/** Allowed, though a gate fails that governors let fail for a while: no pass. */
export const isWaived = ({ decision }: Report): boolean =>
  decision.kind === 'allowed' && decision.rules.some(({ state }) => state === 'waived');

/** A headline has one line: a longer sentence stands below it. */
const mostWords = 92;

/** A fork's evidence cannot come: what helps is a maintainer, not another push. */
export function isForkHeld({ input, decision }: Report): boolean {
  return input.fork && decision.findings.some(({ code }) => code === 'request/fork');
}

const sentences: Readonly<Record<Verdict, (report: Report) => Phrase>> = {
  pass: (report) => ['merging this pull request ', ...consequence(report, 'will')],
  fail: failed,
  'data invalid': invalid,
  'not evaluated': (report) =>
    tooFewRows(report) ?? [...notEvaluated(report), '. This says nothing about the model'],
  waiting,
};

function failed(report: Report): Phrase {
  const comparisons = comparisonsOf(report);
  const outcomes = comparisons.flatMap((each) => each.outcomes);
  const failures = comparisons.flatMap((each) =>
    each.outcomes.filter((outcome) => outcome.result === 'fail' && waivedUntil(each, outcome) === null),
  ).length;
  const name = { code: aboutOf(report) };
  if (failures > 0)
    return ['merging records nothing. ', name, ` fails ${failures} of ${counted(outcomes.length, 'gate')}`];
  return ['merging records nothing. ', oneLine(findingsOf(report)[0]?.message ?? '')];
}

/** The message, or its first clause: what comes after "and" says why. */
function oneLine(message: string): string {
  const short = [message, message.split(', and ')[0] ?? ''].find((text) => text.length <= mostWords);
  return (short || 'See what stands in the way').replace(/\.$/, '');
}

function invalid(report: Report): Phrase {
  const bad = invalidData(report);
  const broken = bad.flatMap(({ findings }) => findings.filter(isFailure));
  const stopped = report.input.judgement === null && requestOf(report)?.proposal === true;
  const [first] = bad;
  return [
    stopped ? 'training did not start' : 'this data may not be used',
    ...(first === undefined
      ? []
      : ['. ', { code: first.dataset }, ` breaks ${counted(broken.length, 'rule')} of its contract`]),
  ];
}

function notEvaluated(report: Report): Phrase {
  const rule = report.decision.rules.find(({ state }) => state === 'not evaluated');
  const because = rule?.because.replace(/\.?\s*This says nothing about the model\.?/, '').replace(/\.$/, '');
  const [first] = findingsOf(report);
  const said = [first?.message, because].find((text) => text !== undefined && text.length <= mostWords);
  return [said ?? 'evidence is missing'];
}

/** Judged, and still open: more rows would tell. Null: it is about something else. */
function tooFewRows(report: Report): Phrase | null {
  const open = comparisonsOf(report)
    .flatMap(({ outcomes }) => outcomes)
    .filter(isOpen);
  if (open.length === 0) return null;
  const rows = grouped(report.input.judgement?.heldOut.rows ?? 0);
  const needed = Math.max(...open.map(({ rowsNeeded }) => rowsNeeded ?? 0));
  const would = needed === 0 ? '' : `, about ${grouped(needed)} would`;
  return [`${counted(open.length, 'gate')} cannot be decided on ${rows} held-out rows${would}`];
}

function waiting(report: Report): Phrase {
  const { decision, headSha } = report;
  const pending = decision.rules.find(
    ({ rule, state }) => state === 'waiting' && rule !== 'approvals' && !isHeldBy(rule),
  );
  const held = heldUntil(report);
  const missing = decision.missing.reduce((sum, { count }) => sum + count, 0);
  if (pending !== undefined && missing === 0)
    return ['running for ', { code: short(headSha) }, ': no result yet'];
  if (pending === undefined && missing === 0 && held !== null) return [held.replace(/\.$/, '')];
  const all = missing + decision.counted.length;
  if (pending !== undefined || missing === 0) return ['for evidence on ', { code: short(headSha) }];
  return [
    `${decision.counted.length} of ${counted(all, 'approval')} to `,
    ...consequence(report, 'infinitive'),
  ];
}

/** What only time can meet, in words; null: nothing of the kind holds it up. */
export const heldUntil = ({ decision }: Report): string | null =>
  decision.rules.find(({ rule, state }) => isHeldBy(rule) && state === 'waiting')?.because ?? null;

/** Rules that only time can meet. */
export const isHeldBy = (rule: string): boolean => rule === 'time' || rule === 'break-glass';

type Tense = 'will' | 'done' | 'infinitive';

/** What the merge does to the registry, in words; the first move speaks, the others are counted. */
export function consequence(report: Report, tense: Tense): Phrase {
  const moves = report.decision.moves.length > 0 ? report.decision.moves : (requestOf(report)?.moves ?? []);
  const [first, ...others] = moves;
  const request = requestOf(report);
  if (first === undefined)
    return request === null
      ? [verb(tense, 'change'), ' nothing']
      : withoutMove(request, tense, reviewHeadline(report.input));
  const more = others.length === 0 ? [] : [` and ${counted(others.length, 'more move')}`];
  return [...ofMove(first, tense, report), ...more];
}

function ofMove(move: Move, tense: Tense, report: Report): Phrase {
  const model = { code: move.model };
  if (move.kind === 'registration') {
    const staged = report.input.policy.proposal.onMerge === 'staging' ? ' in staging' : '';
    const version = registeredVersion(report, move.model);
    const what: Phrase =
      version === null ? ['a new version of ', model] : [{ code: `${move.model} v${version}` }];
    return [verb(tense, 'register'), ' ', ...what, staged];
  }
  const version = { code: `${move.model} v${move.version}` };
  if (move.rollback)
    return [verb(tense, 'return'), ' endpoint ', { code: move.endpoint ?? '' }, ' to ', version];
  if (move.to === 'production') {
    return [verb(tense, 'put'), ' ', version, ' into production at ', { code: move.endpoint ?? '' }];
  }
  const at = move.endpoint === null ? [] : [' at ', { code: move.endpoint }];
  return [verb(tense, 'move'), ' ', version, ` from ${move.from ?? 'nowhere'} to ${move.to}`, ...at];
}

function withoutMove(request: Request, tense: Tense, review: string | null): Phrase {
  if (review !== null) return [verb(tense, 'record'), ` ${review}`];
  if (request.configuration.length > 0) {
    return [
      verb(tense, 'change'),
      ` the rules of Gatehouse (${counted(request.configuration.length, 'file')})`,
    ];
  }
  const names = [...new Set([...request.datasets, ...request.newDatasets])];
  if (names.length === 0) return [verb(tense, 'change'), ' nothing that is governed'];
  return [verb(tense, 'change'), ' the data of ', { code: names.slice(0, 3).join(', ') }];
}

const forms: Readonly<Record<string, readonly [string, string]>> = {
  register: ['registers', 'registered'],
  return: ['returns', 'returned'],
  put: ['puts', 'put'],
  move: ['moves', 'moved'],
  change: ['changes', 'changed'],
  record: ['records', 'recorded'],
};

function verb(tense: Tense, word: string): string {
  const [present, past] = forms[word] ?? [word, word];
  return tense === 'infinitive' ? word : tense === 'will' ? present : past;
}

/** Names of what a pull request is about, for small print. */
export function aboutOf(report: Report): string {
  const versions = stageMovesOf(report).map(({ version }) => `v${version}`);
  return [modelOf(report) ?? 'configuration', ...new Set(versions)].join(' ');
}
