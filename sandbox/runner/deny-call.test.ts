import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './bench.ts';

describe('a called workflow', () => {
  let bench: Bench;
  const CALLED = `
on:
  workflow_call:
    inputs:
      model: { type: string, required: true }
      strict: { type: boolean, default: false }
    secrets: { KEY: { required: false } }
    outputs: { said: { value: '\${{ jobs.inner.outputs.said }}' } }
permissions: {}
jobs:
  inner:
    runs-on: ubuntu-latest
    permissions: { contents: read, checks: write }
    outputs: { said: '\${{ steps.say.outputs.said }}' }
    steps:
      - { id: say, run: 'echo "said=\${{ inputs.model }} \${{ inputs.strict }} [\${{ secrets.KEY }}][\${{ secrets.DEPLOY }}]" >> "$GITHUB_OUTPUT"' }
`;
  const call = async (job: string, top = 'permissions: {}') => {
    const text = `on: push\n${top}\njobs:\n  caller:\n    uses: acme/lib/.github/workflows/called.yml@main\n${job}`;
    await bench.commit('acme/app', 'main', { '.github/workflows/w.yml': text });
    const run = (await bench.settle()).at(-1);
    return {
      conclusion: run?.conclusion,
      message: run?.message ?? '',
      jobs: [...bench.actions.service.jobs.values()].filter((one) => one.run === run).length,
    };
  };
  const GRANT = '    permissions: { contents: read, checks: write }\n';

  beforeAll(async () => {
    bench = await openBench();
    await bench.repository('lib', { '.github/workflows/called.yml': CALLED });
    await bench.repository('app', { 'readme.md': 'x' });
    bench.actions.configure('acme/app', { secrets: { DEPLOY: 'not-for-the-called' } });
  });
  afterAll(() => bench.close());

  it('cannot raise permissions: the run does not start', async () => {
    const refused = await call('    permissions: { contents: read, checks: read }\n    with: { model: a }');
    expect(refused).toMatchObject({ conclusion: 'startup_failure', jobs: 0 });
    expect(refused.message).toContain(
      "The nested job 'inner' is requesting 'checks: write', but is only allowed 'checks: read'.",
    );
    expect((await call('    with: { model: a }')).message).toContain(
      "is requesting 'checks: write, contents: read', but is only allowed 'checks: none, contents: none'",
    );
  });

  it('gets only declared inputs, all required ones, in their types', async () => {
    const messages = [
      [
        '    with: { model: a, base: evil }',
        'Invalid input, base is not defined in the referenced workflow.',
      ],
      ['    with: {}', 'Input model is required, but not provided while calling.'],
      ['    with: { model: a, strict: maybe }', "Unexpected value 'maybe'"],
      [
        '    with: { model: a }\n    secrets: { OTHER: x }',
        'Invalid secret, OTHER is not defined in the referenced workflow.',
      ],
    ];
    for (const [job, message] of messages) {
      const refused = await call(GRANT + job);
      expect([refused.conclusion, refused.jobs]).toEqual(['startup_failure', 0]);
      expect(refused.message).toContain(message);
      expect(refused.message).toMatch(/\(Line: 5, Col: \d+\)/);
    }
  });

  it('sees no secret that is not handed over', async () => {
    const done = await call(
      `${GRANT}    with: { model: a }\n  after:\n    needs: caller\n    runs-on: ubuntu-latest\n    steps: [{ run: 'echo "out \${{ needs.caller.outputs.said }}"' }]`,
    );
    expect(done.conclusion).toBe('success');
    expect(bench.log('after')).toContain('out a false [][]');
  });

  it('is recorded with its commit, and a moving ref is noted', () => {
    const run = [...bench.actions.runs.values()].at(-1);
    expect(run?.referenced[0]?.path).toBe('acme/lib/.github/workflows/called.yml@refs/heads/main');
    expect(bench.actions.movingRefs[0]?.uses).toBe('acme/lib/.github/workflows/called.yml@main');
  });

  it('that does not exist or may not be called stops the run at its start', async () => {
    const text = (uses: string) => `on: push\njobs:\n  caller: { uses: '${uses}' }`;
    for (const uses of [
      'acme/lib/.github/workflows/none.yml@main',
      'acme/none/.github/workflows/called.yml@main',
      './.github/workflows/w.yml',
    ]) {
      await bench.commit('acme/app', 'main', { '.github/workflows/w.yml': text(uses) });
      expect((await bench.settle()).at(-1)?.conclusion).toBe('startup_failure');
    }
  });
});
