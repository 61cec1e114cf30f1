import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PullFacts } from '../../adapters/github/reader.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { baseFiles, featuresPath, model, modelText, proposed } from '../../test/memory/flights.ts';
import { type Files, headSha, memoryProposal } from '../../test/memory/proposal.ts';
import { run } from './run.ts';

const labelsSha256 = 'f'.repeat(64);
const featuresText = 'row,hour\n1,8\n2,9\n3,10\n';
const validationText = 'row,hour\n9,7\n';
const rest = `decision: { choose: f1 }
explain: { permutation: { rows: 100 } }
production-like:
  seed: 1
  corruptions:
    - { name: lost, kind: missing, columns: [hour], share: 1 }
`;
const suite = `version: 1
groups:
  - name: g
    kind: edge
    cases:
      - { name: c, row: { hour: 99 }, expect: { max: 1 } }
`;
const texts = (predict: string) =>
  modelText({ labelsSha256, predict }).replace(
    'gates:',
    `  validation: { features: data/v.csv.dvc, labels: data/vl.csv }\n${rest}gates:`,
  );
const md5 = createHash('md5').update(validationText).digest('hex');
const pointer = `outs:\n- md5: ${md5}\n  size: ${validationText.length}\n  hash: md5\n  path: v.csv\n`;
const filesOf = (predict: string): Files => ({
  ...baseFiles({ labelsSha256 }),
  [featuresPath]: featuresText,
  'data/v.csv.dvc': pointer,
  'data/vl.csv': 'key,late\n9,1\n',
  'models/flight-delay/model.yml': texts(predict),
  'models/flight-delay/behaviour.yml': suite,
});
/** Half a point for every row of its input. */
const scores = `{ echo key,score; tail -n +2 "$GATEHOUSE_INPUT" | cut -d, -f1 | sed 's/$/,0.5/'; } > "$GATEHOUSE_OUTPUT"`;
const names = ['behaviour.csv', 'permuted.csv', 'production-like.csv', 'validation.csv'];

function world(
  command: string,
  own: { readonly base?: Files; readonly head?: Files; readonly validation?: string } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'predict-sets-'));
  const workspace = join(folder, 'workspace');
  const scoringFolder = join(folder, 'handed');
  for (const each of [workspace, scoringFolder]) mkdirSync(each);
  writeFileSync(join(scoringFolder, 'model.bin'), 'm');
  writeFileSync(join(scoringFolder, 'validation.csv'), own.validation ?? validationText);
  const base = own.base ?? filesOf(scores);
  const head = { ...proposed(base), 'models/flight-delay/model.yml': texts(command), ...own.head };
  const proposal = memoryProposal(base, head, null);
  const lines: string[] = [];
  const predict = () =>
    run(
      {
        ...{ model, artifactDigest: digestBytes('m'), championVersion: null, scoringFolder, workspace },
        pull: { number: 3, headSha, fork: false },
      },
      {
        github: {
          pull: async () => ({ base: { sha: 'b'.repeat(40), ref: 'main' } }) as PullFacts,
          file: proposal.file,
        },
        proposal: async () => proposal,
        environment: { PATH: process.env.PATH ?? '', HOME: folder },
        ...{ folder, print: (line) => void lines.push(line) },
      },
    );
  const set = (name: string) => readFileSync(join(folder, 'output', 'sets', `${name}.csv`), 'utf8');
  return { predict, lines, folder, set };
}

