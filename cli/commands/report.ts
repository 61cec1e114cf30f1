import { writeFile } from 'node:fs/promises';
import { readWorkTree } from '../../adapters/git/work-tree.ts';
import { countedJudgements } from '../../core/audit/counted-judgement.ts';
import { parseTransaction } from '../../core/audit/transaction.ts';
import { waiverOfFile } from '../../core/config/layout.ts';
import { readRepositoryConfig } from '../../core/config/repository.ts';
import { InputError } from '../../core/error/error.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import type { Waiving } from '../../core/policy/waiver-rule.ts';
import type { Transaction } from '../../core/registry/ledger.ts';
import { trustBlock } from '../../core/report/ledger-trust.ts';
import { renderText } from '../../core/report/text.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand, CommandContext } from '../context.ts';
import { readStream } from '../model-stream.ts';
import { withRegistryOptions } from '../registry-options.ts';
import { type RegistryOptions, type RegistrySource, withRegistry } from '../registry-source.ts';
import { findWritable } from '../writable.ts';

interface ReportOptions extends RegistryOptions {
  readonly look?: string;
  readonly pull?: string;
  readonly html?: string;
}

/**
 * `gatehouse report`: a result that the app has counted, with all that was found. Where evidence is sealed, this is where
 * its page comes from: the ledger keeps what the app opened.
 */
export const reportCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('report')
      .description('Shows a judged result that the ledger counted, or writes its page with charts')
      .argument('<model>', 'flight-delay')
      .option('--pull <number>', 'the newest result of this pull request (default: the newest of the model)')
      .option('--look <number>', 'the result that was this look on its held-out set')
      .option('--html <file>', 'write one page with charts that opens from disk');
    withRegistryOptions(command).action((model: string, options: ReportOptions) =>
      context.run(async () => {
        const place = options.html === undefined ? null : await findWritable(context.cwd, options.html);
        return withRegistry(context, options, fetchAnchors, async (source) => {
          const evidence = await readJudgement(source, model, options);
          await show(context, options, source, evidence, place);
          return 0;
        });
      }),
    );
  };

async function show(
  context: CommandContext,
  { json }: ReportOptions,
  { trust }: RegistrySource,
  evidence: JudgementEvidence,
  place: string | null,
): Promise<void> {
  if (place !== null) {
    const { renderHtmlReport } = await import('../../core/report/html/report.ts');
    await writeFile(place, renderHtmlReport(evidence, { waiving: await readWaiving(context) }));
  }
  if (json === true) return context.print(JSON.stringify({ ledger: trust, evidence }, null, 2));
  const { summarySections } = await import('../../core/report/summary.ts');
  const waiving = await readWaiving(context);
  const blocks = summarySections(evidence, [], waiving).flatMap((section) => section.blocks);
  context.print(renderText([...blocks, trustBlock(trust)]));
}

/** Waivers of the clone in which one stands; none where there is no clone, or none that can be read. */
async function readWaiving({ cwd, now }: CommandContext): Promise<Waiving> {
  const tree = await readWorkTree(cwd, (path) => waiverOfFile(path) !== null).catch(() => null);
  const { waivers } = readRepositoryConfig(tree?.texts ?? new Map());
  return { waivers: [...waivers.values()].map(({ value }) => value), now: now() };
}

async function readJudgement(
  { reader }: RegistrySource,
  model: string,
  { look, pull }: ReportOptions,
): Promise<JudgementEvidence> {
  const [asked, number] = [readNumber('look', look), readNumber('pull', pull)];
  // The chain of the model is checked before anything of it is shown.
  await readStream(reader, model);
  const transactions: Transaction[] = [];
  for await (const [path, text] of reader.transactions(model))
    transactions.push(parseTransaction(text, path));
  const found = countedJudgements(
    transactions,
    ({ data, source }) =>
      data.type === 'HeldOutUsed' &&
      (asked === null || data.look === asked) &&
      (number === null || source.pullRequest === number),
  ).at(-1);
  if (found !== undefined) return found.evidence;
  throw new InputError('REPORT_NONE', `the ledger counted no such result of ${model}`, {
    hint: 'See which there are: gatehouse history of the model names every look and its pull request.',
  });
}

function readNumber(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InputError(
    'REPORT_NUMBER',
    `--${name} is ${JSON.stringify(text.slice(0, 40))}, no number from 1 up`,
    {
      hint: `Write it as --${name} 3.`,
    },
  );
}
