import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runGit } from '../adapters/git/git.ts';
import { defaultBranch } from '../adapters/git/read.ts';
import { type Anchor, parseAnchor } from '../core/audit/anchor.ts';
import {
  type AnchorExpectations,
  anchorWorkflowOf,
  parseSignedAnchor,
  verifySignedAnchor,
} from '../core/audit/signed-anchor.ts';
import { policyPath } from '../core/config/layout.ts';
import type { Policy } from '../core/config/policy.ts';
import { parsePolicy } from '../core/config/policy-file.ts';
import { InputError } from '../core/error/error.ts';
import type { Jwk } from '../core/evidence/jwk.ts';
import type { Finding } from '../core/finding/finding.ts';

/** What `--anchor` gave. */
export interface GivenAnchors {
  readonly anchors: readonly Anchor[];
  /** Files that are not believed fail; what could not be compared is a warning. */
  readonly findings: readonly Finding[];
}

/** Where the issuer can be asked for its keys; null: nobody can be asked from here. */
export interface GivenIssuer {
  readonly issuer: string;
  readonly keys: () => Promise<readonly Jwk[]>;
}

/**
 * Reads what a person holds against a ledger: size and root, or the file of an anchor that he kept.
 * @param values of `--anchor`
 * @param findIssuer asked only where a file is given
 * @throws InputError ANCHOR_INVALID; ServiceError when the issuer does not answer
 */
export async function readGivenAnchors(
  dir: string,
  values: readonly string[],
  findIssuer: () => Promise<GivenIssuer | null>,
): Promise<GivenAnchors> {
  const anchors: Anchor[] = [];
  const findings: Finding[] = [];
  for (const value of values) {
    const text = /^(?:anchor:)?\d+:/.test(value) ? null : await readOptionalFile(resolve(dir, value));
    // Neither size and root nor a file: the error says how the first is written.
    if (text === null) anchors.push(parseAnchor(value));
    else findings.push(...(await readAnchorFile(dir, { name: value, text }, await findIssuer(), anchors)));
  }
  return { anchors, findings };
}

async function readAnchorFile(
  dir: string,
  { name, text }: { readonly name: string; readonly text: string },
  issuer: GivenIssuer | null,
  anchors: Anchor[],
): Promise<readonly Finding[]> {
  const signed = parseSignedAnchor(text, name);
  const keys = issuer === null ? [signed.jwk] : await issuer.keys();
  const wrong = verifySignedAnchor(signed, keys, await expectationsOf(dir, issuer), name);
  if (wrong !== null) return [wrong];
  const { size, root } = signed.statement;
  anchors.push({ size, root, from: name });
  return issuer === null ? [unasked(name)] : [];
}

/** What the clone itself knows. Its number at GitHub it does not: the root is of one ledger alone. */
async function expectationsOf(dir: string, issuer: GivenIssuer | null): Promise<AnchorExpectations> {
  const main = await defaultBranch(dir);
  const policy = await policyOf(dir, main);
  return {
    issuer: issuer?.issuer ?? null,
    repositoryId: null,
    ref: main === null ? null : `refs/heads/${main}`,
    workflow: policy === null ? null : anchorWorkflowOf(policy.trusted),
    runner: policy?.judgeRunner ?? null,
  };
}

/** null: a clone of the ledger alone has none. */
async function policyOf(dir: string, main: string | null): Promise<Policy | null> {
  for (const ref of main === null ? ['HEAD'] : [`refs/remotes/origin/${main}`, main]) {
    const { code, stdout } = await runGit(dir, ['cat-file', 'blob', `${ref}:${policyPath}`]);
    if (code === 0) return parsePolicy(stdout.toString(), policyPath);
  }
  return null;
}

async function readOptionalFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw new InputError('ANCHOR_INVALID', `${path} cannot be read`, {
      hint: 'Give a file that you may read.',
      cause,
    });
  }
}

const unasked = (name: string): Finding => ({
  code: 'ledger/anchor-key',
  severity: 'warn',
  message: `The key under ${name} is the one in the file: it was not compared with those that GitHub publishes, and whoever made the file may have made the key`,
  where: { file: name },
  fix: 'Fine for a file that you took from the release or the witness yourself and kept. Else add --github URL, and the key is compared.',
});
