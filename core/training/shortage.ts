/** A need that a machine does not meet. */
export interface Shortage {
  readonly code: string;
  /** Key under `train.needs`. */
  readonly need: string;
  readonly message: string;
  readonly found: string;
  readonly allowed: string;
  /** Besides another runner or a smaller need. */
  readonly hint?: string;
}

const mibPerGib = 1024;

/** Null and what is not finite hold nothing. */
export function holds(mib: number | null, gib: number): boolean {
  return mib !== null && Number.isFinite(mib) && mib >= gib * mibPerGib;
}

/** Rounded down, so that 23.99 is not shown as the 24 that it is refused for. */
export function showMib(mib: number | null): string {
  if (mib === null || !Number.isFinite(mib)) return 'unknown';
  return `${Math.floor((mib / mibPerGib) * 10) / 10} GiB`;
}
