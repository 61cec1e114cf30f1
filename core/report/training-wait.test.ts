import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { type RunnerShown, type WaitShown, waitBlocks, waitReason, waitTitle } from './training-wait.ts';

const runner = (own: Partial<RunnerShown> = {}): RunnerShown => ({
  ...{ name: 'gpu-t4-1', labels: ['self-hosted', 'gpu', 't4'], online: true, busy: false },
  ...own,
});
const wait = (own: Partial<WaitShown> = {}): WaitShown => ({
  ...{ job: 'train', labels: ['self-hosted', 'gpu', 'a100'], queuedAt: '2026-11-21T10:02:00Z' },
  ...{ limitMinutes: 30, declared: [], runners: [runner()] },
  ...own,
});
const a100 = { name: 'gpu-a100-2', labels: ['Self-Hosted', 'GPU', 'A100'] };

describe('why no runner comes', () => {
  it.each([
    ['unknown', null],
    ['no such runner', [runner()]],
    ['no such runner', []],
    ['offline', [runner({ ...a100, online: false }), runner()]],
    ['busy', [runner({ ...a100, busy: true }), runner({ ...a100, online: false })]],
    ['not taken', [runner(a100), runner({ ...a100, busy: true })]],
  ] as const)('%s', (reason, runners) => {
    expect(waitReason(wait({ runners }))).toBe(reason);
  });

  it('is told apart in the title, which says that it is not about the model', () => {
    const titles = [
      null,
      [runner()],
      [runner({ ...a100, online: false })],
      [runner({ ...a100, busy: true })],
      [runner(a100)],
    ].map((runners) => waitTitle(wait({ runners })));
    expect(new Set(titles).size).toBe(5);
    expect(titles[1]).toBe('⚠️ Not evaluated: no runner has the labels for job train in over 30 min');
    for (const title of titles) expect(title.length).toBeLessThanOrEqual(120);
    expect(waitTitle(wait({ job: 'j'.repeat(500), limitMinutes: 1440 })).length).toBeLessThanOrEqual(120);
  });
});

describe('what is said while no runner comes', () => {
  it('names the labels, who is online, what each lacks, and what to change', () => {
    const offline = runner({ name: 'gpu-a100-9', online: false, labels: ['gpu'] });
    const text = renderMarkdown(waitBlocks(wait({ runners: [runner(), offline] })));
    expect(text).toContain(
      'is queued since 2026-11-21 10:02 UTC, over 30 min, and asks for `self-hosted`, `gpu`, `a100`',
    );
    expect(text).toContain('| `gpu-t4-1` | `self-hosted`, `gpu`, `t4` | free | `a100` |');
    expect(text).toContain('1 runner offline.');
    expect(text).toContain('Start a runner with the labels');
    expect(text).toContain('GitHub cancels a job after 24 to 48 hours');
  });

  it('says how to let the app see the runners when it may not', () => {
    const text = renderMarkdown(waitBlocks(wait({ runners: null })));
    expect(text).toContain('once it may read the self-hosted runners');
    expect(text).not.toContain('Online runner');
  });

  it('says that nobody is online, that somebody is busy, and that a group may stand in the way', () => {
    const said = (runners: WaitShown['runners']) => renderMarkdown(waitBlocks(wait({ runners })));
    expect(said([])).toContain('No runner of the organization is online.');
    expect(said([runner({ ...a100, online: false })])).toContain('Start one of the runners');
    expect(said([runner({ ...a100, busy: true })])).toContain('| busy | nothing |');
    expect(said([runner(a100)])).toContain("runner's group");
  });

  it('lists the nearest runners first, and counts the others', () => {
    const far = Array.from({ length: 14 }, (_, at) => runner({ name: `far-${at}`, labels: ['cpu'] }));
    const text = renderMarkdown(waitBlocks(wait({ runners: [...far, runner()] })));
    expect(text.indexOf('gpu-t4-1')).toBeLessThan(text.indexOf('far-0'));
    expect(text).toContain('3 more runners online. 0 runners offline.');
  });

  it('points at a model.yml that asks for other labels than the workflow', () => {
    const said = (declared: readonly string[]) => renderMarkdown(waitBlocks(wait({ declared })));
    expect(said(['gpu', 'self-hosted'])).toContain('correct the one that is wrong');
    expect(said(['A100', 'gpu', 'self-hosted'])).not.toContain('correct the one');
    const many = Array.from({ length: 15 }, (_, at) => `label-${at}`);
    expect(renderMarkdown(waitBlocks(wait({ labels: many })))).toContain('and 5 more');
  });

  it('keeps its table, whatever runners and jobs are called', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('|', '`', '<b>', '@all', '\n## x', '[a](//b)'));
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 4 }), (name, job, labels) => {
        const shown = wait({ job, labels, runners: [runner({ name, labels })] });
        const lines = renderMarkdown(waitBlocks(shown))
          .split('\n')
          .filter((line) => line.startsWith('|'));
        expect(lines).toHaveLength(3);
        for (const line of lines) expect(line.split('|')).toHaveLength(6);
      }),
    );
  });
});
