import { type LedgerSource, readProvenLedger } from '../../adapters/actions/ledger-source.ts';
import type { ReproduceInputs } from '../../adapters/reproduce/reproduce.ts';
import { findVersion } from '../../core/audit/find-version.ts';
import { resolveChampion } from '../../core/audit/resolve.ts';
import type { Policy } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import { reproductionBlocks } from '../../core/report/reproduction-blocks.ts';
import type { Reproduction } from '../../core/training/reproduction.ts';

export interface ReproduceModelInputs extends Omit<ReproduceInputs, 'record' | 'policy'> {
  readonly model: string;
  /** `v7`; empty: what serves at the endpoint. */
  readonly version: string;
  readonly endpoint: string;
}

export interface ReproduceModelDeps {
  readonly ledger: LedgerSource;
  /** Of the default branch, as the checkout has it. */
  readonly policy: () => Promise<Policy>;
  readonly reproduce: (inputs: ReproduceInputs) => Promise<Reproduction>;
}

export interface ReproduceModelOutputs {
  readonly verdict: 'pass' | 'fail';
  readonly found: Reproduction;
  /** Markdown for the job summary. */
  readonly summary: string;
}

/**
 * Trains a version of a proven ledger again.
 * @throws InputError LEDGER_..., REPRODUCE_... when something is gone; ServiceError when GitHub, store or machine fail: not
 * evaluated, never a pass
 */
export async function run(
  { model, version, endpoint, ...inputs }: ReproduceModelInputs,
  deps: ReproduceModelDeps,
): Promise<ReproduceModelOutputs> {
  if ((version === '') === (endpoint === '')) {
    throw new InputError('REPRODUCE_WHICH', 'Exactly one of version and endpoint is to be given', {
      hint: 'Give version: v7, or endpoint: eu for what serves there.',
    });
  }
  const ledger = await readProvenLedger(deps.ledger, 'report');
  const wanted = version === '' ? `v${resolveChampion(ledger, model, endpoint).version}` : version;
  const record = findVersion(ledger, model, wanted);
  const found = await deps.reproduce({ ...inputs, record, policy: await deps.policy() });
  const body = renderMarkdown([
    { kind: 'heading', level: 3, text: ['Reproduction'] },
    ...reproductionBlocks(found),
    { kind: 'small', text: [`Read ${deps.ledger.now().toISOString()}`] },
  ]);
  return { verdict: found.outcome === 'differs' ? 'fail' : 'pass', found, summary: `${body}\n` };
}
