import { existsSync, readFileSync } from 'node:fs';
import type { DataEngine, DataFile } from '../../../adapters/engine/engine.ts';
import { measureFiles, type TableFile } from '../../../core/dataset/measure.fixture.ts';
import type { OpenEngine } from './engine.ts';

/** An engine in memory for small CSV files without quotes: what the commands make of its answers is tested with it. */
export const openSmall: OpenEngine = async () => engine;

const engine: DataEngine = {
  version: 'small 1',
  async profile(plan, files, options) {
    const missing = files.filter(({ local }) => !existsSync(local));
    if (missing.length > 0) {
      const problems = missing.map(({ path }) => ({ path, line: null, because: 'it is not there' }));
      return { files: [], problems, rows: null, columns: [], rules: [], profile: null };
    }
    const others = [...(options?.others ?? [])].map(
      ([name, tables]) => [name, tables.flatMap((table) => read(table).rows)] as const,
    );
    return measureFiles(plan, files.map(read), new Map(others));
  },
  close() {},
};

function read({ path, local }: DataFile): TableFile {
  const [header = '', ...lines] = readFileSync(local, 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => line.split(',').map((cell) => (cell === '' ? null : cell)));
  return { path, columns: header.split(','), rows };
}
