import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServeConfig } from '../../core/config/latency.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { EndFacts } from '../../core/training/outcome.ts';
import { listFamily } from '../../core/training/process-table.ts';
import { readMemory, readProcesses } from '../machine/processes.ts';
import { watchTeamCommand } from '../process/team-command.ts';
import { cutLog } from './cut-log.ts';
import { loopback } from './request.ts';

export interface ServerInputs {
  /** For messages: `challenger, round 2`. */
  readonly name: string;
  readonly serve: ServeConfig;
  /** The checkout in which it runs. */
  readonly workspace: string;
  /** The only variables that it sees, besides host and port. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** It is ended after this long whatever happens. */
  readonly mostMs: number;
  readonly print: (line: string) => void;
}

/** A server that is ready. */
export interface ModelServer {
  readonly port: number;
  readonly readyMs: number;
  /** Aborted when the server ends by itself. */
  readonly gone: AbortSignal;
  /** Highest memory of the processes that serve now, summed; null: this system does not tell. */
  readonly readPeakMemoryMib: () => Promise<number | null>;
  /** @throws InputError LATENCY_SERVER_ENDED when the server has ended by itself */
  readonly requireAlive: () => void;
  /** Ends it and everything of its process group. */
  readonly stop: () => Promise<void>;
}

const lookMs = 50;
const probeMs = 1_000;
/** Between being asked to end and being ended. */
const graceMs = 2_000;
const seeAbove = 'See the lines that it printed above';

/**
 * Starts the team's server and waits until it is ready. It sees no token and no secret.
 * @throws InputError LATENCY_SERVER_NOT_READY, LATENCY_SERVER_ENDED
 */
export async function startServer(inputs: ServerInputs): Promise<ModelServer> {
  const port = await findPort();
  const [cancel, gone] = [new AbortController(), new AbortController()];
  const state: { pid: number | null; end: EndFacts | null } = { pid: null, end: null };
  const startedAt = performance.now();
  const log = cutLog(inputs.print);
  const ended = watchTeamCommand({
    text: inputs.serve.command,
    folder: inputs.workspace,
    env: { ...inputs.env, GATEHOUSE_HOST: loopback, GATEHOUSE_PORT: String(port) },
    timeoutMs: inputs.mostMs,
    log: log.print,
    cancel: cancel.signal,
    graceMs,
    started: (pid) => {
      state.pid = pid;
    },
  }).then(async (end) => {
    state.end = end;
    if (!cancel.signal.aborted) await log.printLast(end.lastLines);
    gone.abort();
  });
  const server: ModelServer = {
    port,
    readyMs: 0,
    gone: gone.signal,
    readPeakMemoryMib: () => readPeakMemory(state.pid),
    requireAlive: () => {
      if (state.end !== null) throw endedEarly(inputs.name, state.end);
    },
    stop: async () => {
      cancel.abort();
      await ended;
    },
  };
  try {
    await waitReady(server, inputs);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ...server, readyMs: Math.round(performance.now() - startedAt) };
}

async function waitReady(server: ModelServer, { name, serve }: ServerInputs): Promise<void> {
  const deadline = performance.now() + serve.readySeconds * 1_000;
  for (;;) {
    const ready = await isReady(server.port, serve.ready);
    // Whatever answers on that port after the server's end is not the server.
    server.requireAlive();
    if (ready) return;
    if (performance.now() > deadline) {
      throw refuse(
        'latency/server-not-ready',
        `The server (${name}) was not ready after ${serve.readySeconds} seconds: GET ${serve.ready} gave no status from 200 to 299`,
        `${seeAbove}. It must listen on GATEHOUSE_HOST and GATEHOUSE_PORT; raise latency.serve.ready-seconds in model.yml if loading takes longer.`,
      );
    }
    await wait(lookMs);
  }
}

function isReady(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = get({ host: loopback, port, path, agent: false, timeout: probeMs }, (answer) => {
      const status = answer.statusCode ?? 0;
      answer.destroy();
      resolve(status >= 200 && status < 300);
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(false));
    sent.on('close', () => resolve(false));
  });
}

/** A port that nobody listens on now. */
async function findPort(): Promise<number> {
  const server = createServer().listen(0, loopback);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

async function readPeakMemory(pid: number | null): Promise<number | null> {
  const table = pid === null ? null : await readProcesses();
  if (table === null || pid === null) return null;
  const peaks = await Promise.all(
    [...listFamily(table, pid)].map(async (each) => (await readMemory(each)).peakMib),
  );
  const known = peaks.filter((peak) => peak !== null);
  return known.length === 0 ? null : Math.round(known.reduce((sum, peak) => sum + peak, 0));
}

function endedEarly(name: string, end: EndFacts) {
  return refuse(
    'latency/server-ended',
    `The server (${name}) ended by itself: ${describeEnd(end)}`,
    `${seeAbove}. latency.serve.command must serve until it is ended; start the server in the foreground.`,
  );
}

function describeEnd({ startFault, timedOut, exitCode, signal, oomKills }: EndFacts): string {
  if (startFault !== null) return startFault;
  if (timedOut) return 'it was still there after the longest time that a round can take';
  const memory = oomKills !== null && oomKills > 0 ? ', and the machine ran out of memory' : '';
  return exitCode === null ? `signal ${signal}${memory}` : `exit code ${exitCode}${memory}`;
}
