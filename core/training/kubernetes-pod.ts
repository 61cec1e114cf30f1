import { z } from 'zod';
import { type ClusterReport, makeReport } from './cluster-state.ts';

const containerSchema = z.object({
  state: z
    .object({ terminated: z.object({ exitCode: z.int(), reason: z.string().optional() }).nullish() })
    .nullish(),
});
const podsSchema = z.object({
  items: z.array(
    z.object({
      status: z.object({
        reason: z.string().optional(),
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
        containerStatuses: z.array(containerSchema).nullish(),
      }),
    }),
  ),
});

/**
 * Tells more about a failed Job from its pods: memory, a node that was taken away, or the command's own exit code.
 * What a kubelet says of a pod is no word of the command; no more than the end that is known is changed, never into success.
 * @param answer a list of pods
 * @see https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions
 */
export function explainFailure(report: ClusterReport, answer: unknown): ClusterReport {
  const parsed = podsSchema.safeParse(answer);
  if (report.outcome !== 'failed' || !parsed.success) return report;
  const pods = parsed.data.items.map(({ status }) => status);
  const ends = pods.flatMap(({ containerStatuses }) =>
    (containerStatuses ?? []).flatMap(({ state }) => state?.terminated ?? []),
  );
  if (ends.some(({ reason }) => reason === 'OOMKilled')) {
    const how = `${report.how}; a container was killed for memory`;
    return makeReport({ state: 'failed', outcome: 'out-of-memory' }, how, 137);
  }
  const disrupted = pods.some(
    ({ reason, conditions }) =>
      reason === 'Evicted' ||
      reason === 'NodeLost' ||
      (conditions ?? []).some(({ type, status }) => type === 'DisruptionTarget' && status === 'True'),
  );
  if (disrupted) return makeReport({ state: 'lost' }, `${report.how}; a pod was taken away`);
  const failed = ends.find(({ exitCode }) => exitCode !== 0);
  return failed === undefined ? report : { ...report, exitCode: failed.exitCode };
}
