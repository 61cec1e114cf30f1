import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../core/evidence/evidence.ts';
import {
  parseCondaFile,
  parsePythonFacts,
  parseRFacts,
  pythonQuestion,
  rQuestion,
  sortPackages,
} from '../../core/training/package-list.ts';
import { askTool } from '../machine/tool.ts';

export type Software = Pick<RunRecord, 'runtimes' | 'packages'>;

/** Asks a program one thing; null when it is not there, fails or does not end. */
export type AskProgram = (program: string, words: readonly string[]) => Promise<string | null>;

/** Thousands of packages on a slow disk; a record without them is better than none. */
const askLimitMs = 30_000;

/** Asks programs of this machine, in the environment of the team's command. */
export const askMachine =
  (env: Readonly<NodeJS.ProcessEnv>): AskProgram =>
  async (program, words) => {
    const answer = await askTool(program, words, env, askLimitMs);
    return answer.kind === 'answer' ? answer.text : null;
  };

/**
 * Tells the runtimes and packages that a training command finds: Node, Python, conda, R. Call it after the command, which
 * may have installed some of them. What does not answer is not told; nothing of it fails.
 * @param env environment of the command
 * @param ask of the container in which the command ran; null: on this machine
 */
export async function captureSoftware(
  workspace: string,
  env: Readonly<NodeJS.ProcessEnv>,
  ask: AskProgram | null = null,
): Promise<Software> {
  return listSoftware(
    workspace,
    ask ?? askMachine(env),
    // Variables of the machine say nothing about a container.
    ask === null ? env.CONDA_PREFIX : undefined,
  );
}

async function listSoftware(
  workspace: string,
  ask: AskProgram,
  condaPrefix: string | undefined,
): Promise<Software> {
  const [node, python, r, conda] = await Promise.all([
    ask('node', ['--version']),
    askPython(workspace, ask),
    ask('Rscript', ['--vanilla', '-e', rQuestion]),
    listConda(condaPrefix),
  ]);
  const rFacts = r === null ? null : parseRFacts(r);
  const nodeVersion = node === null ? '' : node.trim();
  return {
    runtimes: {
      ...(/^v\d[\w.+-]{0,99}$/.test(nodeVersion) ? { node: nodeVersion } : {}),
      ...(python === null ? {} : { python: python.version }),
      ...(rFacts === null ? {} : { r: rFacts.version }),
    },
    packages: sortPackages([...(python?.packages ?? []), ...(rFacts?.packages ?? []), ...conda]),
  };
}

/** The environment beside the code first: a command that uses it starts it by its path. `-P` is too new to ask for. */
async function askPython(workspace: string, ask: AskProgram) {
  const own = join(workspace, '.venv', 'bin', 'python');
  const hasOwn = await access(own).then(
    () => true,
    () => false,
  );
  for (const program of [...(hasOwn ? [own] : []), 'python3', 'python']) {
    const text = await ask(program, ['-c', pythonQuestion]);
    const facts = text === null ? null : parsePythonFacts(text);
    if (facts !== null) return facts;
  }
  return null;
}

/** Read from its files: the program that made the environment need not be there. */
async function listConda(prefix: string | undefined): Promise<readonly (readonly [string, string])[]> {
  if (!prefix) return [];
  const files = await readdir(join(prefix, 'conda-meta')).catch(() => []);
  return files.flatMap((file) => {
    const found = parseCondaFile(file);
    return found === null ? [] : [found];
  });
}
