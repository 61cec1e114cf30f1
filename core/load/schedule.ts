import type { Arrival } from '../config/latency.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';

const msPerSecond = 1_000;

export interface Schedule {
  /** When each request is due, in milliseconds from the start, ascending. */
  readonly dueMs: Float64Array;
  /** Requests before this index are load that is not counted. */
  readonly counted: number;
  /** End of the schedule: warm-up and measured part. */
  readonly endMs: number;
  /** How long the measured part is. */
  readonly countedMs: number;
}

export interface ScheduleInputs {
  readonly arrival: Arrival;
  readonly warmUpSeconds: number;
  readonly seed: number;
  /** From 1: each round has its own random arrivals, the same for both models. */
  readonly round: number;
  /** Seconds from the first request of a recorded trace (`scaleTrace`); unused for a declared one. */
  readonly trace: Float64Array;
}

/**
 * Says when each request of a round is due, whatever becomes of earlier ones: an open loop, as users are.
 * The warm-up has evenly spaced requests at the mean rate.
 * @see Schroeder, Wierman, Harchol-Balter 2006, Open versus closed: a cautionary tale (NSDI)
 */
export function scheduleArrivals(inputs: ScheduleInputs): Schedule {
  const { arrival, warmUpSeconds } = inputs;
  const measured = measuredSeconds(inputs);
  const rate = arrival.kind === 'declared' ? arrival.rate : measured.length / arrival.seconds;
  const warmUp = everySeconds(rate, warmUpSeconds);
  const dueMs = new Float64Array(warmUp.length + measured.length);
  for (const [at, second] of warmUp.entries()) dueMs[at] = second * msPerSecond;
  for (const [at, second] of measured.entries()) {
    dueMs[warmUp.length + at] = (warmUpSeconds + second) * msPerSecond;
  }
  const countedMs = arrival.seconds * msPerSecond;
  return { dueMs, counted: warmUp.length, endMs: warmUpSeconds * msPerSecond + countedMs, countedMs };
}

function measuredSeconds({ arrival, seed, round, trace }: ScheduleInputs): readonly number[] | Float64Array {
  if (arrival.kind === 'recorded') return trace;
  const { pattern, rate, seconds } = arrival;
  return pattern === 'constant' ? everySeconds(rate, seconds) : poissonSeconds(rate, seconds, seed, round);
}

function everySeconds(rate: number, seconds: number): readonly number[] {
  // A tiny slack: 0.1 * 30 is 3.0000000000000004, and no request more is due.
  return Array.from({ length: Math.ceil(rate * seconds - 1e-9) }, (_, at) => at / rate);
}

/** A Poisson process: gaps are independent and exponential. */
function poissonSeconds(rate: number, seconds: number, seed: number, round: number): readonly number[] {
  const next = seedGenerator(seed + Math.imul(round, 0x9e3779b1));
  const due: number[] = [];
  for (let at = gap(next, rate); at < seconds; at += gap(next, rate)) due.push(at);
  return due;
}

/** 1 - u lies in (0, 1]: its logarithm is finite. */
const gap = (next: () => number, rate: number): number => -Math.log(1 - next()) / rate;
