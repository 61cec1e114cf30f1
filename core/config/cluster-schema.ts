import { z } from 'zod';
import type { ClusterConfig, SharedFolder } from './cluster.ts';
import { filePath, webAddress } from './field.ts';
import { slurmOption, slurmOptionRule } from './slurm-option.ts';

const folder = z
  .string()
  .max(200)
  .regex(
    /^(?!.*\/\.{1,2}(?:\/|$))(?:\/[A-Za-z0-9_.-]+)+$/,
    'an absolute path such as /mnt/gatehouse: letters, digits, "_", ".", "-", without ".." or a slash at its end',
  );
const label = (what: string) =>
  z
    .string()
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      `${what}: a-z, 0-9 and "-" inside, at most 63 characters`,
    );
const word = (what: string) =>
  z
    .string()
    .regex(
      /^[A-Za-z0-9][\w.:@/-]{0,199}$/,
      `${what}: letters, digits and . _ - : @ /, at most 200 characters`,
    );

const sharedFields = {
  shared: folder.describe(
    'Folder that runner and engine both have mounted: code and data go in, results come out.',
  ),
  'shared-as': folder
    .optional()
    .describe('Path of that folder on the machines of the engine, where it is another one.'),
};

const raySchema = z.strictObject({
  kind: z.literal('ray').describe('A Ray cluster, by its Jobs API.'),
  address: webAddress.describe('Dashboard of the Ray cluster, which serves the Jobs API.'),
  'runtime-env': filePath.optional().describe('File with the runtime environment (YAML or JSON).'),
  ...sharedFields,
});

const kubernetesSchema = z.strictObject({
  kind: z.literal('kubernetes').describe('A Job or RayJob on Kubernetes, by kubectl.'),
  manifest: filePath.describe('One Job (batch/v1) or RayJob (ray.io/v1).'),
  namespace: label('a namespace').describe('Namespace in which the job runs.'),
  context: word('a context').optional().describe("Context of the runner's kubeconfig."),
  ...sharedFields,
});

const slurmSchema = z.strictObject({
  kind: z.literal('slurm').describe('A Slurm cluster, by sbatch.'),
  options: z
    .array(z.string().refine((text) => slurmOption(text) !== null, { error: slurmOptionRule }))
    .max(40)
    .refine((options) => new Set(options.map((text) => slurmOption(text)?.name)).size === options.length, {
      error: 'every option once',
    })
    .default([])
    .describe('Options of sbatch that say what the job needs.'),
  partition: z
    .string()
    .regex(/^[A-Za-z0-9][\w.,-]{0,99}$/, 'a partition: letters, digits and . , _ -')
    .optional()
    .describe('Partition, or several with commas.'),
  ...sharedFields,
});

/** `train.cluster` of model.yml, as people write it. */
export const clusterSchema = z
  .discriminatedUnion('kind', [raySchema, kubernetesSchema, slurmSchema])
  .describe('Hands the command to an engine made for work of many machines.');

export type WrittenCluster = z.infer<typeof clusterSchema>;

/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
export function toCluster(written: WrittenCluster): ClusterConfig {
  const shared: SharedFolder = { folder: written.shared, seenAs: written['shared-as'] ?? written.shared };
  switch (written.kind) {
    case 'ray': {
      const runtimeEnv = written['runtime-env'];
      const address = written.address.replace(/\/+$/, '');
      return { kind: 'ray', address, ...(runtimeEnv === undefined ? {} : { runtimeEnv }), shared };
    }
    case 'kubernetes': {
      const { manifest, namespace, context } = written;
      return {
        kind: 'kubernetes',
        manifest,
        namespace,
        ...(context === undefined ? {} : { context }),
        shared,
      };
    }
    case 'slurm': {
      const { options, partition } = written;
      return { kind: 'slurm', options, ...(partition === undefined ? {} : { partition }), shared };
    }
  }
}
