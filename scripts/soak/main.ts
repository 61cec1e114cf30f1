import process from 'node:process';
import { soakCrashes } from './crashes.ts';
import { soakDefences } from './defences.ts';
import { soakDeliveries } from './deliveries.ts';
import { soakHistories } from './histories.ts';
import { soakHostile } from './hostile.ts';
import { soakIncidents } from './incidents.ts';
import { soakLag } from './lag.ts';
import { soakMutants } from './mutants.ts';
import { soakStories } from './stories.ts';
import { soakTampering } from './tampering.ts';
import { soakWriters } from './writers.ts';

/** How many checks of one soak held. */
export interface SoakOutcome {
  readonly passed: number;
  readonly failed: number;
}

/** Long proofs, by name: too long for every test run, each with a short version there. */
const soaks: Readonly<Record<string, () => Promise<SoakOutcome>>> = {
  crashes: soakCrashes,
  defences: soakDefences,
  deliveries: soakDeliveries,
  histories: soakHistories,
  hostile: soakHostile,
  mutants: soakMutants,
  incidents: soakIncidents,
  lag: soakLag,
  stories: soakStories,
  tampering: soakTampering,
  writers: soakWriters,
};

/** @throws nothing: a soak that breaks off counts as failed, with its error in the log */
async function runSoak(name: string): Promise<SoakOutcome> {
  const startedAt = performance.now();
  console.log(`${name} ...`);
  try {
    const outcome = await soaks[name]?.();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${name}: ${outcome?.passed ?? 0} passed, ${outcome?.failed ?? 0} failed in ${seconds} s`);
    return outcome && outcome.passed > 0 ? outcome : { passed: 0, failed: (outcome?.failed ?? 0) + 1 };
  } catch (error) {
    console.error(`${name} broke off:`, error);
    return { passed: 0, failed: 1 };
  }
}

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(soaks);
const unknown = names.filter((name) => !Object.hasOwn(soaks, name));
if (unknown.length > 0) {
  console.error(`There is no soak "${unknown.join(', ')}". Known: ${Object.keys(soaks).join(', ')}`);
  process.exitCode = 2;
} else {
  let [passed, failed] = [0, 0];
  for (const name of names) {
    const outcome = await runSoak(name);
    passed += outcome.passed;
    failed += outcome.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
