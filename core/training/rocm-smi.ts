import { parseStrictJson } from '../json/strict.ts';
import {
  answerLimit,
  type GpuAnswer,
  type GpuHolder,
  type GpuReading,
  gpuLimit,
  holderLimit,
  toAmount,
  toLabel,
  toShare,
  toVersion,
} from './gpu-tool.ts';

/** @see https://github.com/ROCm/rocm_smi_lib/blob/master/python_smi_tools/rocm_smi.py */
export const cardQuestion: readonly string[] = [
  '--showproductname',
  '--showuniqueid',
  '--showmeminfo',
  'vram',
  '--showuse',
  '--showpower',
  '--showdriverversion',
  '--json',
];

export const pidQuestion: readonly string[] = ['--showpids', '--json'];

type Fields = Readonly<Record<string, unknown>>;

/** Keys by release: `Card series` until ROCm 6.0, `Card Series` after it. */
const names = ['Card Series', 'Card series', 'Device Name', 'Market Name', 'Card Model', 'Card model'];
const powerForm = /^(?:Average|Current)(?: Socket)?(?: Graphics)? Package Power \(W\)$/;
const bytesPerMib = 1024 ** 2;

/** Reads the answer to `cardQuestion`. @returns null for text that is no such JSON */
export function parseRocmGpus(text: string): GpuAnswer | null {
  const answer = parseObject(text);
  if (answer === null) return null;
  const cards = Object.entries(answer)
    .flatMap(([key, value]) => {
      const index = /^card(\d{1,4})$/.exec(key)?.[1];
      return index === undefined || !isFields(value) ? [] : [{ index: Number(index), value }];
    })
    .sort((left, right) => left.index - right.index)
    .slice(0, gpuLimit);
  const system = isFields(answer.system) ? answer.system : {};
  return {
    tool: 'rocm-smi',
    driver: toVersion(textOf(system, 'Driver version')),
    gpus: cards.map(({ index, value }) => toReading(index, value)),
  };
}

function toReading(index: number, card: Fields): GpuReading {
  const name = names.map((key) => toLabel(textOf(card, key))).find((text) => text !== '' && text !== 'N/A');
  const power = Object.keys(card).find((key) => powerForm.test(key));
  return {
    index,
    uuid: toUuid(textOf(card, 'Unique ID')),
    name: name ?? 'AMD GPU',
    memoryMib: toMib(textOf(card, 'VRAM Total Memory (B)')),
    usedMib: toMib(textOf(card, 'VRAM Total Used Memory (B)')),
    capability: null,
    utilisation: toShare(textOf(card, 'GPU use (%)')),
    powerW: power === undefined ? null : toAmount(textOf(card, power)),
  };
}

/**
 * Reads the answer to `pidQuestion`: `{"system": {"PID12345": "python3, 1, 1048576, 0, 0"}}`, name, GPUs, VRAM in bytes,
 * SDMA, occupancy; the name may hold commas. Which GPU it is, it does not say.
 * @returns null for text that is no such JSON; with no process at all the tool prints nothing
 */
export function parseRocmHolders(text: string): readonly GpuHolder[] | null {
  if (text.trim() === '') return [];
  const answer = parseObject(text);
  if (answer === null) return null;
  return Object.entries(isFields(answer.system) ? answer.system : {})
    .flatMap(([key, value]): readonly GpuHolder[] => {
      const pid = /^PID ?(\d{1,10})$/.exec(key)?.[1];
      if (pid === undefined || typeof value !== 'string') return [];
      const cells = value.split(', ');
      const usedMib = toMib(cells.at(-3) ?? '');
      return [{ pid: Number(pid), name: toLabel(cells.slice(0, -4).join(', ')), usedMib, gpu: null }];
    })
    .slice(0, holderLimit);
}

/** Some releases print a warning before the JSON. */
function parseObject(text: string): Fields | null {
  const start = text.indexOf('{');
  if (start === -1 || text.length > answerLimit) return null;
  try {
    const value = parseStrictJson(text.slice(start).trim(), 'rocm-smi');
    return isFields(value) ? value : null;
  } catch {
    return null; // No JSON: no answer, which its reader tells.
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(fields: Fields, key: string): string {
  const value = fields[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function toMib(bytes: string): number | null {
  const amount = toAmount(bytes);
  return amount === null ? null : Math.floor(amount / bytesPerMib);
}

/** The runtime wants `GPU-` and the number without `0x`. @see https://rocm.docs.amd.com/en/latest/conceptual/gpu-isolation.html */
function toUuid(text: string): string | null {
  const found = /^0x([0-9a-f]{1,32})$/i.exec(text.trim())?.[1];
  return found === undefined ? null : `GPU-${found.toLowerCase()}`;
}
