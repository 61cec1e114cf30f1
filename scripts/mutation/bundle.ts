import { join, relative } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

/**
 * Every test file and what it imports from the repository, each as a CommonJS text by its path from the root, so that
 * it can be run again at will: an ES module is loaded once and stays.
 * @param texts what stands in place of a file on the disk
 */
export async function bundleTests(
  root: string,
  tests: readonly string[],
  texts: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const planted: Plugin = {
    name: 'planted',
    load: (id) => {
      const code = texts.get(relative(root, id));
      return code === undefined ? null : { code, moduleType: 'ts' };
    },
  };
  const bundle = await rolldown({
    input: Object.fromEntries(tests.map((file) => [file.replace(/\.ts$/, ''), join(root, file)])),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [planted],
    // What is loaded and not called has mutants as well.
    treeshake: false,
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    preserveModules: true,
    preserveModulesRoot: root,
    entryFileNames: '[name].ts',
  });
  await bundle.close();
  return new Map(output.flatMap((each) => (each.type === 'chunk' ? [[each.fileName, each.code]] : [])));
}
