import type { Gpu } from './machine.ts';

/** One GPU, or one slice of it, at one moment. What the tool does not say is null. */
export interface GpuReading extends Gpu {
  /** As the tool counts them, from 0. */
  readonly index: number;
  readonly uuid: string | null;
  /** 0 to 1. */
  readonly utilisation: number | null;
  readonly powerW: number | null;
}

/** A process that holds memory of a GPU, as the tool tells it: only to be shown. A name can be anything. */
export interface GpuHolder {
  readonly pid: number;
  readonly name: string;
  readonly usedMib: number | null;
  /** UUID of its GPU; null when the tool does not say which. */
  readonly gpu: string | null;
}

export interface GpuAnswer {
  readonly tool: 'nvidia-smi' | 'rocm-smi';
  readonly driver: string | null;
  readonly gpus: readonly GpuReading[];
}

/** Most characters of an answer that are read: 128 GPUs need 16 KiB. */
export const answerLimit = 1024 * 1024;
export const gpuLimit = 128;
export const holderLimit = 1000;

const amount = /^(\d{1,15}(?:\.\d{1,9})?) ?(?:MiB|W|%)?$/;

/** Reads an amount. @returns finite and not negative; null for `[N/A]`, `[Not Supported]` and whatever is no number */
export function toAmount(text: string): number | null {
  const found = amount.exec(text.trim())?.[1];
  return found === undefined ? null : Number(found);
}

/** Percent as a share, 0 to 1: a tool that says 101 % means 1. */
export function toShare(text: string): number | null {
  const percent = toAmount(text);
  return percent === null ? null : Math.min(percent / 100, 1);
}

/** One line of at most 100 characters: text of a tool, a process or a driver is nobody's word. */
export function toLabel(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}]+/gu, ' ')
    .trim()
    .slice(0, 100)
    .toWellFormed();
}

/** A version that begins with a number, else null. */
export function toVersion(text: string): string | null {
  const label = toLabel(text);
  return /^\d/.test(label) ? label : null;
}
