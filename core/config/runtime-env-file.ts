import { z } from 'zod';
import { parseFile, refuseProblems } from './parse.ts';
import type { Problem } from './problem.ts';

const remote = z
  .string()
  .regex(
    /^(?:https|s3|gs|azure|abfss|gcs):\/\/\S{1,500}$/,
    'an address that the cluster can fetch, such as s3://bucket/code.zip',
  );
/** Everything else that Ray knows is handed on as it is: it concerns the team's own cluster. */
const schema = z.looseObject({
  working_dir: remote.optional(),
  py_modules: z.array(remote).max(50).optional(),
  env_vars: z.record(z.string().regex(/^[A-Za-z_]\w{0,99}$/), z.string()).default({}),
  image_uri: z
    .string()
    .regex(/@sha256:[0-9a-f]{64}$/, 'an image by digest: name@sha256:<64 hex> (a tag can be moved)')
    .optional(),
});

export type RuntimeEnv = z.infer<typeof schema>;

/**
 * Reads the runtime environment of a Ray job.
 * @throws InputError CONFIG_INVALID for local folders (only Ray's own client uploads them), images without a digest, and
 * variables of ours
 * @see https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#api-reference
 */
export function parseRuntimeEnv(text: string, file: string): RuntimeEnv {
  const { value, source } = parseFile(text, file, schema, {});
  const problems: readonly Problem[] = [
    ...Object.keys(value.env_vars)
      .filter((name) => name.startsWith('GATEHOUSE_'))
      .map((name) => ({
        code: 'cluster/own-variable',
        message: `${name} is set by Gatehouse`,
        path: ['env_vars', name],
        fix: 'Take it out of the runtime environment.',
      })),
    ...(Object.hasOwn(value, 'container')
      ? [
          {
            code: 'cluster/image',
            message: 'container names an image without a digest',
            path: ['container'],
            fix: 'Write image_uri: name@sha256:<64 hex> instead.',
          },
        ]
      : []),
  ];
  refuseProblems(source, problems);
  return value;
}
