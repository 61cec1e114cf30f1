import { createInterface } from 'node:readline/promises';
import type { Ask } from './commands/init.ts';

/** A conversation on the terminal; nobody is asked where the input or the screen is none. */
export function startConversation(): { readonly ask: Ask; close(): void } {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return { ask: null, close: () => undefined };
  // The answer of the command stays alone on standard output.
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return { ask: (question) => lines.question(question), close: () => lines.close() };
}
