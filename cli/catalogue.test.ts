import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue, selectCommands } from './catalogue.ts';
import type { AddCommand } from './context.ts';
import { runProgram } from './program.ts';

async function run(args: readonly string[], commands: readonly AddCommand[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    cwd: '/',
    env: {},
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const code = await runProgram(args, world, commands);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('the help lists every command in its own words, without loading one', async () => {
  const { code, out } = await run(['--help'], await selectCommands(['--help']));
  expect(code).toBe(0);
  // To load them all takes two seconds: the words are compared where they are written.
  const folder = join(import.meta.dirname, 'commands');
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  for (const { usage, summary } of catalogue) {
    expect(out).toContain(`  ${usage} `);
    expect(out).toContain(` ${summary}`);
    const [name, ...args] = usage.replace(' [options]', '').split(' ');
    const source = sources.find((text) => text.includes(`.command('${name}')`)) ?? `no command ${name}`;
    expect(source).toContain(`'${summary}'`);
    expect(source.match(/'(?:<\w+(?:\.{3})?>|\[\w+\])'/g) ?? []).toEqual(args.map((arg) => `'${arg}'`));
  }
});

test('a command is loaded alone, also for its help', async () => {
  for (const args of [['registry'], ['help', 'registry'], ['--any', 'registry']])
    expect(await selectCommands(args)).toHaveLength(1);
  const { code, out } = await run(['help', 'registry'], await selectCommands(['help', 'registry']));
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('history') });
});

test('a mistyped name is refused, with the right one beside it', async () => {
  const { code, err } = await run(['verfy'], await selectCommands(['verfy']));
  expect(code).toBe(2);
  expect(err).toContain("unknown command 'verfy'");
  expect(err).toContain('Did you mean verify?');
});
