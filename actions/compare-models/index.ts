import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAction } from '../../adapters/actions/boundary.ts';
import { postComparison } from '../../adapters/actions/comment.ts';
import { makeFolder } from '../../adapters/actions/job.ts';
import {
  failStep,
  input,
  inputLines,
  needInput,
  setOutputs,
  writeSummary,
} from '../../adapters/actions/toolkit.ts';
import { openEngine } from '../../adapters/engine/open.ts';
import { InputError } from '../../core/error/error.ts';
import { renderComparison } from './render.ts';
import { runComparison } from './run.ts';
import { validateFiles } from './validate-files.ts';

async function read(path: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(path);
    if (bytes.byteLength > 0) return bytes;
  } catch (cause) {
    throw new InputError('FILE_MISSING', `${path} cannot be read`, {
      hint: 'Let the step before this one write the file, and name it relative to the workspace.',
      where: { file: path },
      cause,
    });
  }
  throw new InputError('FILE_EMPTY', `${path} is empty`, {
    hint: 'Let the step before this one write the file to its end.',
    where: { file: path },
  });
}

await runAction(async () => {
  const model = needInput('model');
  const inputs = {
    model,
    challenger: needInput('challenger'),
    champion: input('champion'),
    labels: needInput('labels'),
    key: input('key') || 'key',
    label: input('label') || 'label',
    gates: needInput('gates'),
  };
  const engine = {
    path: input('engine-path'),
    toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
    registry: input('engine-registry'),
    offline: input('offline') === 'true',
  };
  const validation = await validateFiles(
    { data: inputLines('data'), contract: input('contract'), now: new Date().toISOString() },
    { readFile: read, openEngine: () => openEngine(engine, { workdir: makeFolder('engine') }) },
  );
  const report = await runComparison(inputs, { readFile: read, validation });
  const markdown = renderComparison(report);
  await writeSummary(markdown);
  const file = join(makeFolder('report'), 'gatehouse-report.json');
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  const url = input('comment') === 'false' ? '' : await postComparison(model, markdown);
  setOutputs({ verdict: report.verdict, report: file, 'comment-url': url });
  if (report.verdict !== 'pass' && input('fail-on') !== 'never') failStep(`${model}: ${report.verdict}`);
});
