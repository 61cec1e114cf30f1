import { mkdir } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ServiceError } from '../../core/error/error.ts';
import type { Ask } from './ask.ts';
import { failed, type KeyEngine, writeKeysOf } from './key-engine.ts';
import { compareKeys } from './key-files.ts';
import { profileFiles } from './profile-files.ts';

export interface EngineSettings {
  /** A folder of ours: the engine spills into it. */
  readonly workdir: string;
  /** `defaultMemoryMiB` when absent. */
  readonly memoryMiB?: number;
  /** All cores when absent. */
  readonly threads?: number;
}

/** With it the whole process stays below 1 GiB at any number of rows: the engine holds some more than it counts. */
const defaultMemoryMiB = 576;

/**
 * Opens DuckDB in memory. Extensions, the network and further settings are off.
 * @throws ServiceError ENGINE_MISSING when its native part cannot be loaded
 */
export async function openDuckDb(settings: EngineSettings): Promise<KeyEngine> {
  await mkdir(settings.workdir, { recursive: true });
  const { api, instance } = await start(settings);
  const connection = await instance.connect();
  const ask: Ask = async (sql) => {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowsJson();
  };
  // Times are UTC whatever the machine says. The bar is not printed, only its number is read.
  await ask(`SET TimeZone = 'UTC'`);
  await ask('SET enable_progress_bar = true');
  await ask('SET enable_progress_bar_print = false');
  await ask('SET lock_configuration = true');
  const session = {
    ask,
    workdir: settings.workdir,
    interrupt: () => connection.interrupt(),
    readFraction: () => Math.min(1, Math.max(0, connection.progress.percentage / 100)),
  };
  return {
    version: `duckdb ${api.version().replace(/^v/, '')}`,
    profile: (plan, files, options = {}) => profileFiles(session, plan, files, options),
    writeKeys: (plan, files, target) => writeKeysOf(session, plan, files, target),
    compareKeys: (questions, files, most) =>
      compareKeys(ask, questions, files, most).catch((cause: unknown) => {
        throw failed(cause);
      }),
    close: () => close(connection, instance),
  };
}

async function start(settings: EngineSettings) {
  try {
    // Loaded when first used, so that an action that never touches data needs no engine.
    const api = await import('@duckdb/node-api');
    const instance = await api.DuckDBInstance.create(':memory:', {
      memory_limit: `${settings.memoryMiB ?? defaultMemoryMiB}MiB`,
      temp_directory: settings.workdir,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      ...(settings.threads === undefined ? {} : { threads: String(settings.threads) }),
    });
    return { api, instance };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError('ENGINE_MISSING', `The data engine could not be started: ${why}`, {
      hint: 'Give the input engine-path a folder with duckdb.node and its library, or allow the download (offline: false).',
      cause,
    });
  }
}

function close(connection: DuckDBConnection, instance: DuckDBInstance): void {
  connection.closeSync();
  instance.closeSync();
}
