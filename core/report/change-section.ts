import type { ClaimedRun, Digest } from '../evidence/evidence.ts';
import type { Block, Phrase, Section } from './block.ts';
import { counted, grouped, short } from './facts.ts';

const mostRows = 40;

/** How a version came about: of the champion from its version record, of the challenger from the evidence. */
export interface Making {
  /** `v6`, or how the challenger is called. */
  readonly name: string;
  readonly run: Pick<ClaimedRun, 'parameters' | 'seed' | 'command' | 'commit' | 'image'>;
  readonly datasets: readonly {
    readonly dataset: string;
    readonly dataDigest: Digest;
    readonly rows: number | null;
  }[];
}

interface Change {
  readonly what: string;
  /** Null: not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Parameters and data that differ between champion and challenger: the first suspects of any difference. */
export function changeSections(champion: Making | null, challenger: Making): readonly Section[] {
  if (champion === null) return [];
  const [data, parameters] = [dataChanges(champion, challenger), runChanges(champion, challenger)];
  const all = [...data, ...parameters];
  const title = `Changed against ${champion.name}: ${counted(parameters.length, 'parameter')}, ${counted(data.length, 'dataset')}`;
  const blocks: readonly Block[] =
    all.length === 0
      ? [{ kind: 'paragraph', text: ['Parameters and data are the same: the code differs, or chance does.'] }]
      : [
          {
            kind: 'table',
            head: ['What', champion.name, challenger.name],
            rows: all.slice(0, mostRows).map(toRow),
          },
          ...(all.length <= mostRows
            ? []
            : [{ kind: 'small', text: [`${all.length - mostRows} more changes.`] } as const]),
          note,
        ];
  return [{ name: 'what changed', rank: 5, blocks: [{ kind: 'fold', title, blocks }] }];
}

const note: Block = {
  kind: 'small',
  text: ['Parameters are claimed by the training jobs; digests of data are judged.'],
};

const toRow = ({ what, before, after }: Change): readonly Phrase[] => [
  [{ code: what }],
  before === null ? ['none'] : [{ code: before }],
  after === null ? ['none'] : [{ code: after }],
];

function dataChanges(champion: Making, challenger: Making): readonly Change[] {
  const names = new Set([...champion.datasets, ...challenger.datasets].map(({ dataset }) => dataset));
  return [...names].sort().flatMap((name) => {
    const [before, after] = [champion, challenger].map(({ datasets }) =>
      datasets.find(({ dataset }) => dataset === name),
    );
    if (before?.dataDigest === after?.dataDigest) return [];
    return [{ what: `data ${name}`, before: showData(before), after: showData(after) }];
  });
}

function showData(data: Making['datasets'][number] | undefined): string | null {
  if (data === undefined) return null;
  const rows = data.rows === null ? '' : `, ${grouped(data.rows)} rows`;
  return `${short(data.dataDigest.replace('sha256:', ''))}${rows}`;
}

function runChanges({ run: before }: Making, { run: after }: Making): readonly Change[] {
  const names = [...new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)])].sort();
  const own: readonly Change[] = [
    { what: 'command', before: before.command, after: after.command },
    { what: 'image', before: before.image, after: after.image },
    { what: 'seed', before: textOf(before.seed), after: textOf(after.seed) },
    ...names.map((what) => ({
      what,
      before: textOf(before.parameters[what]),
      after: textOf(after.parameters[what]),
    })),
  ];
  return own.filter((change) => change.before !== change.after);
}

const textOf = (value: string | number | boolean | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
