import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvidenceFile } from '../../adapters/github/evidence-zip.ts';
import { countedJudgements } from '../../core/audit/counted-judgement.ts';
import type { Transaction } from '../../core/registry/ledger.ts';
import { renderHtmlReport } from '../../core/report/html/report.ts';
import { refreshClone } from './command.ts';
import { viewPull } from './github-view.ts';
import { readLedger } from './ledger-view.ts';
import type { Stage } from './story/stage.ts';
import { flights, type World } from './world.ts';

/** Writes what a person would see on GitHub into a folder: pull requests, runs, and the clone. Safe to call again. */
export async function writeOutput(stage: Stage, folder: string): Promise<void> {
  const { world } = stage;
  // After the first step there is no ledger: nothing was recorded yet.
  const ledger = await readLedger(world.hub.gitDir(flights), world.ledgerBranch, world.layout);
  for (const number of stage.pulls.values()) {
    writePull(world, number, join(folder, 'pulls', String(number)));
    writeReports(ledger?.transactions ?? [], number, join(folder, 'pulls', String(number)));
  }
  for (const run of world.actions.runs.values())
    writeRun(world, run.id, join(folder, 'runs', String(run.id)));
  await refreshClone(world);
}

function writePull(world: World, number: number, folder: string): void {
  const view = viewPull(world, number);
  mkdirSync(folder, { recursive: true });
  const { check } = view;
  writeFileSync(
    join(folder, 'comment.md'),
    view.comment === '' ? '(no comment: there is nothing to say)\n' : view.comment,
  );
  const title = `${check?.title ?? 'no check yet'}\n`;
  const state =
    check === null ? '' : `status: ${check.status}, conclusion: ${check.conclusion ?? 'none yet'}\n\n`;
  writeFileSync(
    join(folder, 'check.md'),
    `# ${title}\n${state}${check?.summary ?? ''}\n\n${check?.text ?? ''}\n`,
  );
  const runs = [...world.actions.runs.values()].filter((run) => run.pullNumber === number);
  const summaries = runs.map((run) => world.actions.summaryOf(run.id)).filter((text) => text !== '');
  writeFileSync(join(folder, 'summary.md'), summaries.join('\n\n---\n\n') || '(no job wrote a summary)\n');
}

function writeRun(world: World, id: number, folder: string): void {
  if (world.actions.logsOf(id).size === 0) return; // a run that waits for a maintainer has done nothing
  mkdirSync(folder, { recursive: true });
  for (const [job, log] of world.actions.logsOf(id))
    writeFileSync(join(folder, `${job.replace(/[^\w-]+/g, '-')}.log`), log);
  const artifacts = world.actions.service.artifacts.list().filter((one) => one.run.id === id);
  for (const artifact of artifacts.filter(({ name }) => name.startsWith('gatehouse-evidence-'))) {
    const kind = artifact.name.slice('gatehouse-evidence-'.length);
    const file = readEvidenceFile(readFileSync(artifact.file));
    if (file.kind === 'envelope') {
      writeFileSync(join(folder, `${kind}.evidence.jwe`), file.text);
      continue;
    }
    const { text, token } = file.sealed;
    writeFileSync(join(folder, `${kind}.evidence.json`), `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    writeFileSync(join(folder, `${kind}.receipt.jwt`), token);
  }
}

/** The page of every result that was counted: made from the ledger, as `gatehouse report` makes it. */
function writeReports(transactions: readonly Transaction[], number: number, folder: string): void {
  for (const { look, evidence } of countedJudgements(
    transactions,
    ({ source }) => source.pullRequest === number,
  ))
    writeFileSync(join(folder, `report-${look}.html`), renderHtmlReport(evidence));
}
