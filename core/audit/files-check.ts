import type { Finding } from '../finding/finding.ts';
import { belongsToLedger, headPath, isTransactionPath, operationPath } from '../registry/layout.ts';
import type { LedgerHead, ModelState } from '../registry/ledger.ts';
import { renderEachModel } from '../registry/render.ts';
import type { Steps } from '../registry/steps.ts';
import { type Entry, textOf } from './entries.ts';
import { renderHead } from './transaction.ts';
import { type LedgerFiles, ledgerFinding, type VerifyOptions } from './verification.ts';

/** Compares every file that is not an entry with what the entries say must lie there, byte by byte. A step for each model. */
export function* checkFiles(
  files: LedgerFiles,
  entries: readonly Entry[],
  states: ReadonlyMap<string, ModelState>,
  head: LedgerHead,
  { layout, renderers }: Pick<VerifyOptions, 'layout' | 'renderers'>,
): Steps<readonly Finding[]> {
  const expected = new Map<string, string>([[headPath, renderHead(head)]]);
  const rendered = yield* renderEachModel([...states.values()], layout, renderers);
  for (const [path, text] of rendered) expected.set(path, text);
  for (const { path, transaction } of entries) {
    const model = transaction.stream.slice('model/'.length);
    for (const { operation } of transaction.events)
      expected.set(operationPath(model, operation), `${path}\n`);
  }
  const findings = [...expected].flatMap(([path, text]) => compare(path, files.get(path), text));
  const strays = [...files.keys()]
    .filter((path) => belongsToLedger(path, layout) && !expected.has(path) && !isTransactionPath(path))
    .sort()
    .map((path) =>
      ledgerFinding('file-stray', path, `${path} was put into the ledger; no entry speaks of it`, {
        found: 'a file',
        allowed: 'nothing',
      }),
    );
  return [...findings, ...strays];
}

function compare(
  path: string,
  content: Uint8Array | string | undefined,
  expected: string,
): readonly Finding[] {
  if (content === undefined) {
    const facts = { found: 'nothing', allowed: firstLine(expected) };
    return [
      ledgerFinding(
        'file-missing',
        path,
        `${path} was deleted; the entries say that it must be there`,
        facts,
      ),
    ];
  }
  const text = textOf(content);
  if (text === expected) return [];
  if (text === null) return [ledgerFinding('file-edited', path, `${path} was edited: it is not UTF-8 text`)];
  const [found, allowed] = [text.split('\n'), expected.split('\n')];
  const at = Math.max(
    0,
    allowed.findIndex((line, index) => line !== found[index]),
  );
  const finding = ledgerFinding(
    'file-edited',
    path,
    `${path} was edited: line ${at + 1} is not what the entries say`,
    {
      found: shorten(found[at]),
      allowed: shorten(allowed[at]),
    },
  );
  return [{ ...finding, where: { file: path, line: at + 1 } }];
}

const firstLine = (text: string): string => shorten(text.split('\n', 1)[0]);

const shorten = (line: string | undefined): string =>
  line === undefined ? '(no such line)' : line.length > 160 ? `${line.slice(0, 160)}...` : line;
