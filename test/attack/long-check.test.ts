import { afterAll, beforeAll, expect, it } from 'vitest';
import { failedCheck } from '../../bot/publish/check.ts';
import { InputError } from '../../core/error/error.ts';
import { type BotBench, startBotBench } from '../bot/bench.ts';

let bench: BotBench;
beforeAll(async () => {
  bench = await startBotBench();
});
afterAll(() => bench.close());

it('a failure with more text than GitHub takes still replaces the success before it', async () => {
  const head = (await bench.reader.branchHead('main')) ?? '';
  const { writer } = bench.newDeps();
  const output = { title: 'Pass', summary: '', text: '', annotations: [] };
  await writer.upsertCheck({
    ...{ name: 'gatehouse', headSha: head, externalId: 'x', conclusion: 'success', output },
  });
  const text = '<@&'.repeat(200);
  const finding = { code: 'ledger/unreadable', severity: 'fail', message: text, fix: text } as const;
  const findings = Array.from({ length: 50 }, () => finding);
  const error = new InputError('LEDGER_FROZEN', 'The ledger is frozen', { hint: text, findings });
  await writer.upsertCheck(failedCheck(head, error));
  await writer.upsertCheck(failedCheck(head, error));
  expect(await bench.checks(head)).toMatchObject([{ conclusion: 'failure' }]);
});
