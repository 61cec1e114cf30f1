import { mostRate, mostRequests } from '../config/latency-schema.ts';
import { readMoment } from '../config/moment.ts';
import { InputError } from '../error/error.ts';

const numberForm = /^\d+(?:\.\d+)?$/;
const msPerSecond = 1_000;

/**
 * Reads the times of a recorded trace: numbers are seconds, anything else a time in UTC.
 * @param records of a CSV file, the header first; written by the team
 * @returns seconds from the first request, ascending; logs are often in the order of the answers
 * @throws InputError TRACE_INVALID
 */
export function readTrace(
  records: readonly (readonly string[])[],
  column: string,
  source: string,
): Float64Array {
  const [header = [], ...rows] = records;
  const at = header.indexOf(column);
  if (at === -1) throw refuse(source, `it has no column ${JSON.stringify(column)}`);
  const times = Float64Array.from(rows, (cells, row) => {
    const cell = (cells[at] ?? '').trim();
    const seconds = numberForm.test(cell) ? Number(cell) : readMoment(cell) / msPerSecond;
    if (Number.isFinite(seconds)) return seconds;
    throw refuse(source, `row ${row + 1} has ${JSON.stringify(cell.slice(0, 80))} where a time is expected`);
  }).sort();
  const first = times[0];
  if (first === undefined) throw refuse(source, 'it has no rows');
  return times.map((time) => time - first);
}

/**
 * Plays a trace faster or slower and cuts it.
 * @param seconds from the first request, ascending
 * @param most how long it is played, in seconds after the speed
 * @throws InputError TRACE_INVALID when more requests are due than can be sent
 */
export function scaleTrace(seconds: Float64Array, speed: number, most: number, source: string): Float64Array {
  const scaled = seconds.map((second) => second / speed).filter((second) => second < most);
  const limit = Math.min(mostRate * most, mostRequests);
  if (scaled.length <= limit) return scaled;
  throw refuse(source, `${scaled.length} requests are due in ${most} seconds, at most ${limit} are sent`);
}

function refuse(source: string, why: string): InputError {
  return new InputError('TRACE_INVALID', `${source} is no trace of requests: ${why}`, {
    hint: 'Write CSV with a header and one line a request; latency.arrival names the column with seconds or UTC times such as 2026-12-31T23:59:00.250Z.',
    where: { file: source },
  });
}
