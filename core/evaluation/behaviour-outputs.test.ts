import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Task } from '../config/model.ts';
import { readBehaviourOutputs } from './behaviour-outputs.ts';

const shapeOf = (task: Task) => ({
  task,
  classes: task === 'multiclass-classification' ? ['a', 'b'] : [],
  contract: null,
  scorers: [],
});
const read = (task: Task, text: string) => readBehaviourOutputs(text, 'b.csv', shapeOf(task));

describe('readBehaviourOutputs', () => {
  it('reads outputs of every task', () => {
    const forms: readonly (readonly [Task, string, unknown])[] = [
      ['binary-classification', 'key,score\n1,0.5\n', { kind: 'number', value: 0.5 }],
      ['ranking', 'key,score\n1,5\n', { kind: 'number', value: 5 }],
      ['regression', 'key,prediction\n1,-5\n', { kind: 'number', value: -5 }],
      [
        'multiclass-classification',
        'key,a,b\n1,0.25,0.75\n',
        { kind: 'probabilities', values: [0.25, 0.75] },
      ],
      ['multiclass-classification', 'key,class\n1,b\n', { kind: 'class', index: 1 }],
      ['scored-examples', 'key,output\n1,hi\n', { kind: 'text', text: 'hi', actions: null }],
      [
        'scored-examples',
        'key,output,actions,helpful\n1,hi,"[""a""]",1\n',
        { kind: 'text', text: 'hi', actions: ['a'] },
      ],
    ];
    for (const [task, text, output] of forms) {
      expect(read(task, text)).toEqual({ outputs: new Map([['1', output]]), findings: [] });
    }
  });

  it('leaves out rows at fault alone, of doubled keys both, and warns', () => {
    const text = 'key,score\n1,0.5\n2,NaN\n3,0.1,0.2\n4,2\n5,0.5\n5,0.6\n,0.5\n6,0.6\n';
    const { outputs, findings } = read('binary-classification', text);
    expect([...outputs.keys()]).toEqual(['1', '6']);
    expect(findings.map(({ code, severity, count }) => [code, severity, count])).toEqual([
      ['evaluation/score-nan', 'warn', 1],
      ['evaluation/row-malformed', 'warn', 1],
      ['evaluation/score-range', 'warn', 1],
      ['evaluation/key-empty', 'warn', 1],
      ['evaluation/key-doubled', 'warn', 1],
    ]);
    const texts = read('scored-examples', 'key,output,actions\n1,hi,delete\n2,hi,[]\n');
    expect([...texts.outputs.keys()]).toEqual(['2']);
  });

  it('has no output of a file that cannot be read, and says why', () => {
    for (const text of ['', 'key,other\n1,1\n', 'key,score\n']) {
      const { outputs, findings } = read('binary-classification', text);
      expect(outputs.size).toBe(0);
      expect(findings).toMatchObject([{ severity: 'fail' }]);
    }
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('key,score\n', '1,0.5\n', '"', '\n', '{"key":1}'),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.constantFrom<Task>('ranking', 'scored-examples'),
        (pieces, task) => {
          const { outputs, findings } = read(task, pieces.join(''));
          expect(outputs.size > 0 || findings.length > 0).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
