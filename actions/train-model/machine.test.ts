import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeMachine } from './machine.ts';

it('names every GPU that nvidia-smi lists, and says none when it lists none, fails or is not there', async () => {
  const bin = await mkdtemp(join(tmpdir(), 'gatehouse-machine-'));
  const gpuOf = async (script: string | null) => {
    await rm(join(bin, 'nvidia-smi'), { force: true });
    if (script !== null) {
      await writeFile(join(bin, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
      await chmod(join(bin, 'nvidia-smi'), 0o755);
    }
    return (await describeMachine({ PATH: bin })).gpus.map(({ name }) => name).join('; ');
  };
  try {
    expect(await gpuOf('echo "H100"; echo "H100"')).toBe('H100; H100');
    expect(await gpuOf('exit 9')).toBe('');
    expect(await gpuOf('true')).toBe('');
    expect(await gpuOf(null)).toBe('');
  } finally {
    await rm(bin, { recursive: true });
  }
});
