import { describe, expect, it } from 'vitest';
import { parseCommandFile, parseLogCommand } from './command-file.ts';
import { expandMatrix, matrixSuffix } from './matrix.ts';
import {
  defaultPermissions,
  findViolation,
  parsePermissions,
  restrictToFork,
  SCOPES,
  toTokenScopes,
} from './permission.ts';
import { parseWorkflow } from './workflow.ts';

const file = (jobs: string, top = 'on: push') => `${top}\njobs:\n${jobs}`;
const JOB = '  a:\n    runs-on: x\n    steps: [{ run: a }]';

describe('parseWorkflow', () => {
  it.each([
    [file('  a:\n    runs-on: x\n    stepz: []'), /\(Line: 5, Col: 5\): Unexpected value 'stepz'/],
    [file(JOB, 'on: push\npermissons: {}'), /\(Line: 2, Col: 1\): Unexpected value 'permissons'/],
    [file('  a:\n    steps: [{ run: a }]'), /Required property is missing: runs-on/],
    [file('  a:\n    runs-on: x'), /No steps defined/],
    [file('  a:\n    runs-on: x\n    steps: [{ run: a, uses: b }]'), /exactly one of uses and run/],
    [file(`${JOB}\n    needs: b`), /depends on unknown job 'b'/],
    [
      file(`${JOB}\n    needs: b\n  b:\n    runs-on: x\n    needs: a\n    steps: [{ run: a }]`),
      /depends on itself/,
    ],
    [file(`${JOB}\n    permissions: { content: read }`), /Unexpected value 'content'/],
    [file(`${JOB}\n    permissions: { contents: admin }`), /Unexpected value 'admin'/],
    [file(`${JOB}\n    permissions: { id-token: read }`), /Unexpected value 'read'/],
    [file('  1a:\n    runs-on: x\n    steps: [{ run: a }]'), /identifier '1a' is invalid/],
    [file(`${JOB}\n    container: node`), /not supported/],
    ['on: push\njobs: {}', /at least one job/],
    ['on: push', /missing: jobs/],
    ['jobs: {}', /missing/],
    ['on: push\njobs: [', /Invalid workflow file: w.yml#L\d/],
    ['on: push\non: pull_request\njobs: {}', /Invalid workflow file: w.yml#L\d/],
  ])('refuses %j', (text, message) => {
    expect(() => parseWorkflow(text, 'w.yml')).toThrow(message);
  });

  it('reads on as a text, a list or a mapping', () => {
    const on = (text: string) => Object.keys(parseWorkflow(file(JOB, text), 'w.yml').on);
    expect(on('on: push')).toEqual(['push']);
    expect(on('on: [push, pull_request]')).toEqual(['push', 'pull_request']);
    expect(on('on: { push: , workflow_dispatch: {} }')).toEqual(['push', 'workflow_dispatch']);
  });
});

describe('permissions', () => {
  it('are none where they are not named', () => {
    expect(toTokenScopes(parsePermissions({}))).toEqual({ metadata: 'read' });
    const one = parsePermissions({ 'pull-requests': 'write', 'id-token': 'write' });
    expect(toTokenScopes(one)).toEqual({ metadata: 'read', pull_requests: 'write' });
    expect(parsePermissions('read-all')['id-token']).toBe('none');
    expect(parsePermissions('write-all')['id-token']).toBe('write');
    expect(defaultPermissions('write')['id-token']).toBe('none');
    expect(toTokenScopes(defaultPermissions('read'))).toEqual({
      metadata: 'read',
      contents: 'read',
      packages: 'read',
    });
  });
  it('of a fork never write and never sign', () => {
    const fork = restrictToFork(parsePermissions('write-all'));
    expect(SCOPES.filter((scope) => fork[scope] === 'write')).toEqual([]);
    expect(fork['id-token']).toBe('none');
  });
  it('beyond the grant are named', () => {
    const violation = findViolation(
      parsePermissions({ contents: 'write' }),
      parsePermissions({ contents: 'read' }),
    );
    expect(violation).toEqual({ requested: 'contents: write', allowed: 'contents: read' });
    expect(findViolation(parsePermissions({}), parsePermissions({}))).toBeUndefined();
  });
});

describe('expandMatrix', () => {
  it("follows GitHub's own example", () => {
    const rows = expandMatrix({
      ...{ fruit: ['apple', 'pear'], animal: ['cat', 'dog'] },
      include: [
        { color: 'green' },
        { color: 'pink', animal: 'cat' },
        { fruit: 'apple', shape: 'circle' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    });
    expect(rows).toEqual([
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ]);
  });
  it('drops what is excluded, refuses nothing and too much', () => {
    expect(expandMatrix({ a: [1, 2], exclude: [{ a: 1 }] })).toEqual([{ a: 2 }]);
    expect(() => expandMatrix({ a: [] })).toThrow(/at least one vector/);
    expect(() => expandMatrix({ a: 'x' })).toThrow(/sequence/);
    const many = Array.from({ length: 17 }, (_, index) => index);
    expect(() => expandMatrix({ a: many, b: many })).toThrow(/289 jobs/);
    expect(matrixSuffix({ a: 1, b: { c: 'x' } })).toBe(' (1, x)');
  });
});

describe('command files and log commands', () => {
  it('read lines and blocks', () => {
    const text = 'a=1\nb<<END\nline=1\nEND-not\nEND\nc=x=y<<z\n';
    expect([...parseCommandFile(text)]).toEqual([
      ['a', '1'],
      ['b', 'line=1\nEND-not'],
      ['c', 'x=y<<z'],
    ]);
    expect(() => parseCommandFile('a<<END\nx')).toThrow(/Matching delimiter not found 'END'/);
    expect(() => parseCommandFile('nothing')).toThrow(/Invalid format 'nothing'/);
  });
  it('unescape properties and message', () => {
    const command = parseLogCommand('::error file=a%2Cb.ts,line=3,title=T%3A::one%0Atwo 100%25');
    expect(command).toMatchObject({ name: 'error', message: 'one\ntwo 100%' });
    expect(Object.fromEntries(command?.properties ?? [])).toEqual({ file: 'a,b.ts', line: '3', title: 'T:' });
    expect(parseLogCommand('plain ::error::')).toBeUndefined();
  });
});
