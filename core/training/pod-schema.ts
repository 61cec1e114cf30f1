import { z } from 'zod';

/**
 * What a pod of the team may say. It is an allow-list: a key that Kubernetes learns tomorrow is refused until somebody has
 * looked at it. The manifest is the proposer's; what keeps the cluster safe is its own admission (docs/guides/clusters.md).
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ Restricted, and no other account's rights
 */
const dnsName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, 'a name: a-z, 0-9, "-" and "." inside');
const text = z.string().max(4000);
const free = z.json();
const quantity = z.union([
  z.string().regex(/^[0-9.]{1,20}[A-Za-z]{0,2}$/, 'an amount such as 4, 500m or 16Gi'),
  z.number(),
]);
const noSecret = 'fieldRef or resourceFieldRef: a training gets no secrets, and no configuration of others';

const variable = z.strictObject({
  name: z
    .string()
    .regex(
      /^(?!GATEHOUSE_)[A-Za-z_][A-Za-z0-9_.-]{0,199}$/,
      'a variable whose name does not begin with GATEHOUSE_',
    ),
  value: z.string().max(32_768).optional(),
  valueFrom: z
    .strictObject({ fieldRef: free.optional(), resourceFieldRef: free.optional() }, noSecret)
    .optional(),
});

/** Nobody gets more rights here than a process without any. */
const safety = {
  runAsUser: z.int().min(0).optional(),
  runAsGroup: z.int().min(0).optional(),
  runAsNonRoot: z.boolean().optional(),
  seccompProfile: z
    .strictObject({ type: z.enum(['RuntimeDefault', 'Localhost']), localhostProfile: text.optional() })
    .optional(),
};
const containerSafety = z.strictObject({
  ...safety,
  readOnlyRootFilesystem: z.boolean().optional(),
  allowPrivilegeEscalation: z.literal(false, 'false').optional(),
  privileged: z.literal(false, 'false').optional(),
  capabilities: z.strictObject({ drop: z.array(text).max(50) }).optional(),
});
const podSafety = z.strictObject({
  ...safety,
  fsGroup: z.int().min(0).optional(),
  fsGroupChangePolicy: z.enum(['Always', 'OnRootMismatch']).optional(),
  supplementalGroups: z.array(z.int().min(0)).max(50).optional(),
});

const container = z.strictObject({
  name: dnsName,
  image: z
    .string()
    .regex(
      /^[a-z0-9][a-zA-Z0-9._:/-]{0,300}@sha256:[0-9a-f]{64}$/,
      'an image by digest: registry/name@sha256:<64 hex> (a tag can be moved, a digest cannot)',
    ),
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  command: z.array(text).max(200).optional(),
  args: z.array(text).max(200).optional(),
  workingDir: text.optional(),
  env: z.array(variable).max(200).optional(),
  resources: z
    .strictObject({
      requests: z.record(z.string(), quantity).optional(),
      limits: z.record(z.string(), quantity).optional(),
      claims: free.optional(),
    })
    .optional(),
  volumeMounts: z
    .array(
      z.strictObject({
        name: dnsName,
        mountPath: text,
        subPath: text.optional(),
        readOnly: z.boolean().optional(),
      }),
    )
    .max(50)
    .optional(),
  ports: free.optional(),
  securityContext: containerSafety.optional(),
  restartPolicy: z.literal('Always').optional(),
  lifecycle: free.optional(),
  startupProbe: free.optional(),
  livenessProbe: free.optional(),
  readinessProbe: free.optional(),
  terminationMessagePath: text.optional(),
  terminationMessagePolicy: text.optional(),
});

/** No folder or device of the node, no secret, no token, no share that a claim does not grant. */
const volume = z.strictObject({
  name: dnsName,
  emptyDir: free.optional(),
  persistentVolumeClaim: z.strictObject({ claimName: dnsName, readOnly: z.boolean().optional() }).optional(),
  ephemeral: free.optional(),
  configMap: free.optional(),
  downwardAPI: free.optional(),
});

const podSpec = z.strictObject({
  containers: z.array(container).min(1).max(20),
  initContainers: z.array(container).max(20).optional(),
  volumes: z.array(volume).max(50).optional(),
  restartPolicy: z.enum(['Never', 'OnFailure']).optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: free.optional(),
  affinity: free.optional(),
  topologySpreadConstraints: free.optional(),
  terminationGracePeriodSeconds: z.int().min(0).max(3600).optional(),
  securityContext: podSafety.optional(),
  imagePullSecrets: z
    .array(z.strictObject({ name: dnsName }))
    .max(10)
    .optional(),
  runtimeClassName: dnsName.optional(),
  priorityClassName: dnsName.optional(),
  schedulerName: dnsName.optional(),
  subdomain: dnsName.optional(),
  resourceClaims: free.optional(),
  shareProcessNamespace: z.boolean().optional(),
  automountServiceAccountToken: z.literal(false, 'false').optional(),
});

const labels = z.record(z.string().max(317), z.string().max(4000));
export const podTemplateSchema = z.strictObject({
  metadata: z.strictObject({ labels: labels.optional(), annotations: labels.optional() }).optional(),
  spec: podSpec,
});
/** Ours are the name, which is left out, and two labels; finalizers would keep a job from being taken away. */
export const metadataSchema = z.strictObject({
  name: text.optional(),
  generateName: text.optional(),
  namespace: text.optional(),
  labels: labels.optional(),
  annotations: labels.optional(),
});

export type PodTemplate = z.infer<typeof podTemplateSchema>;
export { free };
