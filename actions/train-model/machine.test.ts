import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { describeMachine } from './machine.ts';

it('names every GPU that nvidia-smi lists, and says unknown when it lists none, fails or is not there', async () => {
  const bin = await mkdtemp(join(tmpdir(), 'gatehouse-machine-'));
  const gpuOf = async (script: string | null) => {
    await rm(join(bin, 'nvidia-smi'), { force: true });
    if (script !== null) {
      await writeFile(join(bin, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
      await chmod(join(bin, 'nvidia-smi'), 0o755);
    }
    return (await describeMachine({ PATH: bin })).gpu;
  };
  try {
    expect(await gpuOf('echo "H100, 550.54, 81559 MiB"; echo "H100, 550.54, 81559 MiB"')).toBe(
      'H100, 550.54, 81559 MiB; H100, 550.54, 81559 MiB',
    );
    expect(await gpuOf('exit 9')).toBe('unknown');
    expect(await gpuOf('true')).toBe('unknown');
    expect(await gpuOf(null)).toBe('unknown');
    expect((await describeMachine({ PATH: bin })).node).toBe(process.version);
  } finally {
    await rm(bin, { recursive: true });
  }
});
