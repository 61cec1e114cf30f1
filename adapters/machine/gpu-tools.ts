import { type GpuAnswer, type GpuHolder, type GpuReading, toLabel } from '../../core/training/gpu-tool.ts';
import {
  gpuQuestion,
  hasSlices,
  holderQuestion,
  parseCudaVersion,
  parseNvidiaGpus,
  parseNvidiaHolders,
  splitSlices,
} from '../../core/training/nvidia-smi.ts';
import { cardQuestion, parseRocmGpus, parseRocmHolders, pidQuestion } from '../../core/training/rocm-smi.ts';
import { pickVisible } from '../../core/training/visible-gpus.ts';
import { askTool as ask, type ToolAnswer } from './tool.ts';

type Environment = Readonly<NodeJS.ProcessEnv>;

/** The GPUs that a command with this environment can use. */
export interface VisibleGpus {
  /** Null: none answered. */
  readonly tool: GpuAnswer['tool'] | null;
  readonly driver: string | null;
  readonly gpus: readonly GpuReading[];
  /** Highest CUDA version that the driver serves. */
  readonly cuda: string | null;
  /** What a tool said instead of an answer. */
  readonly fault: string | null;
}

/**
 * Asks nvidia-smi, then rocm-smi, for the GPUs that a command with this environment can use. Never throws.
 * @param env environment of the command: its PATH finds the tools, its variables hide GPUs
 */
export async function readVisibleGpus(env: Environment): Promise<VisibleGpus> {
  const [nvidia, table] = await Promise.all([askNvidia(env), ask('nvidia-smi', [], env)]);
  if (nvidia.answer !== null && nvidia.answer.gpus.length > 0) {
    const slices = hasSlices(table.text);
    const list = slices ? (await ask('nvidia-smi', ['-L'], env)).text : '';
    const gpus = slices ? splitSlices(nvidia.answer.gpus, table.text, list) : nvidia.answer.gpus;
    return toVisible({ ...nvidia.answer, gpus }, env, parseCudaVersion(table.text));
  }
  const rocm = await askRocm(env);
  if (rocm.answer !== null && rocm.answer.gpus.length > 0) return toVisible(rocm.answer, env, null);
  const answer = nvidia.answer ?? rocm.answer;
  const fault = nvidia.fault ?? rocm.fault;
  return { ...(answer ?? { tool: null, driver: null }), gpus: [], cuda: null, fault };
}

/** The same GPUs again, while the command runs: one question, without slices. Null: no answer. */
export async function readUse(
  tool: GpuAnswer['tool'],
  env: Environment,
): Promise<readonly GpuReading[] | null> {
  const { answer } = tool === 'nvidia-smi' ? await askNvidia(env) : await askRocm(env);
  return answer === null ? null : pickVisible(answer, env);
}

/** Processes that hold memory of GPUs. Null: the tool does not tell. Their numbers may be of another namespace: never end one by it. */
export async function readHolders(
  tool: GpuAnswer['tool'],
  env: Environment,
): Promise<readonly GpuHolder[] | null> {
  const said = await ask(tool, tool === 'nvidia-smi' ? holderQuestion : pidQuestion, env);
  if (said.kind !== 'answer') return null;
  return tool === 'nvidia-smi' ? parseNvidiaHolders(said.text) : parseRocmHolders(said.text);
}

interface Asked {
  readonly answer: GpuAnswer | null;
  readonly fault: string | null;
}

/** Older drivers refuse the whole question because of one field that they do not know. */
async function askNvidia(env: Environment): Promise<Asked> {
  const full = await ask('nvidia-smi', gpuQuestion(true), env);
  if (full.kind === 'answer') return { answer: parseNvidiaGpus(full.text, true), fault: null };
  if (/^No devices were found/m.test(full.text)) return { answer: parseNvidiaGpus('', true), fault: null };
  if (!/"compute_cap" is not a valid field/.test(full.text)) return toFault(full);
  const basic = await ask('nvidia-smi', gpuQuestion(false), env);
  return basic.kind === 'answer'
    ? { answer: parseNvidiaGpus(basic.text, false), fault: null }
    : toFault(basic);
}

async function askRocm(env: Environment): Promise<Asked> {
  const said = await ask('rocm-smi', cardQuestion, env);
  const answer = said.kind === 'answer' ? parseRocmGpus(said.text) : null;
  return answer === null ? toFault(said) : { answer, fault: null };
}

function toFault({ kind, text }: ToolAnswer): Asked {
  return { answer: null, fault: kind === 'missing' ? null : toLabel(text) || 'no answer' };
}

function toVisible(answer: GpuAnswer, env: Environment, cuda: string | null): VisibleGpus {
  return { tool: answer.tool, driver: answer.driver, gpus: pickVisible(answer, env), cuda, fault: null };
}
