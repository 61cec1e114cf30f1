import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { Script } from 'node:vm';
import { type DeclaredTest, TestRun } from './test-run.ts';

type Run = (require: (name: string) => unknown, module: Loaded, exports: unknown, folder: string) => void;

interface Loaded {
  exports: object;
}

const requirePackage = createRequire(import.meta.url);

/** Modules that can be loaded again and again, from texts that are compiled once. */
export class World {
  readonly #root: string;
  readonly #codes: ReadonlyMap<string, string>;
  readonly #compiled = new Map<string, Run>();
  readonly #loaded = new Map<string, Loaded>();
  readonly #run = new TestRun();
  readonly #imports = new Map<string, Set<string>>();
  /** Called before and after the body of a module runs. */
  readonly #enter: (file: string) => () => void;

  constructor(
    root: string,
    codes: ReadonlyMap<string, string>,
    enter: (file: string) => () => void = () => () => undefined,
  ) {
    this.#root = root;
    this.#codes = codes;
    this.#enter = enter;
  }

  /** Forgets tests and fixtures, which call the code while they load; with `all`, the code as well. */
  forget(all: boolean): void {
    for (const file of [...this.#loaded.keys()]) if (all || !isCode(file)) this.#loaded.delete(file);
  }

  /** Loads a test file. @throws whatever it throws while it loads */
  declare(file: string): readonly DeclaredTest[] {
    this.#loaded.delete(file);
    return this.#run.declare(join(this.#root, dirname(file)), () => this.#load(file));
  }

  /** Everything that a loaded file reaches by its imports. */
  reachOf(file: string, reached = new Set<string>()): ReadonlySet<string> {
    reached.add(file);
    for (const each of this.#imports.get(file) ?? []) if (!reached.has(each)) this.reachOf(each, reached);
    return reached;
  }

  #load(file: string): unknown {
    const known = this.#loaded.get(file);
    if (known !== undefined) return known.exports;
    const module: Loaded = { exports: {} };
    this.#loaded.set(file, module);
    const imports = new Set<string>();
    this.#imports.set(file, imports);
    const require = (name: string): unknown => {
      if (name === 'vitest') return this.#run.module;
      if (!name.startsWith('.')) return requirePackage(name);
      const target = posix.join(posix.dirname(file), name);
      imports.add(target);
      return this.#load(target);
    };
    const leave = this.#enter(file);
    try {
      this.#compile(file)(require, module, module.exports, join(this.#root, dirname(file)));
    } catch (error) {
      this.#loaded.delete(file);
      throw error;
    } finally {
      leave();
    }
    return module.exports;
  }

  #compile(file: string): Run {
    const known = this.#compiled.get(file);
    if (known !== undefined) return known;
    const code = this.#codes.get(file);
    if (code === undefined) throw new Error(`${file} is not in the bundle`);
    const wrapped = `(function (require, module, exports, __dirname) {${code}\n})`;
    const run = new Script(wrapped, { filename: join(this.#root, file) }).runInThisContext() as Run;
    this.#compiled.set(file, run);
    return run;
  }
}

/** Code keeps no state, so it stays loaded while tests and fixtures are loaded again. */
const isCode = (file: string): boolean =>
  (file.startsWith('core/') && !/\.(test|fixture)\.ts$/.test(file)) ||
  file === 'scripts/mutation/case-files.ts';
