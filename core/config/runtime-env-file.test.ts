import { describe, expect, it } from 'vitest';
import { parseRuntimeEnv } from './runtime-env-file.ts';

describe('parseRuntimeEnv', () => {
  const refused = expect.objectContaining({ code: 'CONFIG_INVALID' });
  const digest = `@sha256:${'0'.repeat(64)}`;

  it('takes what the cluster can fetch, and hands on what it does not know', () => {
    const text = `working_dir: s3://bucket/code.zip\npy_modules: [https://h.example/a.whl]\nimage_uri: a/b${digest}\nnew: 1\n`;
    expect(parseRuntimeEnv(text, 'ray.yml')).toMatchObject({ working_dir: 's3://bucket/code.zip', new: 1 });
    expect(parseRuntimeEnv('', 'ray.yml')).toEqual({ env_vars: {} });
  });

  it.each([
    'working_dir: ./src',
    'working_dir: file:///etc',
    'py_modules: [src]',
    'image_uri: rayproject/ray:latest',
    `container: { image: "a${digest}" }`,
    'env_vars: { GATEHOUSE_DATA: /etc }',
    'env_vars: { "A=B": c }',
    'env_vars: { A: 1 }',
    '[]',
  ])('refuses %s', (text) => {
    expect(() => parseRuntimeEnv(text, 'ray.yml')).toThrow(refused);
  });
});
