import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
/** The Node of the project, as runners have it: tests may run under another one. */
export const node = join(root, 'node_modules', '.bin', 'node');

export interface BundleRun {
  readonly code: number;
  /** Everything it printed, workflow commands too. */
  readonly log: string;
  readonly tookMs: number;
  /** What it wrote to GITHUB_OUTPUT. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A copy of dist/ far from any node_modules, with a workspace beside it. */
export class BundleBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'gatehouse-dist-'));
  #runs = 0;

  constructor() {
    cpSync(join(root, 'dist'), join(this.folder, 'dist'), { recursive: true });
    for (let at = this.folder; ; at = dirname(at)) {
      if (existsSync(join(at, 'node_modules'))) throw new Error(`${at} has node_modules: it proves nothing`);
      if (at === dirname(at)) break;
    }
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** Runs one bundle with this environment and no other variable than PATH. */
  run(
    bundle: string,
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Promise<BundleRun> {
    const started = performance.now();
    const options = {
      cwd: this.folder,
      env: { PATH: [dirname(node), process.env.PATH].join(delimiter), ...env },
    };
    return new Promise((resolve) => {
      execFile(node, [join('dist', bundle), ...args], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code ?? 99);
        const tookMs = performance.now() - started;
        const text = (path: string | undefined) => (path === undefined ? '' : readFileSync(path, 'utf8'));
        const outputs = parseOutputs(text(env.GITHUB_OUTPUT));
        resolve({ code, log: stdout + stderr, tookMs, outputs, summary: text(env.GITHUB_STEP_SUMMARY) });
      });
    });
  }

  /** Runs an action as a runner does for a push: facts, command files and inputs in the environment. */
  runAction(
    name: string,
    inputs: Readonly<Record<string, string>>,
    more: Readonly<Record<string, string>> = {},
  ): Promise<BundleRun> {
    this.#runs += 1;
    const [output, summary] = [`output-${this.#runs}`, `summary-${this.#runs}`];
    this.write(output, '');
    this.write(summary, '');
    const given = Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value]);
    return this.run(`${name}.js`, {
      ...pushFacts,
      RUNNER_TEMP: this.folder,
      GITHUB_OUTPUT: join(this.folder, output),
      GITHUB_STEP_SUMMARY: join(this.folder, summary),
      ...Object.fromEntries(given),
      ...more,
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** No server listens there: an action that asked one would fail. */
const pushFacts = {
  GITHUB_REPOSITORY: 'acme/flights',
  GITHUB_REPOSITORY_ID: '7',
  GITHUB_RUN_ID: '11',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_SERVER_URL: 'http://127.0.0.1:9',
  GITHUB_API_URL: 'http://127.0.0.1:9',
  GITHUB_ACTOR: 'ben',
};

/** `name<<delimiter`, the value, the delimiter again. */
function parseOutputs(text: string): Readonly<Record<string, string>> {
  const form = /^([\w-]+)<<(\S+)\r?\n([\s\S]*?)\r?\n\2$/gm;
  return Object.fromEntries([...text.matchAll(form)].map(([, name, , value]) => [name, value]));
}
