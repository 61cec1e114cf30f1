import { InputError } from '../error/error.ts';
import type { LedgerEvent } from './ledger.ts';

/** No rule of the ledger gives such an event: whoever put it there was not the app. */
export function illegalEvent(event: LedgerEvent, because: string): InputError {
  return new InputError(
    'LEDGER_EVENT_ILLEGAL',
    `event ${event.seq} of ${event.stream} (${event.data.type}): ${because}`,
    {
      hint: 'No rule of the ledger could have written this event: somebody else did.',
    },
  );
}
