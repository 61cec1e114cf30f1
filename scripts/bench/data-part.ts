import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';
import { openDuckDb } from '../../adapters/engine/duckdb.ts';
import type { Measured } from '../../core/dataset/measured.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import { peakMemoryBytes } from '../peak-memory.ts';

/* One measurement in a process of its own, so that its peak memory is its own: `data-part.ts WHAT FILE` prints one JSON line. */

export interface Part {
  /** Best of `runs`. */
  readonly seconds: number;
  /** Of all threads, in that run: what a busy machine changes least. */
  readonly processorSeconds: number;
  readonly peakMiB: number;
  readonly counts: Readonly<Record<string, number>>;
}

const runs = 2;
const code = '[A-Z0-9]{3}';
const plan: CheckPlan = {
  columns: [
    { column: 'id', type: 'integer', showValues: true },
    { column: 'date', type: 'timestamp', showValues: true },
    { column: 'delay', type: 'integer', min: -120, max: 1000, showValues: true },
    { column: 'distance', type: 'integer', min: 1, max: 6000, showValues: true },
    { column: 'origin', type: 'text', pattern: code, showValues: true },
    { column: 'destination', type: 'text', pattern: code, showValues: true },
  ],
  rules: [{ name: 'unique', kind: 'repeated', columns: ['id'], nulls: 'skip' }],
  examples: 3,
  distinct: [],
};

async function measureGatehouse(file: string): Promise<Part> {
  const workdir = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const engine = await openDuckDb({ workdir });
  const files = [{ path: file, local: file }];
  const part = await time(async () => toCounts(await engine.profile(plan, files)));
  engine.close();
  await rm(workdir, { recursive: true });
  return part;
}

function toCounts({ rows, columns, rules, problems }: Measured): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { rows: rows ?? -1, problems: problems.length };
  for (const { column, tallies } of columns) {
    counts[`${column} nulls`] = tallies.nulls.count;
    counts[`${column} faults`] = tallies.type.count + tallies.range.count + tallies.pattern.count;
  }
  for (const rule of rules) counts[rule.name] = rule.kind === 'tally' ? rule.tally.count : -1;
  return counts;
}

async function measureScan(file: string): Promise<Part> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const names = plan.columns.map(({ column }) => column);
  const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(', ');
  const scans: Readonly<Record<string, string>> = {
    csv: `read_csv('${file}', auto_detect = false, header = true, columns = {${columns}})`,
    jsonl: `read_json('${file}', format = 'newline_delimited', columns = {${columns.replaceAll('VARCHAR', 'JSON')}})`,
    parquet: `read_parquet('${file}')`,
  };
  const scan = scans[file.slice(file.lastIndexOf('.') + 1)] ?? '';
  const select = names.map((name) => `max(${name})`).join(', ');
  const part = await time(async () => {
    await connection.runAndReadAll(`SELECT ${select} FROM ${scan}`);
    return {};
  });
  connection.closeSync();
  instance.closeSync();
  return part;
}

async function measureBytes(file: string): Promise<Part> {
  return time(async () => {
    let lines = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      const bytes = chunk as Buffer;
      for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 0x0a) lines += 1;
    }
    return { lines };
  });
}

async function time(run: () => Promise<Readonly<Record<string, number>>>): Promise<Part> {
  let seconds = Number.POSITIVE_INFINITY;
  let processorSeconds = 0;
  let counts: Readonly<Record<string, number>> = {};
  for (let at = 0; at < runs; at += 1) {
    const started = performance.now();
    const before = process.cpuUsage();
    counts = await run();
    const taken = (performance.now() - started) / 1000;
    if (taken >= seconds) continue;
    const { user, system } = process.cpuUsage(before);
    seconds = taken;
    processorSeconds = (user + system) / 1e6;
  }
  return { seconds, processorSeconds, peakMiB: peakMemoryBytes() / 1024 ** 2, counts };
}

const measures: Readonly<Record<string, (file: string) => Promise<Part>>> = {
  gatehouse: measureGatehouse,
  scan: measureScan,
  bytes: measureBytes,
};

const [what = '', file = ''] = process.argv.slice(2);
const measure = measures[what];
if (measure === undefined) throw new Error(`unknown measurement "${what}"`);
console.log(JSON.stringify(await measure(file)));
