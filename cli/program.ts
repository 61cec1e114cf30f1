import { Command, CommanderError } from 'commander';
import { handleError } from './boundary.ts';
import type { AddCommand, CommandContext, ExitCode } from './context.ts';
import { version } from './version.ts';

export type World = Pick<CommandContext, 'cwd' | 'env' | 'print' | 'complain'> &
  Partial<Pick<CommandContext, 'now' | 'showProgress'>>;

/**
 * Runs the command line once.
 * @param args what follows `gatehouse`
 * @returns exit code: 0 pass, 1 gate failed, 2 wrong input, 3 service failed
 */
export async function runProgram(
  args: readonly string[],
  world: World,
  commands: readonly AddCommand[],
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const context: CommandContext = {
    now: () => new Date().toISOString(),
    showProgress: null,
    ...world,
    run: async (work) => {
      try {
        code = await work();
      } catch (error) {
        code = handleError(error, world.complain);
      }
    },
  };
  const program = newProgram(world);
  for (const add of commands) add(program, context);
  // Sub-commands copy these settings when they are made, so each one gets them again.
  quietAll(program, world);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}

function newProgram(world: World): Command {
  const program = new Command('gatehouse')
    .description('The same answers as on the pull request, on this machine')
    .version(version, '--version', 'print the version of Gatehouse')
    .showHelpAfterError('Run "gatehouse help" to see all commands.');
  return quiet(program, world);
}

function quietAll({ commands }: Command, world: World): void {
  for (const command of commands) quietAll(quiet(command, world), world);
}

function quiet(command: Command, { print, complain }: World): Command {
  return command.exitOverride().configureOutput({
    writeOut: (text) => print(text.trimEnd()),
    writeErr: (text) => complain(text.trimEnd()),
  });
}
