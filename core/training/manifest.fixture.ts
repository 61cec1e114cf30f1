const image = `registry.example/team/train@sha256:${'a'.repeat(64)}`;

/** Lines that are put into a Job at one place; `IMAGE` stands for an image by digest. */
interface Own {
  readonly name?: string;
  readonly metadata?: string;
  readonly pod?: string;
  readonly container?: string;
  readonly volume?: string;
  readonly more?: string;
}

/** A Job as a team writes it: one container on eight GPUs, in a queue. */
export function jobManifest(own: Own = {}): string {
  const line = (indent: number, text: string | undefined) =>
    text === undefined ? '' : `${' '.repeat(indent)}${text}\n`;
  const text = `apiVersion: batch/v1
kind: Job
metadata:
  labels: { kueue.x-k8s.io/queue-name: gpu }
${line(2, own.metadata)}spec:
  template:
    spec:
${line(6, own.pod)}      containers:
        - name: ${own.name ?? 'train'}
          image: IMAGE
          env: [{ name: NCCL_DEBUG, value: INFO }]
          resources: { limits: { nvidia.com/gpu: 8, memory: 64Gi } }
          volumeMounts: [{ name: shared, mountPath: /shared/gatehouse }]
${line(10, own.container)}${own.more ?? ''}      volumes:
        - name: shared
${line(10, own.volume ?? 'persistentVolumeClaim: { claimName: gatehouse }')}`;
  return text.replaceAll('IMAGE', image);
}

const group = `template:
          spec:
            containers:
              - name: ray
                image: ${image}
                volumeMounts: [{ name: shared, mountPath: /shared }]
            volumes: [{ name: shared, persistentVolumeClaim: { claimName: gatehouse } }]`;

/** A RayJob with a head and a group of workers. */
export const rayJobManifest = `apiVersion: ray.io/v1
kind: RayJob
spec:
  rayClusterSpec:
    rayVersion: "2.40.0"
    headGroupSpec:
      rayStartParams: { num-cpus: "0" }
      ${group.replaceAll('\n  ', '\n')}
    workerGroupSpecs:
      - groupName: gpu
        replicas: 2
        ${group}
`;
