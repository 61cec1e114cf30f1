import type { Finding } from '../finding/finding.ts';
import { linkCommit, linkFile, linkRun } from './address.ts';
import { approvalSections, showTime } from './approval-sections.ts';
import type { Section } from './block.ts';
import { bodyLimit, fitSections } from './budget.ts';
import { dataSections, type ShowPlace } from './data-table.ts';
import { emergencySections } from './emergency-section.ts';
import { findingsOf, invalidData, markerFor } from './facts.ts';
import { findingSections } from './finding-list.ts';
import { headlineOf, isForkHeld } from './headline.ts';
import { foldedSections, historyOf, viewSections } from './judged-sections.ts';
import { lineageSections } from './lineage-section.ts';
import { renderMarkdown } from './markdown.ts';
import { bodyDigest, writeMarker, writeState } from './marker.ts';
import { nextSteps } from './next-steps.ts';
import { policyPreviewSections } from './policy-preview-section.ts';
import type { Report } from './report.ts';
import { renderRunTable } from './run-table.ts';
import { writtenSections } from './written-section.ts';

/**
 * Renders the one comment of a pull request.
 * @returns Markdown of at most 60,000 characters: marker, headline (what merging does), what failed, what to do next,
 * the rest, state. Parts are left out whole, never cut.
 */
export function renderComment(report: Report): string {
  const marker = writeMarker(markerFor(report));
  const footer = renderMarkdown([footerOf(report)]);
  const elsewhere = `The check "gatehouse" of this commit has the rest.`;
  const room = bodyLimit - marker.length - footer.length - 400;
  const body = fitSections(commentSections(report), room, elsewhere);
  const history = historyOf(report);
  const state = writeState({
    v: 1,
    head: report.headSha,
    run: report.run?.id ?? 0,
    attempt: report.run?.attempt ?? 0,
    body: bodyDigest(body),
    ...(history.length === 0 ? {} : { history }),
  });
  return [marker, body, '', footer, state].join('\n');
}

/** Everything that a reader may want, in the order in which it matters: verdict, what failed, what to do, the rest. */
export function commentSections(report: Report): readonly Section[] {
  const headline: Section = {
    name: 'headline',
    rank: 0,
    blocks: [{ kind: 'heading', level: 3, text: headlineOf(report) }],
  };
  return [
    headline,
    ...emergencySections(report),
    ...resultSections(report),
    nextSteps(report),
    ...approvalSections(report),
    ...policyPreviewSections(report),
    ...foldedSections(report),
    ...triedSections(report),
    ...writtenSections(report),
    ...lineageSections(report),
  ].filter(({ blocks }) => blocks.length > 0);
}

function triedSections({ tried }: Report): readonly Section[] {
  const blocks = renderRunTable(tried);
  if (blocks.length === 0) return [];
  const title = `Trainings of this pull request: ${tried.length}`;
  return [{ name: 'trainings', rank: 6, blocks: [{ kind: 'fold', title, blocks }] }];
}

/** What was found: invalid data, or gates, or whatever else stands in the way. What explains it is folded, further down. */
export function resultSections(report: Report): readonly Section[] {
  const showPlace: ShowPlace = (finding) => {
    if (finding.where === undefined) return '–';
    // A link to a file that is to be written yet would lead nowhere.
    return isAbsent(finding) ? { code: finding.where.file } : linkFile(report, finding.where);
  };
  const bad = invalidData(report);
  const shownInTables = new Set(bad.flatMap(({ findings }) => findings.map(({ message }) => message)));
  const others = findingsOf(report).filter(
    ({ code, message }) => code !== 'gate/failed' && code !== 'request/fork' && !shownInTables.has(message),
  );
  return [
    ...(isForkHeld(report) ? [forkSection] : []),
    ...bad.flatMap((dataset) => dataSections(dataset, showPlace)),
    ...findingSections(
      others.filter(({ severity }) => severity !== 'note'),
      showPlace,
    ),
    ...viewSections(report),
    // A note stands in nobody's way: what was judged comes before it.
    ...findingSections(
      others.filter(({ severity }) => severity === 'note'),
      showPlace,
    ),
  ];
}

const isAbsent = ({ code, where, sample }: Finding): boolean =>
  code.endsWith('/missing') && sample?.file === where?.file && where?.pointer === undefined;

const forkSection: Section = {
  name: 'forks',
  rank: 1,
  blocks: [
    {
      kind: 'paragraph',
      text: [
        'Nothing of this pull request ran on your training machines, and nothing was judged. Merging it records nothing.',
      ],
    },
  ],
};

function footerOf(report: Report) {
  const { judgement } = report.input;
  const champions = (judgement?.champions ?? []).map(({ endpoint, version }) => `v${version} at ${endpoint}`);
  return {
    kind: 'small',
    text: [
      'Commit ',
      linkCommit(report, report.headSha),
      ' · ',
      linkRun(report),
      report.run === null ? '' : `, attempt ${report.run.attempt}`,
      champions.length === 0 ? '' : ` · compared with ${champions.slice(0, 5).join(', ')}`,
      ' · rules of ',
      linkCommit(report, report.baseSha),
      ` · updated ${showTime(report.updatedAt)}`,
    ],
  } as const;
}
