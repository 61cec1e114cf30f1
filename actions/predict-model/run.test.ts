import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PullFacts } from '../../adapters/github/reader.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import {
  baseFiles,
  featuresPath,
  featuresText,
  model,
  modelText,
  proposed,
  stateWith,
} from '../../test/memory/flights.ts';
import { type Files, headSha, memoryProposal } from '../../test/memory/proposal.ts';
import { type PredictDeps, type PredictInputs, run } from './run.ts';

const labelsSha256 = 'f'.repeat(64);
const base = baseFiles({ labelsSha256 });
const withCommand = (predict: string): Files => ({
  ...proposed(base),
  'models/flight-delay/model.yml': modelText({ labelsSha256, predict }),
});
const copies = 'cp "$GATEHOUSE_MODEL" "$GATEHOUSE_OUTPUT"';
const modelBytes = 'key,score\n1,0.5\n';

interface Setup {
  readonly head: Files;
  readonly state: ModelState;
  readonly inputs: Partial<PredictInputs>;
}

function world(setup: Partial<Setup>) {
  const folder = mkdtempSync(join(tmpdir(), 'predict-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const proposal = memoryProposal(base, setup.head ?? withCommand(copies), setup.state ?? null);
  const lines: string[] = [];
  const copied: string[] = [];
  const deps: PredictDeps = {
    github: {
      pull: async () => ({ base: { sha: 'b'.repeat(40), ref: 'main' } }) as PullFacts,
      file: proposal.file,
    },
    proposal: async () => proposal,
    copyFromStore: async (digest, file) => {
      copied.push(digest);
      writeFileSync(file, modelBytes);
    },
    copyFeatures: async ({ path, content }, data, file) => {
      copied.push(`${path} ${data}`);
      writeFileSync(file, content);
    },
    environment: { PATH: process.env.PATH ?? '', HOME: folder },
    folder,
    print: (line) => lines.push(line),
  };
  const inputs: PredictInputs = {
    model,
    artifactDigest: digestBytes(modelBytes),
    championVersion: null,
    pull: { number: 3, headSha, fork: false },
    workspace,
    ...setup.inputs,
  };
  return { predict: () => run(inputs, deps), lines, copied };
}

const refused = (code: string) => expect.objectContaining({ code });

describe('predict-model', () => {
  it("runs the head's command on the challenger's bytes and the governed features", async () => {
    const { predict, copied } = world({});
    const { file, rows } = await predict();
    expect(rows).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(modelBytes);
    expect(copied).toEqual([digestBytes(modelBytes), `${featuresPath} file:///srv/dvc`]);
  });

  it('hands over the features, in the workspace, and no variable but the three, PATH and HOME', async () => {
    process.env.GATEHOUSE_TEST_SECRET = 'token';
    const command = `env; pwd; cat "$GATEHOUSE_INPUT"; basename "$GATEHOUSE_MODEL"; ${copies}`;
    const { predict, lines } = world({ head: withCommand(command) });
    await predict();
    delete process.env.GATEHOUSE_TEST_SECRET;
    const names = lines.flatMap((line) => /^([A-Za-z_]+)=/.exec(line)?.[1] ?? []).sort();
    const own = ['_', 'PWD', 'SHLVL', 'OLDPWD'];
    expect(names.filter((name) => !own.includes(name))).toEqual([
      'GATEHOUSE_INPUT',
      'GATEHOUSE_MODEL',
      'GATEHOUSE_OUTPUT',
      'HOME',
      'PATH',
    ]);
    expect(lines.join('\n')).toContain(featuresText.trim());
    expect(lines).toContain('model.json');
    expect(lines.some((line) => line.endsWith('/workspace'))).toBe(true);
    expect(lines.join('\n')).not.toContain('token');
  });

  it('takes what the command prints for text, not for orders to the runner', async () => {
    const { predict, lines } = world({ head: withCommand(`echo "::error::x"; ${copies}`) });
    await predict();
    const [first = '', second, last] = lines;
    expect(first).toMatch(/^::stop-commands::[0-9a-f-]{36}$/);
    expect(second).toBe('::error::x');
    expect(last).toBe(`::${first.slice('::stop-commands::'.length)}::`);
  });

  it('scores a champion by its recorded command and bytes, not by one byte of the pull request', async () => {
    const state = stateWith({
      version: 1,
      modelBytes: 'old',
      predictions: digestBytes('p'),
      stage: 'production',
      endpoints: ['eu'],
    });
    const { predict, copied } = world({
      state,
      head: withCommand('exit 9'),
      inputs: { championVersion: 1, artifactDigest: null },
    });
    // The recorded command is not there in this empty workspace: it is the one that was tried.
    await expect(predict()).rejects.toThrow(refused('PREDICT_COMMAND_FAILED'));
    expect(copied[0]).toBe(digestBytes('old'));
  });

  it.each<readonly [string, string, string]>([
    ['fails', 'exit 3', 'PREDICT_COMMAND_FAILED'],
    ['writes nothing', 'true', 'PREDICT_OUTPUT'],
    ['writes an empty file', ': > "$GATEHOUSE_OUTPUT"', 'PREDICT_OUTPUT'],
    ['writes a link', 'ln -s /etc/passwd "$GATEHOUSE_OUTPUT"', 'PREDICT_OUTPUT'],
    ['writes a folder', 'mkdir "$GATEHOUSE_OUTPUT"', 'PREDICT_OUTPUT'],
    ['writes NaN', 'printf "key,score\\n1,NaN\\n" > "$GATEHOUSE_OUTPUT"', 'PREDICTIONS_INVALID'],
    ['writes no predictions', 'echo hello > "$GATEHOUSE_OUTPUT"', 'PREDICTIONS_INVALID'],
  ])('refuses a command that %s', async (_, command, code) => {
    await expect(world({ head: withCommand(command) }).predict()).rejects.toThrow(refused(code));
  });

  it.each<readonly [string, Partial<Setup>, string]>([
    ['no artifact digest', { inputs: { artifactDigest: null } }, 'PREDICT_ARTIFACT_MISSING'],
    ['an unknown model', { inputs: { model: '../x' } }, 'JUDGE_MODEL_UNKNOWN'],
    ['an unknown version', { inputs: { championVersion: 4 } }, 'PREDICT_VERSION_UNKNOWN'],
    ['a model file that head deleted', { head: withoutModel() }, 'JUDGE_MODEL_UNKNOWN'],
  ])('refuses %s', async (_, setup, code) => {
    const { predict, copied } = world(setup);
    await expect(predict()).rejects.toThrow(refused(code));
    expect(copied).toEqual([]);
  });
});

function withoutModel(): Files {
  const { 'models/flight-delay/model.yml': _, ...rest } = proposed(base);
  return rest;
}
