import { AsyncLocalStorage } from 'node:async_hooks';

const reserved = new AsyncLocalStorage<boolean>();

/**
 * Lets every call that `work` makes, also later and in turn, use the fifth of the budget that is kept for writing down
 * what was merged: a flood of looks must not keep a promotion out of the ledger (GATE.md rule 25).
 */
export const withReserve = <T>(work: () => Promise<T>): Promise<T> => reserved.run(true, work);

/** Whether the call that is made now may use what is kept. */
export const hasReserve = (): boolean => reserved.getStore() === true;

/** The same without it: for what is asked in good time, and asked again if it was not answered. */
export const withoutReserve = <T>(work: () => Promise<T>): Promise<T> => reserved.run(false, work);
