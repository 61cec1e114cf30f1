import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseCommandFile } from './command-file.ts';
import type { JobSession } from './job-session.ts';
import type { Ending } from './process-group.ts';
import { envContext, type Frame, githubContext } from './scope.ts';
import type { Mapping } from './workflow.ts';

export interface StepProcess {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
  readonly graceMs?: readonly [number, number];
  /** GITHUB_STATE of earlier parts of the same action. */
  readonly state: Map<string, string>;
}

export interface StepAnswer extends Ending {
  readonly outputs: Readonly<Record<string, string>>;
}

const COMMAND_FILES = [
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
] as const;
const MAX_SUMMARY = 1024 * 1024;

/** Runs one process of a step with its command files and takes in what it wrote there. */
export async function runStepProcess(
  session: JobSession,
  frame: Frame,
  step: StepProcess,
): Promise<StepAnswer> {
  const files = new Map(COMMAND_FILES.map((name) => [name, session.newFile(`_${name.toLowerCase()}`)]));
  for (const file of files.values()) writeFileSync(file, '');
  const env = {
    CI: 'true',
    ...envContext(session, frame),
    ...step.env,
    ...Object.fromEntries([...step.state].map(([name, value]) => [`STATE_${name}`, value])),
    ...session.systemEnv(githubContext(session, frame)),
    ...Object.fromEntries(files),
  };
  const ending = await session.interruptible((signal) =>
    session.deps.processes.run({ ...step, env, signal, onLine: (line) => session.log.take(line) }),
  );
  return { ...ending, outputs: takeFiles(session, files, step.state) };
}

type CommandFile = (typeof COMMAND_FILES)[number];

function takeFiles(
  session: JobSession,
  files: ReadonlyMap<CommandFile, string>,
  state: Map<string, string>,
): Readonly<Record<string, string>> {
  const read = (name: CommandFile): string => {
    const file = files.get(name) ?? '';
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  for (const [name, value] of parseCommandFile(read('GITHUB_ENV'))) exportVariable(session, name, value);
  for (const line of read('GITHUB_PATH').split(/\r?\n/u)) if (line !== '') session.extraPath.unshift(line);
  for (const [name, value] of parseCommandFile(read('GITHUB_STATE'))) state.set(name, value);
  takeSummary(session, files.get('GITHUB_STEP_SUMMARY') ?? '');
  return Object.fromEntries(parseCommandFile(read('GITHUB_OUTPUT')));
}

function exportVariable(session: JobSession, name: string, value: string): void {
  if (name.toUpperCase() === 'NODE_OPTIONS') {
    throw new Error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
  }
  session.exported.set(name, value);
}

function takeSummary(session: JobSession, file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) return;
  const size = statSync(file).size;
  if (size > MAX_SUMMARY) {
    session.log.fail(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.ceil(size / 1024)}k.`,
    );
  } else session.summaries.push(session.log.hide(readFileSync(file, 'utf8')));
}

/** How a `run:` step's script is started. @throws Error for a shell that this runner does not have. */
export function scriptCommand(
  session: JobSession,
  script: string,
  shell: string | undefined,
  workingDirectory: string | undefined,
): Pick<StepProcess, 'file' | 'args' | 'cwd'> {
  const file = session.newFile('.sh');
  writeFileSync(file, script);
  const cwd = resolve(session.workspace, workingDirectory ?? '.');
  // Without `shell` GitHub leaves pipefail out; with `shell: bash` it is on.
  if (shell === undefined) return { file: 'bash', args: ['-e', file], cwd };
  if (shell === 'bash')
    return { file: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', file], cwd };
  if (shell === 'sh') return { file: 'sh', args: ['-e', file], cwd };
  const [program, ...args] = shell.split(/\s+/);
  if (program === undefined || !shell.includes('{0}'))
    throw new Error(`Shell '${shell}' is not supported by this runner`);
  return { file: program, args: args.map((arg) => arg.replace('{0}', file)), cwd };
}

/** How a file of a node action is started. */
export function nodeCommand(
  session: JobSession,
  folder: string,
  file: string,
): Pick<StepProcess, 'file' | 'args' | 'cwd'> {
  const script = join(folder, file);
  return { file: join(session.deps.folders.nodeDir, 'node'), args: [script], cwd: session.workspace };
}

/** `INPUT_*` variables of an action. */
export function inputVariables(inputs: Mapping): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      String(value),
    ]),
  );
}
