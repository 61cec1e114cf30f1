import { describe, expect, it } from 'vitest';
import { quoteWord, toCommandLine, toScript, toSeconds } from './cluster-script.ts';

describe('toScript', () => {
  it('goes to its folder, sets its variables and runs one quoted command with a limit', () => {
    expect(toScript({ folder: '/s/work', env: { A: "it's" }, command: 'a\nb' }, 60)).toBe(
      "#!/bin/bash\nset -eo pipefail\ncd '/s/work'\nexport A='it'\\''s'\n" +
        "exec timeout -k 30 60 bash -eo pipefail -c 'a\nb'\n",
    );
    expect(toCommandLine("'", 1)).toBe("timeout -k 30 1 bash -eo pipefail -c ''\\'''");
    expect(quoteWord('')).toBe("''");
  });
});

describe('toSeconds', () => {
  it.each([
    [1, 1],
    [1_001, 2],
    [0, 1],
    [-5, 1],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
    [Number.MAX_VALUE, 100_000_000],
  ])('%s ms is %s s: never no limit', (ms, seconds) => {
    expect(toSeconds(ms)).toBe(seconds);
  });
});
