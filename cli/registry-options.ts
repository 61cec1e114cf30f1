import type { Command } from 'commander';
import type { Block } from '../core/report/block.ts';
import { wideTerminalWidth } from '../core/report/columns.ts';
import { trustBlock } from '../core/report/ledger-trust.ts';
import { renderText } from '../core/report/text.ts';
import type { CommandContext } from './context.ts';
import { withLedgerOptions } from './ledger-options.ts';
import type { RegistryOptions, RegistrySource } from './registry-source.ts';

/** Puts the options of every question to a registry on its command. */
export const withRegistryOptions = (command: Command): Command =>
  withLedgerOptions(command).option('--prove', 'verify the whole ledger first, as gatehouse verify does');

/** Prints an answer in one of its two forms, each with what is known of the ledger that it was read from. */
export function printAnswer(
  { print }: CommandContext,
  { json }: RegistryOptions,
  { trust }: RegistrySource,
  answer: { readonly json: object; readonly blocks: () => readonly Block[] },
): void {
  if (json === true) print(JSON.stringify({ ledger: trust, ...answer.json }, null, 2));
  else print(renderText([...answer.blocks(), trustBlock(trust)], { width: wideTerminalWidth }));
}