describe('the sets besides the held-out rows', () => {
  it('are scored each by one run of the command, all inputs made before the first', async () => {
    const command = `basename "$GATEHOUSE_INPUT" >> runs.txt; ls "$(dirname "$GATEHOUSE_INPUT")" > seen-$(basename "$GATEHOUSE_INPUT"); ${scores}`;
    const { predict, folder, set } = world(command);
    const { rows, folder: output } = await predict();
    expect(rows).toBe(3);
    const workspace = join(folder, 'workspace');
    expect(readFileSync(join(workspace, 'runs.txt'), 'utf8').trim().split('\n')).toEqual([
      'features.csv',
      'production-like.csv',
      'validation.csv',
      'behaviour.csv',
      'permuted.csv',
    ]);
    const seen = readFileSync(join(workspace, 'seen-features.csv'), 'utf8').trim().split('\n');
    expect(seen).toEqual(['features.csv', ...names].sort());
    expect(readdirSync(output).sort()).toEqual(['predictions.csv', 'sets']);
    expect(readdirSync(join(output, 'sets')).sort()).toEqual(names);
    expect(set('validation')).toBe('key,score\n9,0.5\n');
    // One column, one repeat, three rows: keys of their own, none of them tells a held-out row.
    expect(set('permuted')).toBe('key,score\n1,0.5\n2,0.5\n3,0.5\n');
    expect(readFileSync(join(folder, 'input', 'production-like.csv'), 'utf8')).toBe('row,hour\n1,\n2,\n3,\n');
    expect(set('behaviour').trim().split('\n')).toHaveLength(2);
  });

  it('that break the command are left out with a line, and the job goes on', async () => {
    const command = `case "$GATEHOUSE_INPUT" in *behaviour.csv) exit 3;; *permuted.csv) exit 0;; *production-like.csv) ln -s /etc/passwd "$GATEHOUSE_OUTPUT"; exit 0;; *validation.csv) truncate -s 257M "$GATEHOUSE_OUTPUT"; exit 0;; esac; ${scores}`;
    const { predict, lines, folder } = world(command);
    const { rows } = await predict();
    expect(rows).toBe(3);
    expect(readdirSync(join(folder, 'output', 'sets'))).toEqual([]);
    expect(lines.filter((line) => line.includes('is left out'))).toEqual([
      expect.stringMatching(/set production-like is left out.*other than a plain file/),
      expect.stringMatching(/set validation is left out.*269484032 bytes, at most 268435456/),
      expect.stringMatching(/set behaviour is left out.*exit code 3/),
      expect.stringMatching(/set permuted is left out.*did not write/),
    ]);
  });

  it('bring nothing along that the command leaves beside its output', async () => {
    const command = `${scores}; cd "$(dirname "$GATEHOUSE_OUTPUT")"; ln -s /etc/passwd stolen; echo x > extra.csv`;
    const { predict, folder } = world(command);
    await predict();
    expect(readdirSync(join(folder, 'output')).sort()).toEqual(['predictions.csv', 'sets']);
    expect(readdirSync(join(folder, 'output', 'sets')).sort()).toEqual(names);
    for (const name of names) expect(lstatSync(join(folder, 'output', 'sets', name)).isFile()).toBe(true);
  });

  it('are not asked for when the held-out rows cannot be scored', async () => {
    const { predict, folder, lines } = world('exit 3');
    await expect(predict()).rejects.toThrow(expect.objectContaining({ code: 'PREDICT_COMMAND_FAILED' }));
    expect(existsSync(join(folder, 'output', 'predictions.csv'))).toBe(false);
    expect(lines.some((line) => line.includes('scoring the set'))).toBe(false);
  });

  it('are refused before the command runs when validation rows are not those of the pointer', async () => {
    const { predict, lines } = world(scores, { validation: validationText.replace('7', '8') });
    await expect(predict()).rejects.toThrow(expect.objectContaining({ code: 'PREDICT_HANDED_OTHER' }));
    expect(lines).toEqual([]);
  });

  it.each<[string, Files, string]>([
    [
      'a suite that names a column of nobody',
      { 'models/flight-delay/behaviour.yml': suite.replace('hour: 99', 'wind: 99') },
      'BEHAVIOUR_COLUMN',
    ],
    ['no validation rows', { 'data/v.csv.dvc': '' }, 'JUDGE_HELD_OUT_MISSING'],
  ])('are refused with %s on base', async (_, change, code) => {
    const { predict, lines } = world(scores, { base: { ...filesOf(scores), ...change } });
    await expect(predict()).rejects.toThrow(expect.objectContaining({ code }));
    expect(lines).toEqual([]);
  });

  it('are those of base, whatever suite the head has', async () => {
    const base = filesOf(scores);
    const { 'models/flight-delay/behaviour.yml': _, ...without } = base;
    const path = 'models/flight-delay/behaviour.yml';
    const added = world(scores, { base: without, head: { [path]: suite } });
    await added.predict();
    expect(readdirSync(join(added.folder, 'output', 'sets')).sort()).toEqual(names.slice(1));
    const changed = world(scores, { base, head: { [path]: suite.replace('99', '1') } });
    await changed.predict();
    expect(readFileSync(join(changed.folder, 'input', 'behaviour.csv'), 'utf8')).toContain(',99\n');
  });
});
