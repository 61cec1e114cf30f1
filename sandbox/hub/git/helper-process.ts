import { spawn } from 'node:child_process';
import process from 'node:process';
import type { HelperReply, HelperRequest } from './helper.ts';

/* Starts git for the process that started this one, and ends with it. */

const reply = (message: HelperReply): void => {
  process.send?.(message);
};

process.on('message', ({ id, args, cwd, env, input }: HelperRequest) => {
  const child = spawn('git', args, { ...(cwd === undefined ? {} : { cwd }), env });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {}); // git may stop reading early; its exit code tells
  child.on('error', (error) => reply({ id, failed: error.message }));
  child.on('close', (code) => reply({ id, code, stdout: Buffer.concat(out), stderr: Buffer.concat(err) }));
  child.stdin.end(input);
});
process.on('disconnect', () => process.exit());
