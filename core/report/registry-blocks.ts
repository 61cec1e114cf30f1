import { stages } from '../config/stage.ts';
import type { ModelLine, ServedLine } from '../registry/registry-answer.ts';
import type { VersionFact } from '../registry/version-diff.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { counted } from './count-text.ts';
import { showTime } from './time-text.ts';

/** `gatehouse registry list`: one line a model. */
export function listBlocks(models: readonly ModelLine[]): readonly Block[] {
  if (models.length === 0) return [paragraph('No model is registered.')];
  const versions = models.reduce((sum, line) => sum + line.versions, 0);
  const served = models.reduce((sum, { serving }) => sum + serving.length, 0);
  return [
    paragraph(
      { strong: counted(models.length, 'model') },
      `, ${counted(versions, 'version')}, ${counted(served, 'endpoint')} served`,
    ),
    {
      kind: 'table',
      head: ['model', 'newest', 'serves', 'stages', 'last change'],
      rows: models.map((line) => [
        [line.model],
        [`v${line.newest}`],
        [line.serving.map(({ endpoint, version }) => `${endpoint} v${version}`).join(', ')],
        [stagesText(line)],
        [showTime(line.lastChange)],
      ]),
    },
  ];
}

const stagesText = ({ stages: counts }: ModelLine): string =>
  stages.flatMap((stage) => (counts[stage] === undefined ? [] : [`${counts[stage]} ${stage}`])).join(', ');

/** What served where: who it was, since when, who approved it. @param title says where, or as of when */
export function servedBlocks(title: Phrase, lines: readonly ServedLine[]): readonly Block[] {
  if (lines.length === 0) return [{ kind: 'paragraph', text: [...title, ': nothing.'] }];
  return [
    { kind: 'paragraph', text: title },
    {
      kind: 'table',
      head: ['endpoint', 'model', 'version', 'from', 'until', 'pull request', 'approved by'],
      align: ['l', 'l', 'l', 'l', 'l', 'r', 'l'],
      rows: lines.map(({ endpoint, model, version, from, until, how, pullRequest, approvals }) => [
        [endpoint],
        [model],
        [`v${version}${how === 'promoted' ? '' : ` (${how})`}`],
        [showTime(from)],
        [until === null ? 'serves now' : showTime(until)],
        [`#${pullRequest}`],
        [approvalsText(approvals)],
      ]),
    },
  ];
}

/** `rita (reviewer), omar (owner)` */
export const approvalsText = (
  approvals: readonly { readonly login: string; readonly role: string }[],
): string => approvals.map(({ login, role }) => `${login} (${role})`).join(', ') || 'nobody';

/** `gatehouse registry diff`: the facts of two versions, side by side. */
export function diffBlocks(
  model: string,
  [a, b]: readonly [number, number],
  facts: readonly VersionFact[],
): readonly Block[] {
  const differing = facts.filter(({ differs }) => differs).length;
  return [
    paragraph(
      { strong: model },
      `, v${a} against v${b}: ${differing === 0 ? 'no fact' : counted(differing, 'fact')} differ${differing < 2 ? 's' : ''}`,
    ),
    ...(facts.length === 0
      ? []
      : [
          {
            kind: 'table',
            head: ['part', 'fact', `v${a}`, `v${b}`],
            rows: facts.map(({ part, name, values }) => [
              [part],
              [name],
              [values[0] ?? '–'],
              [values[1] ?? '–'],
            ]),
          } as const,
        ]),
  ];
}
