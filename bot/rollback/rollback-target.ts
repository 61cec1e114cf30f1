import type { GitHubReader } from '../../adapters/github/reader.ts';
import { readDeclared } from '../../core/change/declared.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { contractPath, datasetOfFile, withdrawnPath } from '../../core/config/layout.ts';
import { InputError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { barredFindings } from '../../core/policy/target-rule.ts';
import { barredVersions } from '../../core/registry/barred.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { readBlobs } from '../gather/text.ts';

/**
 * Why the version that an endpoint would return to must not serve, as the files on the default branch say now. What
 * cannot be read bars it: a person decides then.
 */
export async function readTargetBars(
  reader: GitHubReader,
  tip: string,
  state: ModelState,
  version: number,
): Promise<readonly Finding[]> {
  const tree = await reader.tree(tip);
  // Of every contract: the data may be revoked under another name than it was trained on.
  const names = [...tree.keys()].flatMap((path) => datasetOfFile(path) ?? []);
  const paths = [withdrawnPath(state.model), ...names.map(contractPath)];
  const blobs = paths.flatMap((path) => tree.get(path)?.blob ?? []);
  const texts = await readBlobs(reader, [...new Set(blobs)]);
  const text = (path: string) => texts.get(tree.get(path)?.blob ?? '') ?? null;
  const own = new Map([...tree].filter(([path]) => path === withdrawnPath(state.model)));
  const { withdrawn = { kind: 'missing' } as const } = readDeclared(own, state.model, text);
  try {
    const revoked = new Map(
      names.map((name) => {
        const path = contractPath(name);
        return [name, parseContract(text(path) ?? '', path).revoked ?? []] as const;
      }),
    );
    return barredFindings(barredVersions([version], { model: state.model, withdrawn, revoked }, state));
  } catch (error) {
    if (error instanceof InputError) return error.findings.length > 0 ? error.findings : [unread(error)];
    throw error;
  }
}

const unread = ({ message, hint }: InputError): Finding => ({
  ...{ code: 'target/unreadable', severity: 'fail', message, fix: hint },
});
