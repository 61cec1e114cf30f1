import type { IdleRunner, SweepInput, SweptModel, SweptRunner, UnservedJob } from './sweep-facts.ts';
import { hasAll, limitsOf, minutesBetween, newestJobs } from './swept-run.ts';

/** Labels that every self-hosted runner has by itself: they tell no machine from another. */
const ownLabels = ['self-hosted', 'linux', 'windows', 'macos', 'x64', 'arm', 'arm64'];
/** After a longer pause nobody knows what a runner did meanwhile: it counts as idle from now on. */
const longestGapMinutes = 180;
const mostRemembered = 300;

/** A runner that some model is trained on: it has every label of the model, and one that names more than a kind of system. */
function trainsOn({ labels }: SweptRunner, models: readonly SweptModel[]): boolean {
  return models.some(({ train: { runsOn } }) => {
    const telling = runsOn.filter((label) => !ownLabels.includes(label.toLowerCase()));
    return telling.length > 0 && hasAll(labels, runsOn);
  });
}

/** Since when each runner for training is idle: remembered, unless it worked for us since, or nobody looked for long. */
export function idleSince({
  runners,
  models,
  runs,
  memory,
  now,
}: SweepInput & { readonly runners: readonly SweptRunner[] }): Readonly<Record<string, string>> {
  const gap = minutesBetween(memory.seen, now);
  const isFresh = gap !== null && gap >= 0 && gap <= longestGapMinutes;
  const idle = runners
    .filter((runner) => runner.online && !runner.busy && trainsOn(runner, models))
    .map(({ name }) => name);
  const jobs = runs.flatMap((run) => run.jobs);
  const since = [...new Set(idle)].sort().map((name): readonly [string, string] => {
    const known = Object.hasOwn(memory.idle, name) ? memory.idle[name] : undefined;
    const age = known === undefined ? null : minutesBetween(known, now);
    if (known === undefined || !isFresh || age === null || age < 0) return [name, now];
    const worked = jobs.flatMap(({ runner, completedAt }) => {
      const later = completedAt === null ? null : minutesBetween(known, completedAt);
      return runner === name && completedAt !== null && later !== null && later > 0 ? [completedAt] : [];
    });
    return [name, worked.sort().at(-1) ?? known];
  });
  return Object.fromEntries(since.slice(0, mostRemembered));
}

export function listIdle(
  { policy, now }: SweepInput,
  runners: readonly SweptRunner[],
  idle: Readonly<Record<string, string>>,
): readonly IdleRunner[] {
  return Object.entries(idle).flatMap(([name, since]) => {
    const minutes = minutesBetween(since, now);
    const isLong = minutes !== null && minutes >= policy.idleMinutes;
    return runners
      .filter((runner) => isLong && runner.name === name)
      .slice(0, 1)
      .map(({ labels }) => ({ name, labels, since }));
  });
}

/** Jobs that are queued for longer than their model waits, and what is missing. */
export function listUnserved({ runs, runners, models, now }: SweepInput): readonly UnservedJob[] {
  return runs.flatMap((run) =>
    newestJobs(run).flatMap((job): readonly UnservedJob[] => {
      if (run.status === 'completed' || job.status !== 'queued') return [];
      const minutes = minutesBetween(job.createdAt, now);
      const limits = limitsOf(run, job, models);
      if (minutes === null || limits === null || minutes < limits.queueMinutes) return [];
      const { id, url } = run;
      const missing = runners === null ? null : missingLabels(job.labels, runners);
      return [{ run: id, url, job: job.name, labels: job.labels, since: job.createdAt, missing }];
    }),
  );
}

/** What the nearest online runner lacks; all labels when none is online. */
function missingLabels(labels: readonly string[], runners: readonly SweptRunner[]): readonly string[] {
  const lacks = runners
    .filter(({ online }) => online)
    .map((runner) => labels.filter((label) => !hasAll(runner.labels, [label])))
    .sort((a, b) => a.length - b.length);
  return lacks[0] ?? labels;
}
