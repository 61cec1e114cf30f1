import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readWorkTree } from '../adapters/git/work-tree.ts';
import { policyPath } from '../core/config/layout.ts';
import type { Policy } from '../core/config/policy.ts';
import { parsePolicy } from '../core/config/policy-file.ts';
import { InputError } from '../core/error/error.ts';

/** A policy, and where it was read. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

/**
 * Reads the policy that a what-if is about.
 * @param given `--policy`; absent: .github/gatehouse.yml of the working tree, committed or not
 * @throws InputError FILE_MISSING, POLICY_MISSING, CONFIG_INVALID
 */
export async function readPolicy(cwd: string, given: string | undefined): Promise<NamedPolicy> {
  if (given !== undefined) return { name: given, policy: parsePolicy(await readText(cwd, given), given) };
  const { texts } = await readWorkTree(cwd, (path) => path === policyPath);
  const text = texts.get(policyPath);
  if (text === undefined) {
    throw new InputError('POLICY_MISSING', `${policyPath} is not in this working tree`, {
      hint: 'Name a policy with --policy, or run this in a clone of the governed repository.',
      where: { file: policyPath },
    });
  }
  return { name: policyPath, policy: parsePolicy(text, policyPath) };
}

/** @throws InputError FILE_MISSING */
export async function readText(cwd: string, name: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, name), 'utf8');
  } catch (cause) {
    throw new InputError('FILE_MISSING', `${name} cannot be read`, {
      hint: 'Name a file that is there, from the folder in which you stand.',
      cause,
    });
  }
}
