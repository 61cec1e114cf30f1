/**
 * Who started a process or made a folder: the value of GATEHOUSE_RUN. It names the process of the action besides the run,
 * because a machine may have several runners: what another one works on right now is not left over.
 */
export interface RunMark {
  readonly runId: number;
  readonly runAttempt: number;
  /** Boot of the machine, hex; `0`: cannot be told. */
  readonly boot: string;
  /** Process namespace: the same number means another process in each of them; `0`: cannot be told. */
  readonly space: string;
  /** The action, and when it started (clock ticks since boot; numbers of processes are used again). */
  readonly pid: number;
  readonly start: string;
}

/** Name of the variable, in the environment of the command and of whatever it starts. */
export const markVariable = 'GATEHOUSE_RUN';

/** What a machine tells about itself, to judge whether an owner is still there. */
export interface MarkHost {
  readonly boot: string;
  readonly space: string;
  /** When the process with this number started; null: there is none; undefined: cannot be told. */
  readonly startOf: (pid: number) => string | null | undefined;
}

export type OwnerState = 'ended' | 'alive' | 'unknown';

const form = /^(\d{1,15})\.(\d{1,6})\.([0-9a-f]{1,32})\.(\d{1,20})\.(\d{1,10})\.(\d{1,20})$/;

export function renderRunMark({ runId, runAttempt, boot, space, pid, start }: RunMark): string {
  return [runId, runAttempt, boot, space, pid, start].join('.');
}

/** Reads a mark; anybody may have written it. @returns null for anything else */
export function parseRunMark(text: string): RunMark | null {
  const found = form.exec(text);
  if (found === null) return null;
  const [runId = '', runAttempt = '', boot = '', space = '', pid = '', start = ''] = found.slice(1);
  return { runId: Number(runId), runAttempt: Number(runAttempt), boot, space, pid: Number(pid), start };
}

/** Tells whether the action that left a mark still works. Only `ended` is a proof. */
export function judgeOwner(mark: RunMark, host: MarkHost): OwnerState {
  if ([mark.boot, host.boot, mark.space, host.space, mark.start].includes('0')) return 'unknown';
  if (mark.boot !== host.boot) return 'ended';
  if (mark.space !== host.space) return 'unknown';
  const start = host.startOf(mark.pid);
  if (start === undefined) return 'unknown';
  return start === mark.start ? 'alive' : 'ended';
}
