import { beforeAll, describe, expect, it } from 'vitest';
import { lintWorkflow } from '../../core/workflow-lint/workflow-lint.ts';
import {
  type ActionlintFinding,
  covers,
  exceptions,
  linesOfActionlint,
  lintByActionlint,
  pageExceptions,
} from './actionlint.ts';
import {
  initCaller,
  isWorkflow,
  listCopies,
  listPageWorkflows,
  listShipped,
  type ShippedFile,
} from './shipped.ts';

const shipped = listShipped();
const pages = listPageWorkflows();

/** What other repositories call; the copies beside them are the same files, pinned. */
const isPublic = (path: string): boolean => /^(?:reusable-workflows|\.github\/workflows)\//.test(path);

/** `file:line rule: message` of everything that is found. */
const linesOf = ({ text, path }: ShippedFile, leave: readonly string[] = []): readonly string[] =>
  lintWorkflow(text, path, { isPublic: isPublic(path) })
    .filter(({ code }) => !leave.includes(code))
    .map(({ code, message, where }) => `${where?.file}:${where?.line} ${code}: ${message}`);

describe('every workflow and action that is shipped breaks no rule', () => {
  it('are found, all of them', () => {
    const counted = (form: RegExp) => shipped.filter(({ path }) => form.test(path)).length;
    expect(counted(/^reusable-workflows\//)).toBeGreaterThanOrEqual(9);
    expect(counted(/^actions\/[^/]+\/action\.yml$/)).toBeGreaterThanOrEqual(18);
    expect(shipped.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'action.yml',
        'reusable-workflows/anchor-ledger.yml',
        'reusable-workflows/reconcile.yml',
        'fixtures/callers/reproduce.yml',
        'fixtures/flights/.github/workflows/search-round.yml',
      ]),
    );
  });

  it.each(shipped.filter(({ path }) => !path.startsWith('.github/')))('$path', (file) => {
    expect(linesOf(file)).toEqual([]);
  });

  it('nor do the copies that others call, as they are generated', () => {
    for (const copy of listCopies(shipped)) expect(linesOf(copy)).toEqual([]);
  });

  it('nor does the caller that `gatehouse init` writes', () => {
    expect(linesOf(initCaller())).toEqual([]);
  });
});

describe('workflows in pages', () => {
  // A page says why in its own words.
  const leave = ['workflow/undocumented-permissions'];

  it('break no rule, whole ones', () => {
    expect(pages.whole.length).toBeGreaterThan(7);
    for (const file of pages.whole) expect(linesOf(file, leave)).toEqual([]);
  });

  it('nor do jobs alone', () => {
    expect(pages.jobs.length).toBeGreaterThan(0);
    for (const file of pages.jobs) expect(linesOf(file, leave)).toEqual([]);
  });
});

describe('actionlint', () => {
  const files = [
    ...shipped.filter((file) => isWorkflow(file) && !file.path.startsWith('.github/')),
    ...listCopies(shipped),
    initCaller(),
  ];

  const inPages: { readonly path: string; readonly found: readonly ActionlintFinding[] }[] = [];
  beforeAll(async () => {
    for (const { path, text } of [...pages.whole, ...pages.jobs]) {
      const whole = /^on\s*:/m.test(text) ? text : `on: workflow_dispatch\n${text}`;
      inPages.push({ path, found: await lintByActionlint({ path, text: whole }) });
    }
  });

  it('has nothing against a workflow that is shipped', async () => {
    expect(files.length).toBeGreaterThanOrEqual(20);
    for (const file of files) expect(await linesOfActionlint(file)).toEqual([]);
  });

  it('nor against one in a page', () => {
    for (const { path, found } of inPages) {
      const left = found.filter((each) => !pageExceptions.some((exception) => covers(exception, each)));
      expect([path, left]).toEqual([path, []]);
    }
  });

  it('finds a fault that is planted, by its line', async () => {
    const { path, text } = initCaller();
    const planted = text.replace('needs: validate', 'needs: vaildate');
    expect(planted).not.toBe(text);
    const found = await lintByActionlint({ path, text: planted });
    expect(found.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['job-needs', 'expression']));
    expect(await linesOfActionlint({ path, text: planted })).not.toEqual([]);
    expect(planted.split('\n')[(found.find(({ kind }) => kind === 'job-needs')?.line ?? 0) - 1]).toContain(
      'train:',
    );
  });

  it('is excused nowhere without need', () => {
    for (const exception of pageExceptions) {
      const met = inPages.some(({ found }) => found.some((each) => covers(exception, each)));
      expect([exception.why, met]).toEqual([exception.why, true]);
    }
    expect(pageExceptions).toEqual(expect.arrayContaining([...exceptions]));
  });
});
