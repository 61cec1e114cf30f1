import { createRequire, Module } from 'node:module';
import { type EngineSettings, openDuckDb } from './duckdb.ts';
import { setEngineFolder } from './engine-folder.ts';
import type { KeyEngine } from './key-engine.ts';
import { type EngineSearch, locateEngine } from './locate.ts';
import shim from './native-shim.ts';

/**
 * Finds the data engine and starts it.
 * @throws ServiceError ENGINE_MISSING when it is nowhere or cannot be loaded
 */
export async function openEngine(search: EngineSearch, settings: EngineSettings): Promise<KeyEngine> {
  const { folder, from } = await locateEngine(search);
  setEngineFolder(folder);
  if (from !== 'node_modules' && import.meta.url.endsWith('.ts')) replaceInstalled();
  return openDuckDb(settings);
}

/** Sources load the API from node_modules, whose own native part must then give way to the chosen one, as in a bundle. */
function replaceInstalled(): void {
  const require = createRequire(import.meta.url);
  const id = require.resolve('@duckdb/node-bindings');
  const stand = new Module(id);
  stand.exports = shim;
  stand.loaded = true;
  require.cache[id] = stand;
}
