import { createHash } from 'node:crypto';
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
  /** Files of the artifact of the storing job. */
  readonly handed: Readonly<Record<string, string>>;
  readonly base: Files;
}

function world(setup: Partial<Setup>) {
  const folder = mkdtempSync(join(tmpdir(), 'predict-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const proposal = memoryProposal(setup.base ?? base, setup.head ?? withCommand(copies), setup.state ?? null);
  const lines: string[] = [];
  const scoringFolder = join(folder, 'handed');
  mkdirSync(scoringFolder);
  for (const [name, text] of Object.entries(setup.handed ?? { 'model.bin': modelBytes })) {
    writeFileSync(join(scoringFolder, name), text);
  }
  const deps: PredictDeps = {
    github: {
      pull: async () => ({ base: { sha: 'b'.repeat(40), ref: 'main' } }) as PullFacts,
      file: proposal.file,
    },
    proposal: async () => proposal,
    environment: { PATH: process.env.PATH ?? '', HOME: folder },
    folder,
    print: (line) => lines.push(line),
  };
  const inputs: PredictInputs = {
    model,
    artifactDigest: digestBytes(modelBytes),
    championVersion: null,
    scoringFolder,
    pull: { number: 3, headSha, fork: false },
    workspace,
    ...setup.inputs,
  };
  const input = () => readFileSync(join(folder, 'input', 'features.csv'), 'utf8');
  return { predict: () => run(inputs, deps), lines, input };
}

const refused = (code: string) => expect.objectContaining({ code });

describe('predict-model', () => {
  it("runs the head's command on the challenger's bytes and the governed features", async () => {
    const { predict, input } = world({});
    const { file, rows } = await predict();
    expect(rows).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(modelBytes);
    expect(input()).toBe(featuresText);
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
    const setup = {
      state,
      head: withCommand('exit 9'),
      inputs: { championVersion: 1, artifactDigest: null },
    };
    // The recorded command is not there in this empty workspace: it is the one that was tried.
    const own = world({ ...setup, handed: { 'model.bin': 'old' } });
    await expect(own.predict()).rejects.toThrow(refused('PREDICT_COMMAND_FAILED'));
    // The ledger names the bytes, whatever digest the caller passes along.
    const inputs = { championVersion: 1, artifactDigest: digestBytes('forged') };
    const forged = world({ ...setup, inputs, handed: { 'model.bin': 'forged' } });
    await expect(forged.predict()).rejects.toThrow(refused('PREDICT_HANDED_OTHER'));
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
    [
      'a model with one byte changed',
      { handed: { 'model.bin': 'key,score\n1,0.6\n' } },
      'PREDICT_HANDED_OTHER',
    ],
    ['an artifact without a model', { handed: { 'features.csv': featuresText } }, 'PREDICT_HANDED_MISSING'],
  ])('refuses %s', async (_, setup, code) => {
    const { predict, lines } = world(setup);
    await expect(predict()).rejects.toThrow(refused(code));
    expect(lines).toEqual([]);
  });
});

describe('held-out rows behind a pointer', () => {
  const pointed = (rows: string): Files => {
    const { [featuresPath]: _, ...rest } = base;
    const text = modelText({ labelsSha256, predict: copies }).replace(featuresPath, `${featuresPath}.dvc`);
    const md5 = createHash('md5').update(rows).digest('hex');
    const pointer = `outs:\n- md5: ${md5}\n  size: ${rows.length}\n  hash: md5\n  path: held-out.csv\n`;
    return { ...rest, 'models/flight-delay/model.yml': text, [`${featuresPath}.dvc`]: pointer };
  };
  const governed = pointed(featuresText);
  const other = featuresText.replace('8', '9');
  const handed = { 'model.bin': modelBytes, 'features.csv': featuresText };

  it('are taken from the artifact, held against the pointer of base', async () => {
    const { predict, input } = world({ base: governed, head: proposed(governed), handed });
    await predict();
    expect(input()).toBe(featuresText);
  });

  it.each<readonly [string, Partial<Setup>, string]>([
    ['one byte is another', { handed: { ...handed, 'features.csv': other } }, 'PREDICT_HANDED_OTHER'],
    ['a row more', { handed: { ...handed, 'features.csv': `${featuresText}2,9\n` } }, 'PREDICT_HANDED_OTHER'],
    ['they are absent', { handed: { 'model.bin': modelBytes } }, 'PREDICT_HANDED_MISSING'],
    // Base knows the model, so its pointer governs: head's own rows, with a pointer that fits, are not it.
    [
      'head points to rows of its own',
      { head: proposed(pointed(other)), handed: { ...handed, 'features.csv': other } },
      'PREDICT_HANDED_OTHER',
    ],
  ])('are refused when %s, before the command runs', async (_, setup, code) => {
    const { predict, lines } = world({ base: governed, head: proposed(governed), ...setup });
    await expect(predict()).rejects.toThrow(refused(code));
    expect(lines).toEqual([]);
  });
});

function withoutModel(): Files {
  const { 'models/flight-delay/model.yml': _, ...rest } = proposed(base);
  return rest;
}
