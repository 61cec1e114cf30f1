import type { RunRecord } from '../evidence/evidence.ts';
import { showCost } from '../training/cost.ts';
import { showGpus } from '../training/gpu-text.ts';
import type { Block, Phrase, Section } from './block.ts';
import { counted, grouped, short } from './facts.ts';
import { showDuration } from './lineage-section.ts';
import { footer } from './summary-part.ts';
import { attemptTable, outcomeBlocks } from './training-outcome.ts';

/** The summary of a training job: what the run says about itself. */
export function trainingSections(record: RunRecord, lastLines: readonly string[] = []): readonly Section[] {
  const done = record.outcome === 'done';
  const heading: Phrase = [
    done ? 'Trained: ' : 'Not trained: ',
    { code: record.model },
    done ? '. What this job says is claimed and gates nothing' : '',
  ];
  const table: Block = { kind: 'table', head: ['What', 'Claimed'], rows: runRows(record) };
  return [
    { name: 'headline', rank: 0, blocks: [{ kind: 'heading', level: 3, text: heading }] },
    ...endSections(record, lastLines),
    { name: 'run record', rank: 1, blocks: [table] },
    footer(['Commit ', { code: short(record.commit) }]),
  ];
}

/** How it ended, when it did not end well, and every attempt when there were several. */
function endSections({ attempts, outcome }: RunRecord, lines: readonly string[]): readonly Section[] {
  const last = attempts.at(-1);
  if (last === undefined) return [];
  const end =
    outcome === 'done'
      ? []
      : outcomeBlocks({ attempt: last, attempts: attempts.length, again: false, lines });
  const blocks = [...end, ...(attempts.length < 2 ? [] : [attemptTable(attempts)])];
  return blocks.length === 0 ? [] : [{ name: 'end', rank: 1, blocks }];
}

const row = (what: string, ...phrase: Phrase): readonly Phrase[] => [[what], phrase];

function runRows(record: RunRecord): readonly (readonly Phrase[])[] {
  const { machine, artifact, changedFiles, image, cost, usage } = record;
  return [
    row('Command', { code: record.command }),
    ...(artifact === null
      ? []
      : [
          row('Model file', { code: artifact.name }, ` ${grouped(artifact.sizeBytes)} bytes, `, {
            code: artifact.digest,
          }),
        ]),
    row('Time', showDuration(record.durationMs)),
    ...(record.attempts.length < 2 ? [] : [row('Attempts', String(record.attempts.length))]),
    ...(cost === null ? [] : [row('Cost', showCost(cost))]),
    row('Machine', { code: record.runner }, `, ${machine.os}, ${machine.cpu}, GPU `, {
      code: showGpus(machine),
    }),
    row('Software', ...showSoftware(record)),
    ...(image === null ? [] : [row('Image', { code: image })]),
    ...(usage === null ? [] : [row('Use', showUsage(usage))]),
    ...(changedFiles.length === 0
      ? []
      : [
          row('Not as in the commit', `${counted(changedFiles.length, 'file')}: `, {
            code: changedFiles.join(', '),
          }),
        ]),
    ...(record.seed === null ? [] : [row('Seed', { code: String(record.seed) })]),
    ...namedRows('Metric', record.metrics),
    ...namedRows('Parameter', record.parameters),
  ];
}

/** The first fifty: the record has them all. */
const namedRows = (what: string, values: Readonly<Record<string, unknown>>) =>
  Object.entries(values)
    .slice(0, 50)
    .map(([name, value]) => row(`${what} ${name}`, { code: String(value) }));

function showSoftware({ runtimes, packages }: RunRecord): Phrase {
  const names = Object.entries(runtimes).map(([name, version]) => `${name} ${version}`);
  const listed = packages.length === 0 ? 'no packages listed' : counted(packages.length, 'package');
  return names.length === 0 ? [listed] : [{ code: names.join(', ') }, `, ${listed}`];
}

function showUsage(usage: NonNullable<RunRecord['usage']>): string {
  const { peakMemoryMib, gpuUtilisation, gpuPeakMemoryMib, gpuEnergyWh } = usage;
  const parts = [
    ...(peakMemoryMib === null ? [] : [`memory up to ${grouped(Math.round(peakMemoryMib))} MiB`]),
    ...(gpuUtilisation === null ? [] : [`GPU ${Math.round(gpuUtilisation * 100)} % busy`]),
    ...(gpuPeakMemoryMib === null ? [] : [`GPU memory up to ${grouped(Math.round(gpuPeakMemoryMib))} MiB`]),
    ...(gpuEnergyWh === null ? [] : [`${gpuEnergyWh.toFixed(1)} Wh`]),
  ];
  return parts.length === 0 ? 'not told' : parts.join(', ');
}
