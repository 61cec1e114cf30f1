import type { LoadConfig, ServeConfig } from '../../core/config/latency.ts';
import { fillHistogram } from '../../core/load/histogram.ts';
import type { RoundFact } from '../../core/load/latency-record.ts';
import { scheduleArrivals } from '../../core/load/schedule.ts';
import { driveLoad } from './driver.ts';
import { startServer } from './server.ts';

export interface ServedSide {
  readonly who: RoundFact['who'];
  readonly serve: ServeConfig;
  /** The checkout whose code serves. */
  readonly workspace: string;
  /** Lays the verified model file where the server finds it, anew for each round. @returns its path */
  readonly layModel: () => Promise<string>;
}

export interface LoadTest {
  /** One, or the challenger and the champion. */
  readonly sides: readonly ServedSide[];
  readonly load: LoadConfig;
  readonly bodies: readonly Buffer[];
  /** Seconds from the first request (`scaleTrace`); empty for declared arrivals. */
  readonly trace: Float64Array;
  /** The only variables that a server sees, besides those of GATEHOUSE_. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly print: (line: string) => void;
}

/** Loading, ending and answers that are still open: on top of what a round takes by its schedule. */
const spareMs = 60_000;

/**
 * Starts, warms up, loads and ends the servers round by round, one after the other on this machine. Who comes first
 * changes with each round, so that neither always gets the warmer machine; both get the same requests at the same times.
 * @throws InputError LATENCY_SERVER_NOT_READY, LATENCY_SERVER_ENDED
 */
export async function measureRounds(test: LoadTest): Promise<readonly RoundFact[]> {
  const facts: RoundFact[] = [];
  for (let round = 1; round <= test.load.rounds; round++) {
    const sides = round % 2 === 1 ? test.sides : test.sides.toReversed();
    for (const [at, side] of sides.entries()) {
      const turn = at === 0 ? 1 : 2;
      facts.push({ round, turn, ...(await measureOne(test, side, round)) });
    }
  }
  return facts;
}

async function measureOne(
  test: LoadTest,
  side: ServedSide,
  round: number,
): Promise<Omit<RoundFact, 'round' | 'turn'>> {
  const { load, bodies, trace } = test;
  const schedule = scheduleArrivals({ ...load, round, trace });
  const server = await startServer({
    name: `${side.who}, round ${round}`,
    serve: side.serve,
    workspace: side.workspace,
    env: { ...test.env, GATEHOUSE_MODEL: await side.layModel() },
    mostMs: side.serve.readySeconds * 1_000 + schedule.endMs + load.timeoutMs + spareMs,
    print: test.print,
  });
  try {
    const { port, gone, readyMs } = server;
    const { request, timeoutMs } = load;
    const run = await driveLoad({ port, request, bodies, schedule, timeoutMs, stop: gone });
    server.requireAlive();
    const { latenciesMs, ...counts } = run;
    const peakMemoryMib = await server.readPeakMemoryMib();
    return { who: side.who, ...counts, latency: fillHistogram(latenciesMs), readyMs, peakMemoryMib };
  } finally {
    await server.stop();
  }
}
