import * as core from '@actions/core';
import { GatehouseError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { cell, sentenceCap } from '../../core/report/cell.ts';

/**
 * The one place where an action's errors become an annotation, a job summary and a red step.
 * The step fails whatever went wrong; the output `verdict` says `not evaluated`, so that nobody takes a fault of the
 * machinery for a fault of the model.
 */
export async function runAction(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    await report(error);
  }
}

async function report(error: GatehouseError): Promise<void> {
  const place = error.where;
  const properties = {
    title: `Gatehouse: ${error.code}`,
    ...(place ? { file: place.file } : {}),
    ...(place?.line ? { startLine: place.line } : {}),
    ...(place?.column ? { startColumn: place.column } : {}),
  };
  core.error(`${error.message} Fix: ${error.hint}`, properties);
  for (const finding of error.findings) {
    const where = finding.where;
    core.error(`${finding.message} Fix: ${finding.fix}`, {
      title: finding.code,
      ...(where ? { file: where.file } : {}),
      ...(where?.line ? { startLine: where.line } : {}),
    });
  }
  core.setOutput('verdict', 'not evaluated');
  const more = error.findings.length < 2 ? '' : `${error.findings.map(listItem).join('')}\n`;
  core.summary.addRaw(
    `### ⚠️ Not evaluated: ${cell(error.message, sentenceCap)}\n\nThis says nothing about the model. Code \`${error.code}\`.\n\n${more}**Fix:** ${cell(error.hint, sentenceCap)}\n`,
  );
  process.exitCode = 1;
  // Off a runner there is no page to write to; the message is on the console already.
  if (process.env.GITHUB_STEP_SUMMARY) await core.summary.write();
}

const listItem = ({ message, fix }: Finding): string =>
  `- ${cell(message, sentenceCap)} ${cell(fix, sentenceCap)}\n`;
