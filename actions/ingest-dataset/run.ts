import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hideSecrets, listSecrets, pickEnvironment } from '../../adapters/process/environment.ts';
import { type CommandEnd, runTeamCommand } from '../../adapters/process/team-command.ts';
import type { Contract, IngestRule } from '../../core/config/contract.ts';
import { contractPath } from '../../core/config/layout.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { type IngestEnd, type IngestRecord, isRepositoryPath } from '../../core/dataset/ingest-record.ts';
import { InputError } from '../../core/error/error.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import { takeWritten, Unusable, type WrittenFiles } from './written-files.ts';

export interface IngestInputs {
  readonly contract: Contract;
  /** Text of the contract as it was checked out. */
  readonly contractText: string;
  /** Tree of the commit. */
  readonly listing: ReadonlyMap<string, ListedFile>;
  /** 40 hex characters. */
  readonly commit: string;
  /** Checkout of that commit; the command writes into it. */
  readonly workspace: string;
  /** An empty folder for what is uploaded: ingest.json and the files under our names. */
  readonly outputFolder: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly runner: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** What the source asks for, as the team's secret has it; empty: nothing. */
  readonly credentials: string;
}

export interface IngestDeps {
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

const recordName = 'ingest.json';
const keptLines = 20;
const longestLine = 300;
/** Our own lines around the command's: they tell the runner to take no commands from it. */
const stopCommand = /^::(?:stop-commands::)?[0-9a-f-]{36}(?:::)?$/;

/**
 * Runs the command that brings a new batch and records what it did. A command that fails is a result: the job that
 * checks tells it in the issue of the dataset.
 * @returns the record; it lies in the output folder as `ingest.json`, with the files that it names
 * @throws InputError INGEST_NONE when the contract declares no command
 */
export async function runIngest(inputs: IngestInputs, deps: IngestDeps): Promise<IngestRecord> {
  const rule = needRule(inputs.contract);
  const { contract, workspace } = inputs;
  const secrets = [...listSecrets(inputs.env), ...(inputs.credentials === '' ? [] : [inputs.credentials])];
  const hide = (text: string): string => hideSecrets(text, secrets);
  const lines: string[] = [];
  const log = (line: string): void => {
    deps.log(line);
    if (stopCommand.test(line)) return;
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
  };
  const own = {
    GATEHOUSE_INGEST_TO: rule.to,
    ...(inputs.credentials === '' ? {} : { GATEHOUSE_SOURCE_CREDENTIALS: inputs.credentials }),
  };
  const startedAt = deps.now().toISOString();
  const ended = await runTeamCommand({
    text: rule.command,
    folder: workspace,
    env: pickEnvironment(inputs.env, own),
    timeoutMs: rule.timeoutMinutes * 60_000,
    log,
  });
  const { end, written } = await take(ended, rule, inputs);
  const record: IngestRecord = {
    v: 1,
    grade: 'claimed',
    dataset: contract.dataset,
    commit: inputs.commit,
    contractDigest: digestBytes(inputs.contractText),
    source: contract.source,
    command: rule.command,
    to: rule.to,
    runId: inputs.runId,
    runAttempt: inputs.runAttempt,
    runner: hide(inputs.runner || 'unknown'),
    startedAt,
    endedAt: deps.now().toISOString(),
    end,
    ...written,
    log: end.kind === 'done' || hasPrivateColumns(contract) ? [] : lines.map(toLogLine).map(hide),
  };
  await writeFile(join(inputs.outputFolder, recordName), canonicalJson(record));
  return record;
}

async function take(
  ended: CommandEnd,
  { to }: IngestRule,
  { workspace, listing, outputFolder }: IngestInputs,
): Promise<{ readonly end: IngestEnd; readonly written: WrittenFiles }> {
  const nothing: WrittenFiles = { files: [], removed: [] };
  if (ended.kind !== 'done') return { end: ended, written: nothing };
  try {
    return { end: ended, written: await takeWritten(workspace, to, listing, outputFolder) };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { end: { kind: 'failed', how: error.message.toWellFormed().slice(0, 400) }, written: nothing };
  }
}

function needRule({ dataset, ingest }: Contract): IngestRule {
  const file = contractPath(dataset);
  if (ingest === undefined) {
    throw new InputError(
      'INGEST_NONE',
      `The contract of "${dataset}" declares no command that brings new data`,
      {
        hint: `Add "ingest: { command: ..., to: data/... }" to ${file}, or set ingest: false in the workflow.`,
        where: { file },
      },
    );
  }
  if (isRepositoryPath(ingest.to.replace(/\/$/, ''))) return { ...ingest, to: ingest.to.replace(/\/$/, '') };
  throw new InputError('INGEST_PLACE', `"${ingest.to}" is no place inside the repository`, {
    hint: 'Name a file or folder of the repository in ingest.to, for example data/flights.',
    where: { file, pointer: '/ingest/to' },
  });
}

/** The team's command may print rows. */
const hasPrivateColumns = ({ columns }: Contract): boolean =>
  columns.some(({ privacy }) => privacy !== 'none');

/** One plain line: a log is no Markdown, and holds whatever the source said. */
const toLogLine = (line: string): string =>
  [...line.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, ' ')].slice(0, longestLine).join('');
