import { lstat, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimedMetrics } from '../../core/training/claimed-metric.ts';
import {
  isMetricOfFolder,
  parseClaimedMetricFile,
  parseClaimedMetricFolder,
} from '../../core/training/claimed-metric-file.ts';
import { clearOutput, isOutside, readOutput } from './output.ts';

/** More files than these are no metrics of one run. */
const maxFiles = 400;
const maxEntries = 20_000;
const maxDepth = 8;

/**
 * Reads the metrics that a training command claims, from a file or from a folder of dvclive or of MLflow's file store.
 * @param path `train.metrics` of model.yml, relative to the workspace
 * @throws InputError METRICS_MISSING, FILE_TOO_LARGE, ARTIFACT_KIND (a link), CLAIMED_METRICS, JSON_INVALID
 */
export async function readClaimedMetrics(workspace: string, path: string): Promise<ClaimedMetrics> {
  if (!(await isFolder(workspace, path)))
    return parseClaimedMetricFile(await readOutput(workspace, path), path);
  const files = new Map<string, string>();
  for (const name of await listMetricFiles(join(workspace, path)))
    files.set(name, await readOutput(workspace, `${path}/${name}`));
  return parseClaimedMetricFolder(files, path);
}

/**
 * Removes what an earlier run or a commit left of these metrics. Of a folder only the files that would be read: it may
 * hold other things of the team.
 */
export async function clearClaimedMetrics(workspace: string, path: string): Promise<void> {
  if (!(await isFolder(workspace, path))) return clearOutput(workspace, path);
  for (const name of await listMetricFiles(join(workspace, path))) await rm(join(workspace, path, name));
}

/** A folder of the workspace itself: what a link on its way leads to is refused as any other file. */
async function isFolder(workspace: string, path: string): Promise<boolean> {
  const folder = join(workspace, path);
  const found = await lstat(folder).catch(() => null);
  return found?.isDirectory() === true && !isOutside(await realpath(workspace), await realpath(folder));
}

/** Plain files with metrics below a folder; no link is followed. */
async function listMetricFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  let left = maxEntries;
  const walk = async (path: string, depth: number): Promise<void> => {
    const entries = await readdir(join(folder, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      left -= 1;
      if (left < 0 || found.length >= maxFiles) return;
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && depth < maxDepth) await walk(name, depth + 1);
      else if (entry.isFile() && isMetricOfFolder(name)) found.push(name);
    }
  };
  await walk('', 0);
  return found;
}
