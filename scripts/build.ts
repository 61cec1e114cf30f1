import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');

/** Entry name -> source. One bundle with a shared chunk: @actions/core alone is 400 KB. */
export function entries(): Record<string, string> {
  const actions = readdirSync(join(root, 'actions'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return {
    ...Object.fromEntries(actions.map(({ name }) => [name, join(root, 'actions', name, 'index.ts')])),
    gatehouse: join(root, 'cli', 'main.ts'),
    // The app, run once: bot/action.yml.
    reconcile: join(root, 'bot', 'once-action.ts'),
    // Started as a thread by the file name: adapters/compare/compare-in-threads.ts.
    'resample-worker': join(root, 'adapters', 'compare', 'resample-worker.ts'),
  };
}

/**
 * Bundles every action and the command into `folder`, so that runners execute them without node_modules.
 * The data engine's native part is not in it: `adapters/engine/native-shim.ts` finds it when it is first used.
 */
export async function build(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const bundle = await rolldown({
    input: entries(),
    platform: 'node',
    resolve: { alias: { '@duckdb/node-bindings': join(root, 'adapters', 'engine', 'native-shim.ts') } },
    logLevel: 'warn',
  });
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared-[name].js',
    minify: false,
    sourcemap: false,
  });
  await bundle.close();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
}

if (import.meta.main) await build(join(root, 'dist'));
