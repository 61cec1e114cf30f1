import type { MachineNeeds } from '../config/train.ts';
import type { Finding } from '../finding/finding.ts';
import { checkGpus } from './gpu-needs.ts';
import type { Machine } from './machine.ts';
import { holds, type Shortage, showMib } from './shortage.ts';

/** Where the needs are written, and which runners are asked for. */
export interface NeedsPlace {
  /** The model.yml. */
  readonly file: string;
  /** `train.runs-on`; empty: not declared. */
  readonly runsOn: readonly string[];
}

/**
 * Compares a machine with what a training needs: seconds before the command starts.
 * Closed: what is asked for and what the machine does not tell is a failure.
 * @returns empty when the command may start; more memory, GPUs or newer versions never turn that into a failure
 */
export function checkMachine(needs: MachineNeeds, machine: Machine, place: NeedsPlace): readonly Finding[] {
  const shortages = [
    ...checkGpus(needs, neededGpus(needs), machine),
    ...checkAmount('training/memory', 'memory-gib', needs.memoryGib, machine.memoryMib, 'main memory'),
    ...checkAmount('training/disk', 'disk-gib', needs.diskGib, machine.diskFreeMib, 'free disk'),
  ];
  return shortages.map((shortage) => toFinding(shortage, place));
}

/** GPUs that must be there: a need of a GPU is a need for at least one. */
export function neededGpus(needs: MachineNeeds): number {
  const asks =
    needs.gpuMemoryGib !== undefined || needs.computeCapability !== undefined || needs.driver !== undefined;
  return Math.max(needs.gpus, asks ? 1 : 0);
}

function checkAmount(
  code: string,
  need: string,
  gib: number | undefined,
  mib: number | null,
  what: string,
): readonly Shortage[] {
  if (gib === undefined || holds(mib, gib)) return [];
  return [
    {
      code,
      need,
      message: `The machine has less ${what} than the training needs, or does not tell how much`,
      found: showMib(mib),
      allowed: `${gib} GiB or more`,
    },
  ];
}

function toFinding(shortage: Shortage, { file, runsOn }: NeedsPlace): Finding {
  const { code, need, message, found, allowed, hint } = shortage;
  const labels =
    runsOn.length === 0
      ? 'the labels in runs-on of the job'
      : `its labels, now ${runsOn.join(', ')}, in train.runs-on and in the workflow`;
  return {
    code,
    severity: 'fail',
    message,
    where: { file, pointer: `/train/needs/${need}` },
    found,
    allowed,
    fix: `Choose a runner that has it by ${labels}, or lower train.needs.${need}${hint === undefined ? '' : `; ${hint}`}.`,
  };
}
