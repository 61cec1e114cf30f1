import { startBotBench } from './bench.ts';
import { costOf, playLife, type Stage } from './life.ts';

/** Calls of each look in the life of a version. Run as a process of its own. */
async function measure(): Promise<void> {
  for (const kind of ['warm', 'cold'] as const) {
    const bench = await startBotBench();
    const deps = bench.newDeps();
    const stages = await playLife(bench, () => (kind === 'warm' ? deps : bench.newDeps()));
    await bench.close();
    print(
      kind === 'warm' ? 'warm: one process sees all of it' : 'cold: a fresh process for each look',
      stages,
    );
  }
}

const columns = ['queries', 'reads', 'commits', 'checks', 'comments', 'others', 'unchanged'] as const;

function print(title: string, stages: readonly Stage[]): void {
  console.log(`\n${title}`);
  console.log(row('look', ['cost', ...columns.map((name) => (name === 'unchanged' ? '304' : name))]));
  for (const { name, count } of stages)
    console.log(row(name, [costOf(count), ...columns.map((column) => count[column])]));
  const sum = (pick: (stage: Stage) => number) => stages.reduce((total, stage) => total + pick(stage), 0);
  console.log(
    row('all', [sum(({ count }) => costOf(count)), ...columns.map((c) => sum(({ count }) => count[c]))]),
  );
}

const row = (name: string, cells: readonly (string | number)[]): string =>
  `${name.padEnd(30)}${cells.map((cell) => String(cell).padStart(9)).join('')}`;

await measure();
