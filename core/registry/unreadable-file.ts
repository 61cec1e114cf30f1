import { InputError } from '../error/error.ts';

/** The app never wrote such a file: whatever it says is not believed. */
export function unreadableFile(path: string, why: string): InputError {
  return new InputError('LEDGER_FILE_INVALID', `${path} is not what the app writes: ${why}`, {
    hint: 'Run gatehouse verify: it names the first bad entry and what should stand there.',
    where: { file: path },
  });
}
