import { evaluateLatency } from '../load/latency-metrics.ts';
import type { LatencyRecord, RoundFact } from '../load/latency-record.ts';
import { roundsOf, summarise } from '../load/summary.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { differenceOf, showValue } from './metric-text.ts';

const patterns: Readonly<Record<LatencyRecord['pattern'], string>> = {
  poisson: 'Poisson arrivals',
  constant: 'evenly spaced arrivals',
  recorded: 'a recorded trace',
};

/** What a load test measured, for the job summary. */
export function latencyBlocks(record: LatencyRecord): readonly Block[] {
  const { metrics, findings } = evaluateLatency(record);
  const rows = metrics.map((each): readonly Phrase[] => [
    [each.metric],
    [showValue(each.metric, each.challenger)],
    [each.champion === null ? '–' : showValue(each.metric, each.champion)],
    [differenceOf(each)],
  ]);
  const champion = record.champion === null ? 'champion' : `v${record.champion.version}`;
  const head = [
    '',
    record.challenger.version === null ? 'challenger' : `v${record.challenger.version}`,
    champion,
  ];
  return [
    { kind: 'heading', level: 3, text: ['Latency of ', { code: record.model }] },
    { kind: 'table', head: [...head, 'difference, 95 %'], align: ['l', 'r', 'r', 'l'], rows },
    ...(findings.length === 0
      ? []
      : [
          { kind: 'list', items: findings.map(({ message, fix }): Phrase => [`${message}. `, fix]) } as const,
        ]),
    paragraph(
      'Measured, not judged: code of the pull request ran on the same machine. No gate was applied here.',
    ),
    { kind: 'small', text: [describeLoad(record), ' ', describeMachine(record)] },
  ];
}

function describeLoad(record: LatencyRecord): string {
  const sides: readonly RoundFact['who'][] =
    record.champion === null ? ['challenger'] : ['challenger', 'champion'];
  const [first] = sides.map((who) => summarise(roundsOf(record, who), record.roundSeconds));
  const rate = Number((first?.offeredPerSecond ?? 0).toPrecision(3));
  const rounds = record.rounds.length / sides.length;
  return `${rounds} rounds of ${record.roundSeconds} s after ${record.warmUpSeconds} s of warm-up, ${patterns[record.pattern]}, ${rate} requests/s${record.champion === null ? '' : ', both in turns'}; a request that failed or took longer counts as ${record.timeoutMs} ms.`;
}

function describeMachine({ machine, engine }: LatencyRecord): string {
  const gpus = machine.gpus.length === 0 ? '' : `, ${machine.gpus.join(', ')}`;
  return `Runner ${machine.runner}: ${machine.cpu}, ${machine.cpus} cores${gpus}. ${engine}.`;
}
