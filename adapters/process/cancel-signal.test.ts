import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = import.meta.dirname;
/** What an action does: runs the command, and has a word left after it was cancelled. */
const action = (file: string) => `
import { openCancelSignal } from '${folder}/cancel-signal.ts';
import { watchTeamCommand } from '${folder}/team-command.ts';
import { writeFileSync } from 'node:fs';
const cancel = openCancelSignal();
const end = await watchTeamCommand({
  text: 'echo ready; sleep 30', folder: '${tmpdir()}', env: process.env, timeoutMs: 60_000,
  log: (line) => console.log(line), cancel: cancel.signal,
});
cancel.close();
writeFileSync('${file}', JSON.stringify(end));
`;

it('a cancelled action ends its command and still says how it ended', async () => {
  const root = mkdtempSync(join(tmpdir(), 'cancel-'));
  const file = join(root, 'end.json');
  writeFileSync(join(root, 'action.mjs'), action(file));
  const child = spawn(process.execPath, [join(root, 'action.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  // The runner signals the action alone, more than once.
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('ready'))
      for (const name of ['SIGINT', 'SIGTERM'] as const) child.kill(name);
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    ...{ cancelled: true, timedOut: false, signal: 'SIGTERM', lastLines: ['ready'] },
  });
  rmSync(root, { recursive: true });
});
