import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readLineBodies, readRowBodies } from '../../adapters/load/bodies.ts';
import { handedNames, takeRows } from '../../adapters/scoring/handed-files.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestFeatures } from '../../core/evidence/held-out-features.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { readTrace, scaleTrace } from '../../core/load/trace.ts';
import { CsvReader } from '../../core/production-like/csv-reader.ts';
import type { ChosenLoad, Place } from './load.ts';

export interface Traffic {
  readonly bodies: readonly Buffer[];
  readonly requestsDigest: Digest | null;
  readonly trace: Float64Array;
  readonly traceDigest: Digest | null;
}

export interface TrafficPlace extends Place, ChosenLoad {
  /** Artifacts that may hold the held-out rows, verified against their pointer. */
  readonly folders: readonly string[];
  /** An empty folder of this job. */
  readonly to: string;
}

/**
 * Reads what is sent and when, from the side that the load came from; held-out rows from the side that governs. No label.
 * @throws InputError LATENCY_FILE_MISSING, LATENCY_REQUESTS_INVALID, TRACE_INVALID, CSV_RECORD, PREDICT_HANDED_...
 */
export async function readTraffic(place: TrafficPlace): Promise<Traffic> {
  return { ...(await readBodies(place)), ...(await readArrivals(place)) };
}

async function readBodies(place: TrafficPlace): Promise<Pick<Traffic, 'bodies' | 'requestsDigest'>> {
  const { body } = place.load.request;
  if (body.kind === 'none') return { bodies: [], requestsDigest: null };
  if (body.kind === 'file') {
    const content = await readFile(place, body.path);
    return { bodies: readLineBodies(content, body.path), requestsDigest: digestBytes(content) };
  }
  const { features: path, key } = place.config.heldOut;
  const governing = place.proposal.catalogue.models.get(place.model)?.from ?? 'base';
  const content = await place.github.file(path, place.proposal.commits[governing]);
  const requestsDigest = digestFeatures(path, content);
  const file = join(place.to, handedNames.features);
  const handed = place.folders.find((folder) => existsSync(join(folder, handedNames.features)));
  await takeRows(handed ?? place.to, 'features', { path, content: content ?? new Uint8Array(0) }, file);
  const { under } = body;
  const bodies = await readRowBodies({ file, source: path, key, ...(under === undefined ? {} : { under }) });
  return { bodies, requestsDigest };
}

async function readArrivals(place: TrafficPlace): Promise<Pick<Traffic, 'trace' | 'traceDigest'>> {
  const { arrival } = place.load;
  if (arrival.kind === 'declared') return { trace: new Float64Array(0), traceDigest: null };
  const { path, column, speed, seconds } = arrival;
  const content = await readFile(place, path);
  const reader = new CsvReader(path);
  const records = [...reader.push(new TextDecoder().decode(content)), ...reader.end()];
  const trace = scaleTrace(readTrace(records, column, path), speed, seconds, path);
  return { trace, traceDigest: digestBytes(content) };
}

async function readFile(place: TrafficPlace, path: string): Promise<Uint8Array> {
  const content = await place.github.file(path, place.proposal.commits[place.from]);
  if (content !== null) return content;
  throw refuse(
    'latency/file-missing',
    `${path} is not there at the ${place.from} of the pull request`,
    'latency in model.yml names it: add the file in the same commit, or correct the path.',
    { where: { file: path } },
  );
}
