import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesConfig } from '../config/cluster.ts';
import { InputError } from '../error/error.ts';
import { jobManifest, rayJobManifest } from './manifest.fixture.ts';
import { fillManifest, type ManifestJob, parseManifest } from './manifest.ts';

const config: KubernetesConfig = {
  kind: 'kubernetes',
  manifest: 'k8s/train.yml',
  namespace: 'ml',
  shared: { folder: '/mnt/gatehouse', seenAs: '/shared/gatehouse' },
};
const job: ManifestJob = {
  name: 'gatehouse-7-1-1-0a1b2c3d',
  command: 'python train.py',
  folder: '/shared/gatehouse/g/work',
  script: '/shared/gatehouse/g/a.sh',
  env: { GATEHOUSE_DATA: '/shared/gatehouse/g/data' },
  timeoutMs: 3_600_000,
};
const fill = (text: string, own: Partial<ManifestJob> = {}) =>
  // biome-ignore lint/suspicious/noExplicitAny: a manifest is a tree without a type here.
  fillManifest(parseManifest(text, config), { ...job, ...own }, config) as any;
const problem = (text: string): string => {
  try {
    parseManifest(text, config);
    return 'taken';
  } catch (error) {
    return error instanceof InputError ? error.message : String(error);
  }
};

describe('a Job', () => {
  it('gets name, labels, command, variables, limits and no rights from us', () => {
    const filled = fill(jobManifest());
    expect(filled.metadata).toEqual({
      name: job.name,
      namespace: 'ml',
      labels: {
        'kueue.x-k8s.io/queue-name': 'gpu',
        'app.kubernetes.io/instance': job.name,
        'app.kubernetes.io/managed-by': 'gatehouse',
      },
    });
    expect(filled.spec).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 3600,
      ttlSecondsAfterFinished: 3600,
    });
    const { metadata, spec } = filled.spec.template;
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': job.name });
    expect(spec).toMatchObject({ automountServiceAccountToken: false, restartPolicy: 'Never' });
    expect(spec.containers[0]).toMatchObject({
      command: ['bash', '-eo', 'pipefail', '-c', 'python train.py'],
      workingDir: job.folder,
      env: [
        { name: 'NCCL_DEBUG', value: 'INFO' },
        { name: 'GATEHOUSE_DATA', value: job.env.GATEHOUSE_DATA },
      ],
    });
  });

  it('keeps what the team says of retries, restarts and itself', () => {
    const text = jobManifest({ metadata: 'annotations: { a: b }', pod: 'restartPolicy: OnFailure' });
    const filled = fill(text.replace('spec:\n', 'spec:\n  backoffLimit: 2\n'));
    expect(filled.metadata.annotations).toEqual({ a: 'b' });
    expect(filled.spec.backoffLimit).toBe(2);
    expect(filled.spec.template.spec.restartPolicy).toBe('OnFailure');
    const bare = jobManifest().replace(/ +env: .*\n/, '');
    expect(fill(bare).spec.template.spec.containers[0].env).toHaveLength(1);
    expect(problem(jobManifest().replace(/ +volumeMounts: .*\n/, ''))).toContain('does not mount');
  });

  it('with several containers runs the command in the one that is called train', () => {
    const sidecar = '        - { name: NAME, image: IMAGE, command: [sleep] }\n';
    const spec = fill(jobManifest({ more: sidecar.replace('NAME', 'proxy') })).spec.template.spec;
    expect(spec.containers.map(({ command }: { command: string[] }) => command[0])).toEqual([
      'bash',
      'sleep',
    ]);
    expect(spec.containers[1].env).toEqual([{ name: 'GATEHOUSE_DATA', value: job.env.GATEHOUSE_DATA }]);
    expect(problem(jobManifest({ name: 'main', more: sidecar.replace('NAME', 'proxy') }))).toContain(
      'none of the 2 containers is called "train"',
    );
  });

  it('hands over dollars as they are, past what a kubelet reads', () => {
    // k8s.io/kubernetes third_party/forked/golang/expansion: `$$` is `$`, `$(NAME)` a variable, `$x` itself.
    const expand = (text: string) =>
      text.replace(/\$(\$|\(([^)]*)\)|)/g, (all, next: string, name?: string) =>
        next === '$' ? '$' : name === undefined ? all : name === 'HOME' ? 'EXPANDED' : all,
      );
    const text = fc.string({ unit: fc.constantFrom('$', '(', ')', 'HOME', ' ', 'x', '$$', '$(HOME)') });
    fc.assert(
      fc.property(text, (command) => {
        const { containers } = fill(jobManifest(), { command, env: { A: command } }).spec.template.spec;
        expect(expand(containers[0].command.at(-1))).toBe(command);
        expect(expand(containers[0].env.at(-1).value)).toBe(command);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a RayJob', () => {
  it('takes itself away, runs our script, and none of its pods has rights', () => {
    const filled = fill(rayJobManifest);
    expect(filled.spec).toMatchObject({
      entrypoint: 'bash /shared/gatehouse/g/a.sh',
      shutdownAfterJobFinishes: true,
      activeDeadlineSeconds: 3600,
      backoffLimit: 0,
    });
    const { headGroupSpec, workerGroupSpecs } = filled.spec.rayClusterSpec;
    for (const { template } of [headGroupSpec, ...workerGroupSpecs]) {
      expect(template.spec.automountServiceAccountToken).toBe(false);
      expect(template.metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': job.name });
      expect(template.spec.containers[0].env.at(-1).name).toBe('GATEHOUSE_DATA');
    }
  });

  it('fills in the pod of its submitter too, and needs no workers', () => {
    const submitter = `submitterPodTemplate: { spec: { containers: [{ name: s, image: a@sha256:${'b'.repeat(64)} }] } }`;
    const [head = ''] = rayJobManifest.split('    workerGroupSpecs:');
    const { spec } = fill(head.replace('spec:\n', `spec:\n  backoffLimit: 1\n  ${submitter}\n`));
    expect(spec.submitterPodTemplate.spec.automountServiceAccountToken).toBe(false);
    expect(spec.backoffLimit).toBe(1);
    expect(spec.rayClusterSpec).not.toHaveProperty('workerGroupSpecs');
  });

  it.each([
    ['clusterSelector: { a: b }', 'clusterSelector'],
    ['schedule: "* * * * *"', 'schedule'],
    ['entrypoint: python other.py', 'entrypoint'],
    ['jobId: other', 'jobId'],
    ['submissionMode: HTTPMode', 'submissionMode'],
    ['shutdownAfterJobFinishes: false', 'shutdownAfterJobFinishes'],
  ])('that says %s is refused', (line, word) => {
    expect(problem(rayJobManifest.replace('spec:\n', `spec:\n  ${line}\n`))).toContain(word);
  });
});

describe('a manifest', () => {
  it.each([
    ['of another kind', jobManifest().replace('kind: Job', 'kind: Pod'), 'kind'],
    ['of another version', jobManifest().replace('batch/v1', 'batch/v2'), 'batch/v2'],
    ['of two documents', `${jobManifest()}---\n${jobManifest()}`, ''],
    ['with an alias', jobManifest({ pod: 'nodeSelector: &a { b: c }' }), ''],
    ['of nothing', '', ''],
  ])('%s is refused', (_what, text, word) => {
    expect(problem(text)).not.toBe('taken');
    expect(problem(text)).toContain(word);
  });

  it.each([
    'hostNetwork: true',
    'hostPID: true',
    'hostIPC: true',
    'hostUsers: true',
    'serviceAccountName: admin',
    'serviceAccount: admin',
    'automountServiceAccountToken: true',
    'nodeName: master-1',
    'ephemeralContainers: []',
    'hostAliases: []',
    'securityContext: { sysctls: [] }',
    'securityContext: { seLinuxOptions: { level: x } }',
    'securityContext: { seccompProfile: { type: Unconfined } }',
    'initContainers: [{ name: a, image: busybox }]',
    'initContainers: [{ name: a, image: IMAGE, securityContext: { privileged: true } }]',
    'restartPolicy: Always',
  ])('whose pod says %s is refused', (line) => {
    expect(problem(jobManifest({ pod: line }))).toMatch(/^k8s\/train\.yml:\d+:\d+ /);
  });

  it.each([
    'hostPath: { path: / }',
    'secret: { secretName: a }',
    'projected: { sources: [] }',
    'csi: { driver: a }',
    'nfs: { server: a, path: / }',
  ])('with a volume %s is refused', (line) => {
    expect(problem(jobManifest({ volume: line }))).toMatch(/^k8s\/train\.yml:/);
  });

  it.each([
    'securityContext: { privileged: true }',
    'securityContext: { allowPrivilegeEscalation: true }',
    'securityContext: { capabilities: { add: [SYS_ADMIN] } }',
    'securityContext: { procMount: Unmasked }',
    'envFrom: [{ secretRef: { name: a } }]',
    'volumeDevices: [{ name: a, devicePath: /dev/sda }]',
    'command: [python]',
    'args: [x]',
  ])('whose container says %s is refused', (line) => {
    expect(problem(jobManifest({ container: line }))).toMatch(/^k8s\/train\.yml:/);
  });

  it.each([
    'image: team/train:latest',
    'env: [{ name: A, valueFrom: { secretKeyRef: { name: a, key: b } } }]',
    'env: [{ name: GATEHOUSE_DATA, value: /etc }]',
    'volumeMounts: [{ name: shared, mountPath: /elsewhere }]',
    'volumeMounts: [{ name: shared, mountPath: /shared/gate }]',
    'volumeMounts: [{ name: shared, mountPath: /shared/gatehouse, readOnly: true }]',
  ])('whose container says %s instead is refused', (line) => {
    const key = line.slice(0, line.indexOf(':'));
    const text = jobManifest().replace(new RegExp(`${key}: .*`), line);
    expect(text).toContain(line);
    expect(problem(text)).toMatch(/^k8s\/train\.yml:/);
  });

  it('for another namespace, or with finalizers, is refused', () => {
    expect(problem(jobManifest({ metadata: 'namespace: kube-system' }))).toContain('kube-system');
    expect(problem(jobManifest({ metadata: 'finalizers: [a/b]' }))).toContain('finalizers');
    expect(problem(jobManifest({ metadata: 'namespace: ml' }))).toBe('taken');
  });
});
