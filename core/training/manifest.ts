import type { KubernetesConfig } from '../config/cluster.ts';
import { parseFile, refuseProblems } from '../config/parse.ts';
import type { Problem } from '../config/problem.ts';
import { toSeconds } from './cluster-script.ts';
import {
  manifestSchema,
  type WrittenJob,
  type WrittenManifest,
  type WrittenRayJob,
} from './manifest-schema.ts';
import type { PodTemplate } from './pod-schema.ts';

/** A manifest that may be handed over, once it is filled in. */
export type Manifest = WrittenManifest;

/** Label of the job and of all its pods; its value is the name of the job. */
export const runLabel = 'app.kubernetes.io/instance';
const ownLabel = 'app.kubernetes.io/managed-by';
/** The container that runs the command; where a pod has one container only, it is that one. */
export const trainContainer = 'train';
/** A safety net: we take the job away ourselves. */
const ttlSeconds = 3600;

/** What is filled in: `ClusterJob` of the adapters has more. */
export interface ManifestJob {
  readonly name: string;
  readonly command: string;
  readonly folder: string;
  /** Script on the shared folder that runs the command, as the engine sees it: a plain path without spaces. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/**
 * Reads the manifest of a team.
 * @param config names its file and the namespace, and where the shared folder must be mounted
 * @throws InputError CONFIG_INVALID with every problem: no Job or RayJob, keys that are not allowed, images without a digest
 */
export function parseManifest(text: string, config: KubernetesConfig): Manifest {
  const { value, source } = parseFile(text, config.manifest, manifestSchema);
  refuseProblems(source, [...checkMetadata(value, config), ...checkCommand(value, config)]);
  return value;
}

function checkMetadata({ metadata }: Manifest, { namespace }: KubernetesConfig): readonly Problem[] {
  if (metadata.namespace === undefined || metadata.namespace === namespace) return [];
  return [
    {
      code: 'cluster/namespace',
      message: `the manifest names the namespace ${metadata.namespace}, model.yml another one`,
      path: ['metadata', 'namespace'],
      found: metadata.namespace,
      allowed: namespace,
      fix: 'Take metadata.namespace out of the manifest: train.cluster.namespace says it.',
    },
  ];
}

/** The record says that `train.command` ran, so that is what must run, and in the folder that both sides see. */
function checkCommand(manifest: Manifest, { shared }: KubernetesConfig): readonly Problem[] {
  const base =
    manifest.kind === 'Job'
      ? ['spec', 'template', 'spec']
      : ['spec', 'rayClusterSpec', 'headGroupSpec', 'template', 'spec'];
  const { spec } = templateOf(manifest);
  const index = manifest.kind === 'Job' ? trainIndex(spec) : 0;
  const container = spec.containers[index];
  if (container === undefined) {
    return [
      {
        code: 'cluster/container',
        message: `none of the ${spec.containers.length} containers is called "${trainContainer}"`,
        path: [...base, 'containers'],
        fix: `Call the container that runs train.command "${trainContainer}".`,
      },
    ];
  }
  const path = [...base, 'containers', index];
  const own = (['command', 'args'] as const).filter((key) => container[key] !== undefined);
  const mounts = container.volumeMounts ?? [];
  const isMounted = mounts.some(
    ({ mountPath, readOnly }) =>
      readOnly !== true && `${shared.seenAs}/`.startsWith(`${mountPath.replace(/\/+$/, '')}/`),
  );
  return [
    ...(manifest.kind === 'Job' ? own : []).map((key) => ({
      code: 'cluster/command',
      message: `the container "${container.name}" has a ${key} of its own`,
      path: [...path, key],
      fix: 'Take it out: train.command of model.yml is what runs there.',
    })),
    ...(isMounted
      ? []
      : [
          {
            code: 'cluster/shared',
            message: `the container "${container.name}" does not mount the shared folder ${shared.seenAs}`,
            path,
            fix: `Add a volumeMount with mountPath: ${shared.seenAs}, of a volume that the runner has mounted too.`,
          },
        ]),
  ];
}

function templateOf(manifest: Manifest): PodTemplate {
  return manifest.kind === 'Job'
    ? manifest.spec.template
    : manifest.spec.rayClusterSpec.headGroupSpec.template;
}

/** -1: none is meant. */
function trainIndex({ containers }: PodTemplate['spec']): number {
  return containers.length === 1 ? 0 : containers.findIndex(({ name }) => name === trainContainer);
}

/**
 * Fills in what is ours: name, labels, command, variables, time limit, that it is taken away, and that no pod has rights
 * in the cluster.
 * @returns the object that is created
 */
export function fillManifest(manifest: Manifest, job: ManifestJob, { namespace }: KubernetesConfig): unknown {
  const { metadata } = manifest;
  return {
    ...manifest,
    metadata: {
      name: job.name,
      namespace,
      labels: withOurs(metadata.labels, job),
      ...(metadata.annotations === undefined ? {} : { annotations: metadata.annotations }),
    },
    spec: manifest.kind === 'Job' ? fillJob(manifest.spec, job) : fillRayJob(manifest.spec, job),
  };
}

function fillJob(spec: WrittenJob['spec'], job: ManifestJob): unknown {
  const index = trainIndex(spec.template.spec);
  const command = ['bash', '-eo', 'pipefail', '-c', keepDollars(job.command)];
  const template = fillTemplate(spec.template, job);
  return {
    ...spec,
    // Attempts are counted and paid for by Gatehouse.
    backoffLimit: spec.backoffLimit ?? 0,
    activeDeadlineSeconds: toSeconds(job.timeoutMs),
    ttlSecondsAfterFinished: ttlSeconds,
    template: {
      ...template,
      spec: {
        ...template.spec,
        restartPolicy: spec.template.spec.restartPolicy ?? 'Never',
        containers: template.spec.containers.map((container, at) =>
          at === index ? { ...container, command, workingDir: job.folder } : container,
        ),
      },
    },
  };
}

function fillRayJob(spec: WrittenRayJob['spec'], job: ManifestJob): unknown {
  const { headGroupSpec, workerGroupSpecs } = spec.rayClusterSpec;
  const fill = <T extends { readonly template: PodTemplate }>(group: T) => ({
    ...group,
    template: fillTemplate(group.template, job),
  });
  return {
    ...spec,
    backoffLimit: spec.backoffLimit ?? 0,
    activeDeadlineSeconds: toSeconds(job.timeoutMs),
    shutdownAfterJobFinishes: true,
    ttlSecondsAfterFinished: 0,
    // Two plain words: KubeRay puts them into a shell command of its own.
    entrypoint: `bash ${job.script}`,
    rayClusterSpec: {
      ...spec.rayClusterSpec,
      headGroupSpec: fill(headGroupSpec),
      ...(workerGroupSpecs === undefined ? {} : { workerGroupSpecs: workerGroupSpecs.map(fill) }),
    },
    ...(spec.submitterPodTemplate === undefined
      ? {}
      : { submitterPodTemplate: fillTemplate(spec.submitterPodTemplate, job) }),
  };
}

function fillTemplate(template: PodTemplate, job: ManifestJob) {
  const own = Object.entries(job.env).map(([name, value]) => ({ name, value: keepDollars(value) }));
  return {
    ...template,
    metadata: { ...template.metadata, labels: withOurs(template.metadata?.labels, job) },
    spec: {
      ...template.spec,
      automountServiceAccountToken: false,
      containers: template.spec.containers.map((container) => ({
        ...container,
        // The last of two counts.
        env: [...(container.env ?? []), ...own],
      })),
    },
  };
}

/**
 * A kubelet reads `$(NAME)` and `$$` in commands and variables: what we hand over must arrive as it is.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
function keepDollars(text: string): string {
  return text.replace(/\$/g, () => '$$');
}

function withOurs(labels: Readonly<Record<string, string>> | undefined, { name }: ManifestJob) {
  return { ...labels, [runLabel]: name, [ownLabel]: 'gatehouse' };
}
