import { z } from 'zod';
import { free, metadataSchema, podTemplateSchema } from './pod-schema.ts';

const whole = z.int().min(0).max(100_000);

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/ */
const jobSchema = z.strictObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('Job'),
  metadata: metadataSchema.prefault({}),
  spec: z.strictObject({
    template: podTemplateSchema,
    parallelism: whole.optional(),
    completions: whole.optional(),
    completionMode: z.enum(['NonIndexed', 'Indexed']).optional(),
    backoffLimit: whole.optional(),
    backoffLimitPerIndex: whole.optional(),
    maxFailedIndexes: whole.optional(),
    podFailurePolicy: free.optional(),
    podReplacementPolicy: z.string().optional(),
    successPolicy: free.optional(),
    // Kueue starts such a job when there is room.
    suspend: z.boolean().optional(),
  }),
});

const groupFields = {
  template: podTemplateSchema,
  rayStartParams: z.record(z.string(), z.string()).prefault({}),
  resources: z.record(z.string(), z.string()).optional(),
  labels: z.record(z.string(), z.string()).optional(),
};

/** @see https://ray-project.github.io/kuberay/reference/api/ RayJobSpec, RayClusterSpec */
const rayJobSchema = z.strictObject({
  apiVersion: z.literal('ray.io/v1'),
  kind: z.literal('RayJob'),
  metadata: metadataSchema.prefault({}),
  spec: z.strictObject({
    rayClusterSpec: z.strictObject({
      rayVersion: z.string().optional(),
      // It would need an account in the cluster, which no pod of ours has.
      enableInTreeAutoscaling: z.literal(false, 'false').optional(),
      headGroupSpec: z.strictObject({ ...groupFields, serviceType: z.literal('ClusterIP').optional() }),
      workerGroupSpecs: z
        .array(
          z.strictObject({
            ...groupFields,
            groupName: z.string(),
            replicas: whole.optional(),
            minReplicas: whole.optional(),
            maxReplicas: whole.optional(),
            numOfHosts: whole.optional(),
            idleTimeoutSeconds: whole.optional(),
          }),
        )
        .max(20)
        .optional(),
    }),
    submitterPodTemplate: podTemplateSchema.optional(),
    // The pod of this way of submitting is the one whose log is followed.
    submissionMode: z.literal('K8sJobMode').optional(),
    runtimeEnvYAML: z.string().max(32_768).optional(),
    entrypointNumCpus: z.number().min(0).optional(),
    entrypointNumGpus: z.number().min(0).optional(),
    entrypointResources: z.string().max(4000).optional(),
    backoffLimit: whole.optional(),
    suspend: z.boolean().optional(),
  }),
});

/** A manifest as people write it. Name, command, time limit and what is done afterwards are ours to say. */
export const manifestSchema = z.discriminatedUnion('kind', [jobSchema, rayJobSchema]);
export type WrittenManifest = z.infer<typeof manifestSchema>;
export type WrittenJob = z.infer<typeof jobSchema>;
export type WrittenRayJob = z.infer<typeof rayJobSchema>;
