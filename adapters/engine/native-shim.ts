import { join } from 'node:path';
import process from 'node:process';
import { getEngineFolder } from './engine-folder.ts';

/**
 * Stands in for `@duckdb/node-bindings` in the bundles: they carry no native code, and most actions never need it.
 * The engine is loaded from the chosen folder when its first function is used.
 */
let loaded: Record<string, unknown> | null = null;

function load(): Record<string, unknown> {
  const folder = getEngineFolder();
  if (folder === null) throw new Error('the data engine was used before its folder was chosen');
  if (loaded === null) {
    const holder = { exports: {} as Record<string, unknown> };
    // The library beside the binding is found by the binding itself: its run path is its own folder.
    process.dlopen(holder, join(folder, 'duckdb.node'));
    loaded = holder.exports;
  }
  return loaded;
}

export default new Proxy({} as Record<string, unknown>, {
  get: (_, name) => (typeof name === 'string' ? load()[name] : undefined),
});

// The engine's API re-exports these four by name.
export const double_to_hugeint = (value: unknown): unknown => call('double_to_hugeint', value);
export const double_to_uhugeint = (value: unknown): unknown => call('double_to_uhugeint', value);
export const hugeint_to_double = (value: unknown): unknown => call('hugeint_to_double', value);
export const uhugeint_to_double = (value: unknown): unknown => call('uhugeint_to_double', value);

function call(name: string, value: unknown): unknown {
  const native = load()[name];
  if (typeof native !== 'function') throw new Error(`the data engine has no ${name}`);
  return native(value) as unknown;
}
