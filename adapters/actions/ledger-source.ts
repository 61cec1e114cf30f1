import type { Anchor } from '../../core/audit/anchor.ts';
import type { LedgerFiles, LedgerVerification, VerifyOptions } from '../../core/audit/verification.ts';
import { InputError } from '../../core/error/error.ts';
import { belongsToLedger, type LedgerLayout } from '../../core/registry/layout.ts';
import { proveLedger } from '../../core/report/ledger-proof.ts';
import { readAnchors } from '../github/anchors.ts';
import { parseRepositoryName } from '../github/client.ts';
import { createReader } from '../github/octokit-reader.ts';
import type { GitHubReader } from '../github/reader.ts';
import { readPolicy } from '../proposal/read-proposal.ts';
import { inputNumber } from './input.ts';
import { openReader } from './job.ts';

/** The ledger and its anchors as a job reads them through the API. */
export interface LedgerSource {
  /** Every file of the ledger branch at its head, and how the ledger lies there. */
  readLedger(): Promise<{ readonly files: LedgerFiles; readonly layout: LedgerLayout }>;
  /** What check runs of the app say. A read that fails must throw: no answer is not the same as no anchor. */
  readAnchors(): Promise<readonly Anchor[]>;
  now(): Date;
}

/** @throws InputError APP_ID_MISSING: without the app's id nobody knows whose check runs are anchors */
export function openLedgerSource(): LedgerSource {
  const { client, run } = openReader();
  const appId = inputNumber('app-id');
  if (appId === null) {
    throw new InputError('APP_ID_MISSING', 'It is not known which app makes the anchors', {
      hint: "Give the input app-id: the number is on the app's page, under General.",
    });
  }
  const reader = createReader(client, parseRepositoryName(run.repository), appId);
  return {
    readLedger: () => readLedger(reader),
    readAnchors: async () => readAnchors(reader, (await reader.repository()).defaultBranch),
    now: () => new Date(),
  };
}

/** Reads the ledger and proves it. @throws InputError, ServiceError when ledger or anchors cannot be read */
export async function readProvenLedger(
  source: LedgerSource,
  tail: VerifyOptions['tail'],
): Promise<LedgerVerification> {
  // Anchors first: one that is made between the two reads would be newer than the files and say that they were cut.
  const anchors = await source.readAnchors();
  const { files, layout } = await source.readLedger();
  return proveLedger(files, anchors, layout, tail);
}

async function readLedger(reader: GitHubReader) {
  const { defaultBranch } = await reader.repository();
  const tip = await reader.branchHead(defaultBranch);
  const { ledger } = await readPolicy(reader, tip ?? defaultBranch);
  const layout: LedgerLayout = ledger.branch === defaultBranch ? 'shared' : 'own';
  const head = await reader.ledgerFiles(ledger.branch);
  if (head === null) {
    throw new InputError('LEDGER_NOT_FOUND', `There is no branch "${ledger.branch}"`, {
      hint: 'The app makes it when it records the first merge of a proposal.',
    });
  }
  const listed = [...head.listing.values()].filter(({ path }) => belongsToLedger(path, layout));
  const files = await Promise.all(
    listed.map(async ({ path, blob }) => [path, await reader.blob(blob)] as const),
  );
  return { files: new Map(files), layout };
}
