import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computeJensenShannon } from '../../core/statistics/divergence.ts';
import { testHomogeneity } from '../../core/statistics/homogeneity.ts';
import { seedGenerator } from '../../core/statistics/mulberry32.ts';
import { normalQuantile } from '../../core/statistics/normal.ts';
import { computePsi } from '../../core/statistics/psi.ts';
import { binSamples, computeSampleKs } from '../../core/statistics/sample-grid.ts';

const rows = 3_000_000;
/** The best of so many: what else runs on the machine only ever adds. */
const repeats = 5;

interface Timed {
  readonly ms: number;
  readonly value: number;
}

interface Bench {
  readonly name: string;
  readonly compute: (reference: Float64Array, current: Float64Array) => number;
  /** The same in Python, from `a` (reference) and `b` (current). */
  readonly peer: string;
}

const quantileBins = `
def binned():
    e = np.unique(np.quantile(a, np.arange(1, 10) / 10))
    return [np.bincount(np.searchsorted(e, v, side="left"), minlength=len(e) + 1) for v in (a, b)]
`;

const benches: readonly Bench[] = [
  { name: 'KS distance', compute: computeSampleKs, peer: 'ks_2samp(a, b, method="asymp").statistic' },
  {
    name: 'PSI, deciles',
    compute: (reference, current) => computePsi(binSamples(reference, current, 10)),
    peer: '(lambda p, q: float(((q - p) * np.log(q / p)).sum()))(*[c / c.sum() for c in binned()])',
  },
  {
    name: 'Jensen-Shannon, deciles',
    compute: (reference, current) => {
      const bins = binSamples(reference, current, 10);
      return computeJensenShannon(bins.reference, bins.current).distance;
    },
    peer: 'float(jensenshannon(*binned(), base=2))',
  },
  {
    name: 'chi-square, deciles',
    compute: (reference, current) => {
      const bins = binSamples(reference, current, 10);
      return testHomogeneity([bins.reference, bins.current]).statistic;
    },
    peer: 'float(chi2_contingency(np.array(binned()), correction=False)[0])',
  },
];

/** Times drift of 3 million rows against 3 million, and scipy on the same numbers where it is installed. */
export function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  try {
    for (const [kind, [reference, current]] of Object.entries(drawSamples())) {
      const ours = benches.map(({ compute }) => time(() => compute(reference, current)));
      const peer = runPeer(folder, reference, current);
      process.stdout.write(`\n${kind}: ${rows} rows against ${rows}, best of ${repeats}; ${peer.version}\n`);
      benches.forEach(({ name }, at) => {
        process.stdout.write(`${describe(name, ours[at] as Timed, peer.times[at])}\n`);
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return Promise.resolve();
}

function describe(name: string, { ms, value }: Timed, peer: Timed | undefined): string {
  const own = `  ${name.padEnd(26)} ${ms.toFixed(0).padStart(6)} ms`;
  if (peer === undefined) return own;
  // A faster answer to another question is no answer.
  const agrees = Math.abs(value - peer.value) <= 1e-9 * Math.max(1, Math.abs(peer.value));
  const ratio = (peer.ms / ms).toFixed(1);
  return `${own}   scipy ${peer.ms.toFixed(0).padStart(6)} ms   ${ratio}x   ${agrees ? 'same value' : `OTHER VALUE ${value} ${peer.value}`}`;
}

function drawSamples(): Readonly<Record<string, readonly [Float64Array, Float64Array]>> {
  const next = seedGenerator(2026);
  const draw = (shift: number) =>
    Float64Array.from({ length: rows }, () => normalQuantile(next() || 0.5) + shift);
  const [reference, current] = [draw(0), draw(0.05)];
  const whole = (sample: Float64Array) => sample.map((value) => Math.round(30 * value));
  return {
    'real numbers, normal': [reference, current],
    'whole numbers, as minutes of delay': [whole(reference), whole(current)],
  };
}

function time(compute: () => number): Timed {
  let ms = Number.POSITIVE_INFINITY;
  let value = Number.NaN;
  for (let run = 0; run < repeats; run += 1) {
    const start = performance.now();
    value = compute();
    ms = Math.min(ms, performance.now() - start);
  }
  return { ms, value };
}

interface Peer {
  readonly version: string;
  readonly times: readonly Timed[];
}

function runPeer(folder: string, reference: Float64Array, current: Float64Array): Peer {
  writeFileSync(join(folder, 'a.bin'), reference);
  writeFileSync(join(folder, 'b.bin'), current);
  const code = `
import json, time, numpy as np, scipy
from scipy.stats import ks_2samp, chi2_contingency
from scipy.spatial.distance import jensenshannon
a, b = np.fromfile("a.bin"), np.fromfile("b.bin")
${quantileBins}
def best(f):
    times = []
    for _ in range(${repeats}):
        start = time.perf_counter(); value = f(); times.append(time.perf_counter() - start)
    return {"ms": min(times) * 1000, "value": float(value)}
print(json.dumps({"version": "scipy " + scipy.__version__ + ", numpy " + np.__version__,
  "times": [${benches.map(({ peer }) => `best(lambda: ${peer})`).join(', ')}]}))
`;
  try {
    const text = execFileSync('python3', ['-c', code], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(text) as Peer;
  } catch {
    // Without python3-scipy there is nothing to compare with; our own times still say something.
    return { version: 'scipy is not installed: no ratios', times: [] };
  }
}
