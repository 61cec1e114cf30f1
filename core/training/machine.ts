/** One GPU as its tool describes it. What the tool does not say is null. */
export interface Gpu {
  readonly name: string;
  readonly memoryMib: number | null;
  /** In use before the command starts: of somebody else. */
  readonly usedMib: number | null;
  /** CUDA compute capability `major.minor`; null for other makers. */
  readonly capability: string | null;
}

/** The machine of a training job, as it describes itself: claimed. */
export interface Machine {
  /** Kind, release and architecture. */
  readonly os: string;
  readonly cpu: string;
  readonly cpus: number;
  readonly memoryMib: number;
  /** Free where the job works; null when it cannot be told. */
  readonly diskFreeMib: number | null;
  readonly gpus: readonly Gpu[];
  readonly gpuDriver: string | null;
  /** Highest CUDA or ROCm version that the driver serves. */
  readonly gpuRuntime: string | null;
  /** Which tool said so; null: none answered, which says nothing about GPUs. */
  readonly gpuTool: 'nvidia-smi' | 'rocm-smi' | null;
  /** What a tool said instead of an answer, display text, for example a driver that does not match its library. */
  readonly gpuFault?: string;
}

/** Sampled while the command ran. Of GPUs together: the mean utilisation, the highest memory, the sum of energy. */
export interface Usage {
  readonly samples: number;
  /** Of the command and everything that it started. */
  readonly peakMemoryMib: number | null;
  /** Mean over samples and GPUs, 0 to 1. */
  readonly gpuUtilisation: number | null;
  readonly gpuPeakMemoryMib: number | null;
  /** Watt hours, from the tool's power readings over time. */
  readonly gpuEnergyWh: number | null;
}
