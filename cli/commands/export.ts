import { checkNext } from '../../core/audit/check-stream.ts';
import { proveEntry, renderEntryProof } from '../../core/audit/entry-proof.ts';
import { csvHead, csvLine, type Exported, jsonLine } from '../../core/audit/export-row.ts';
import { parseTransaction } from '../../core/audit/transaction.ts';
import { InputError } from '../../core/error/error.ts';
import { emptyState } from '../../core/registry/stream.ts';
import { trustBlock } from '../../core/report/ledger-trust.ts';
import { renderText } from '../../core/report/text.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand, CommandContext, ExitCode } from '../context.ts';
import { needState } from '../model-answer.ts';
import { withRegistryOptions } from '../registry-options.ts';
import { type RegistryOptions, type RegistrySource, withRegistry } from '../registry-source.ts';

interface ExportOptions extends RegistryOptions {
  readonly format: string;
  readonly what: string;
  readonly model?: string;
  readonly entry?: string;
}

/** `gatehouse export`: events or versions, as CSV or JSON Lines, for whoever keeps books elsewhere. */
export const exportCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('export')
      .description('Writes what happened, or every version, as CSV or JSON Lines')
      .option('--format <form>', 'csv or jsonl', 'csv')
      .option('--what <rows>', 'events or versions', 'events')
      .option('--model <name>', 'only this model')
      .option(
        '--entry <number>',
        'one entry of the whole ledger with its proof, for gatehouse verify --entry',
      );
    withRegistryOptions(command).action((options: ExportOptions) =>
      context.run(() => {
        if (options.entry !== undefined) return exportEntry(context, options, options.entry, fetchAnchors);
        return withRegistry(context, options, fetchAnchors, async (source) => {
          const write = writerFor(options);
          const { model } = options;
          const models = model === undefined ? await source.reader.models() : [model];
          if (model !== undefined) await needState(source.reader, model);
          if (write.head !== null) context.print(write.head);
          for (const each of models) await exportModel(source, each, write.line, context);
          context.complain(renderText([trustBlock(source.trust)]));
          return 0;
        });
      }),
    );
  };

/** Whoever gets it needs an anchor and no ledger. Only a proven ledger gives proofs. */
async function exportEntry(
  context: CommandContext,
  options: ExportOptions,
  number: string,
  fetchAnchors: FetchAnchors,
): Promise<ExitCode> {
  const [{ readProvenLedger }, { requireVerified }] = await Promise.all([
    import('../ledger.ts'),
    import('../../core/audit/resolve.ts'),
  ]);
  const proven = await readProvenLedger(context, options, fetchAnchors);
  requireVerified(proven);
  context.print(renderEntryProof(proveEntry(proven.events, Number(number))).trimEnd());
  return 0;
}

type WriteLine = Parameters<typeof exportModel>[2];

/** One transaction is in memory at a time; each is checked before it is written. */
async function exportModel(
  { reader }: RegistrySource,
  model: string,
  toLine: (event: Parameters<typeof jsonLine>[1]) => string | null,
  { print }: CommandContext,
): Promise<void> {
  let state = emptyState(model);
  for await (const [path, text] of reader.transactions(model)) {
    const transaction = parseTransaction(text, path);
    state = checkNext(state, transaction, path);
    const lines = transaction.events.flatMap((event) => toLine(event) ?? []);
    if (lines.length > 0) print(lines.join('\n'));
  }
}

function writerFor({ format, what, json }: ExportOptions): {
  readonly head: string | null;
  readonly line: WriteLine;
} {
  if (what !== 'events' && what !== 'versions') {
    throw new InputError('EXPORT_WHAT', `there is nothing called "${what.slice(0, 40)}" to export`, {
      hint: 'Use --what events or --what versions.',
    });
  }
  const rows: Exported = what;
  if (format === 'jsonl' || json === true) return { head: null, line: (event) => jsonLine(rows, event) };
  if (format === 'csv') return { head: csvHead(rows), line: (event) => csvLine(rows, event) };
  throw new InputError('FORMAT_UNKNOWN', `there is no format "${format.slice(0, 40)}"`, {
    hint: 'Use --format csv or --format jsonl.',
  });
}
