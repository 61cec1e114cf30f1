import { readWorkTree } from '../../adapters/git/work-tree.ts';
import { requireVerified } from '../../core/audit/resolve.ts';
import type { Contract } from '../../core/config/contract.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { datasetOfFile } from '../../core/config/layout.ts';
import { GatehouseError, InputError } from '../../core/error/error.ts';
import { buildLineage } from '../../core/lineage/build.ts';
import type { Lineage } from '../../core/lineage/entity.ts';
import { type UnfitVersion, unfitVersions } from '../../core/lineage/expired.ts';
import { findEntity } from '../../core/lineage/find-entity.ts';
import { type Trace, traceDown, traceUp } from '../../core/lineage/trace.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { renderLineageMermaid } from '../../core/report/lineage-mermaid.ts';
import { describeUnfit, renderLineageTree } from '../../core/report/lineage-tree.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand, CommandContext, ExitCode } from '../context.ts';
import { type LedgerOptions, readProvenLedger, withLedgerOptions } from '../ledger.ts';

interface LineageOptions extends LedgerOptions {
  readonly up?: boolean;
  readonly down?: boolean;
  readonly format: string;
  readonly unfit?: boolean;
}

/** `gatehouse lineage`: what an entity was made from, what was made from it, and what binds it. */
export const lineageCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('lineage')
      .description('Follows a dataset, source, run, version or endpoint to its origins and to what uses it')
      .argument(
        '[entity]',
        'flight-delay@v7, dataset:flights, endpoint:eu/flight-delay, source:"...", run:123',
      )
      .option('--up', 'only what it was made from')
      .option('--down', 'only what was made from it')
      .option('--unfit', 'list every version whose data is past its retention or not for its model any more')
      .option('--format <form>', 'text or mermaid', 'text');
    withLedgerOptions(command).action((entity: string | undefined, options: LineageOptions) =>
      context.run(async () => {
        const { lineage, notes } = await readLineage(context, options, fetchAnchors);
        for (const note of notes) context.complain(`note: ${note}`);
        const unfit = unfitVersions(lineage, context.now().slice(0, 10));
        if (options.unfit === true) return printUnfit(unfit, options, context);
        if (entity === undefined) throw noEntity();
        return printTraces(lineage, tracesOf(lineage, entity, options), unfit, options, context);
      }),
    );
  };

interface Read {
  readonly lineage: Lineage;
  readonly notes: readonly string[];
}

async function readLineage(
  context: CommandContext,
  options: LineageOptions,
  fetchAnchors: FetchAnchors,
): Promise<Read> {
  const tree = await readWorkTree(context.cwd, (path) => datasetOfFile(path) !== null);
  const contracts: Contract[] = [];
  const unreadable = tree.links.flatMap((path) => datasetOfFile(path) ?? []);
  for (const [path, text] of tree.texts) {
    try {
      contracts.push(parseContract(text, path));
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      unreadable.push(datasetOfFile(path) ?? path);
    }
  }
  const notes = unreadable.map((name) => `the contract of ${name} cannot be read: run gatehouse check.`);
  const states = await readStates(context, options, fetchAnchors);
  if (states === null)
    notes.push('there is no ledger in this clone: runs, versions and endpoints are not known.');
  return { lineage: buildLineage({ contracts, unreadable, states: states ?? [] }), notes };
}

/** @returns null when there is no ledger branch yet, which is no fault before the first merge of a proposal */
async function readStates(
  context: CommandContext,
  options: LineageOptions,
  fetchAnchors: FetchAnchors,
): Promise<readonly ModelState[] | null> {
  try {
    const proven = await readProvenLedger(context, options, fetchAnchors);
    requireVerified(proven);
    return [...proven.states.values()];
  } catch (error) {
    const absent = error instanceof InputError && error.code === 'LEDGER_NOT_FOUND';
    if (absent && options.ledger === undefined) return null;
    throw error;
  }
}

function tracesOf(lineage: Lineage, text: string, { up, down }: LineageOptions): readonly Trace[] {
  const { id } = findEntity(lineage, text);
  const both = (up === true) === (down === true);
  return [
    ...(both || up === true ? [traceUp(lineage, id)] : []),
    ...(both || down === true ? [traceDown(lineage, id)] : []),
  ];
}

function printTraces(
  lineage: Lineage,
  traces: readonly Trace[],
  all: readonly UnfitVersion[],
  options: LineageOptions,
  context: CommandContext,
): ExitCode {
  const ids = new Set(traces.flatMap(({ carried }) => [...carried.keys()]));
  const unfit = all.filter(({ version }) => ids.has(version));
  if (options.json === true) context.print(JSON.stringify(toJson(lineage, traces, unfit), null, 2));
  else if (options.format === 'mermaid') context.print(renderLineageMermaid(traces, lineage));
  else if (options.format === 'text') context.print(renderLineageTree(traces, unfit));
  else {
    throw new InputError('FORMAT_UNKNOWN', `there is no format "${options.format}"`, {
      hint: 'Use --format text or --format mermaid, or --json.',
    });
  }
  return 0;
}

function toJson(lineage: Lineage, traces: readonly Trace[], unfit: readonly UnfitVersion[]) {
  const carried = new Map(traces.flatMap((trace) => [...trace.carried]));
  return {
    entity: traces[0]?.entity.id ?? null,
    directions: traces.map(({ direction }) => direction),
    entities: [...carried].flatMap(([id, each]) => {
      const entity = lineage.entities.get(id);
      return entity === undefined ? [] : [{ ...entity, carried: each }];
    }),
    edges: lineage.edges.filter(({ from, to }) => carried.has(from) && carried.has(to)),
    unfit,
  };
}

/** A version that should not be used any more is a gate that is shut, also when it serves since long. */
function printUnfit(
  unfit: readonly UnfitVersion[],
  { json }: LineageOptions,
  context: CommandContext,
): ExitCode {
  const text =
    unfit.length === 0
      ? 'Every version was trained on data that is kept and that its model may use.'
      : unfit.map(describeUnfit).join('\n');
  context.print(json === true ? JSON.stringify(unfit, null, 2) : text);
  return unfit.length === 0 ? 0 : 1;
}

const noEntity = (): InputError =>
  new InputError('LINEAGE_ENTITY', 'it is not said what to follow', {
    hint: 'Name it: gatehouse lineage dataset:flights. Or list versions whose data has expired: gatehouse lineage --unfit.',
  });
