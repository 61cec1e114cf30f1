import { describe, expect, it } from 'vitest';
import { parseState } from '../../core/report/marker.ts';
import { sampleJudgement, sampleReport } from '../../core/report/sample.fixture.ts';
import { commentOf } from './comment.ts';

const reportAt = (headSha: string, auc: number) => {
  const judgement = sampleJudgement(auc);
  return { ...sampleReport({ input: { judgement } }), headSha };
};
const first = 'a'.repeat(40);
const second = 'b'.repeat(40);

describe('commentOf', () => {
  it('carries on the results of earlier commits, the newest first', () => {
    const before = commentOf(reportAt(first, 0.61))(null);
    expect(before).not.toContain('earlier commits');
    const after = commentOf(reportAt(second, 0.67))(before);
    expect(parseState(after)?.history?.map(({ head }) => head)).toEqual([second, first]);
    expect(after).toContain('Compared with earlier commits of this pull request: 1');
    expect(after).toContain('0.61');
  });

  it('tells a result of the same commit once', () => {
    const before = commentOf(reportAt(first, 0.61))(null);
    const again = commentOf(reportAt(first, 0.62))(before);
    expect(parseState(again)?.history?.map(({ head }) => head)).toEqual([first]);
  });

  it('begins anew after a comment that somebody edited into nonsense', () => {
    expect(commentOf(reportAt(first, 0.61))('<!-- gatehouse:state {"v":1} -->')).toBe(
      commentOf(reportAt(first, 0.61))(null),
    );
  });
});
