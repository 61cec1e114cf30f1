/** One run or job that waits in, or holds, a concurrency group. */
interface Member {
  readonly cancel: () => void;
  readonly start: (granted: boolean) => void;
}

/** Concurrency groups: one holder, at most one waiting; a newcomer replaces the one that waits. */
export class ConcurrencyGroups {
  readonly #holders = new Map<string, Member>();
  readonly #waiting = new Map<string, Member>();

  /**
   * Waits for the group. @param cancel stops the holder when somebody with `cancelInProgress` comes.
   * @returns the release, or undefined when a newer one took the place in the queue.
   */
  async enter(
    group: string,
    cancelInProgress: boolean,
    cancel: () => void,
  ): Promise<(() => void) | undefined> {
    const key = group.toLowerCase();
    const granted = await new Promise<boolean>((start) =>
      this.#ask(key, { cancel, start }, cancelInProgress),
    );
    return granted ? () => this.#leave(key) : undefined;
  }

  #ask(key: string, member: Member, cancelInProgress: boolean): void {
    const holder = this.#holders.get(key);
    if (holder === undefined) {
      this.#holders.set(key, member);
      member.start(true);
      return;
    }
    this.#waiting.get(key)?.start(false);
    this.#waiting.set(key, member);
    if (cancelInProgress) holder.cancel();
  }

  #leave(key: string): void {
    const next = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (next === undefined) this.#holders.delete(key);
    else {
      this.#holders.set(key, next);
      next.start(true);
    }
  }
}

/** Reads a resolved `concurrency:` value. */
export function parseConcurrency(
  value: unknown,
): { readonly group: string; readonly cancel: boolean } | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'object') return { group: String(value), cancel: false };
  const { group, 'cancel-in-progress': cancel } = value as Readonly<Record<string, unknown>>;
  return { group: String(group), cancel: cancel === true || cancel === 'true' };
}
