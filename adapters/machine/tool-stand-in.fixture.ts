import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with programs that stand in for the real ones: shell scripts of built-in commands alone. */
export class ToolBench {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<ToolBench> {
    return new ToolBench(await mkdtemp(join(tmpdir(), 'gatehouse-bench-')));
  }

  /** Environment in which these are the only programs. */
  env(own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return { PATH: this.folder, ...own };
  }

  async write(program: string, script: string): Promise<void> {
    await writeFile(join(this.folder, program), `#!/bin/sh\n${script}\n`);
    await chmod(join(this.folder, program), 0o755);
  }

  /** An nvidia-smi that answers as one of driver 550 does. @param gpus lines of its GPU table, @param holders of processes */
  async writeNvidia(gpus: readonly string[], holders: readonly string[] = []): Promise<void> {
    const print = (lines: readonly string[]) =>
      `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}`;
    await this.write(
      'nvidia-smi',
      `case "$*" in
  *--query-gpu*) ${print(gpus)} ;;
  *--query-compute-apps*) ${holders.length === 0 ? ':' : print(holders)} ;;
  *) ${print(['| NVIDIA-SMI 550.54.14    Driver Version: 550.54.14    CUDA Version: 12.4     |'])} ;;
esac`,
    );
  }

  async clear(): Promise<void> {
    for (const program of ['nvidia-smi', 'rocm-smi']) await rm(join(this.folder, program), { force: true });
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

/** A line of the GPU table. */
export const gpuLine = (index: number, used = 4, name = 'NVIDIA H100 80GB HBM3'): string =>
  `${index}, GPU-${'abcd'[index]}000, ${name}, 81559, ${used}, 550.54.14, 9.0, 50, 300.00`;
