import { GatehouseError, InputError } from '../../core/error/error.ts';

/** Errors that say that bytes are not there any more; a remote that does not answer is another matter. */
const absences = new Set([
  'STORE_ABSENT',
  'DVC_OBJECT_MISSING',
  'FILE_MISSING',
  'DATASET_FILES',
  'DATASET_MISSING',
]);

/**
 * Says that a reproduction has not what it needs.
 * @param what for example `the run record of flight-delay v7`
 * @param where where it was looked for
 */
export function refuseGone(what: string, where: string, hint: string, cause?: unknown): InputError {
  return new InputError('REPRODUCE_GONE', `${what} is not there any more; looked for in ${where}`, {
    hint,
    cause,
  });
}

/** Runs a part of the work and names what is gone when it is. @throws InputError REPRODUCE_GONE; what `work` throws */
export async function needing<T>(what: string, where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GatehouseError) || !absences.has(error.code)) throw error;
    throw refuseGone(what, `${where} (${error.message})`, error.hint, error);
  }
}
