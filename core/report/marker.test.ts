import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { markOutOfDate } from './banner.ts';
import { renderComment } from './comment.ts';
import { bodyDigest, type Marker, parseMarker, parseState, writeMarker, writeState } from './marker.ts';
import { commit, digest, sampleReport } from './sample.fixture.ts';

const markers: readonly Marker[] = [
  { kind: 'proposal', model: 'prod' },
  { kind: 'proposal', model: 'non-prod' },
  { kind: 'promotion', model: 'growth/churn' },
  { kind: 'configuration' },
];

describe('marker', () => {
  it.each(markers)('is read back exactly: %j', (marker) => {
    expect(parseMarker(`${writeMarker(marker)}\nbody`)).toEqual(marker);
    expect(parseMarker(`${writeMarker(marker)}\r\nbody`)).toEqual(marker);
  });

  it('tells prod from non-prod and a proposal from a promotion', () => {
    expect(new Set(markers.map(writeMarker)).size).toBe(markers.length);
    expect(writeMarker({ kind: 'proposal', model: 'prod' })).not.toBe(
      writeMarker({ kind: 'proposal', model: 'non-prod' }),
    );
  });

  it.each([
    'text <!-- gatehouse:proposal:churn; -->',
    '<!-- gatehouse:proposal:churn; --> text',
    '<!-- gatehouse:proposal:churn -->',
    '<!-- gatehouse:proposal:Churn; -->',
    '<!-- gatehouse:proposal:../x; -->',
    '<!-- gatehouse:proposal:a;b; -->',
    '<!-- gatehouse:other:churn; -->',
    '<!-- gatehouse:configuration:other; -->',
    ' <!-- gatehouse:proposal:churn; -->',
    '\n<!-- gatehouse:proposal:churn; -->',
    '',
  ])('is not seen in %j', (body) => {
    expect(parseMarker(body)).toBeNull();
  });

  it.each(['a --> b', 'a;', 'A', '../x', ''])('is never written for the name %j', (model) => {
    expect(() => writeMarker({ kind: 'proposal', model })).toThrow(InputError);
  });
});

const state = { v: 1, head: commit('9'), run: 8812, attempt: 2, body: digest('a') } as const;

describe('state', () => {
  it('is read back from the last line, whatever line ends GitHub gives back', () => {
    expect(parseState(`x\n${writeState(state)}`)).toEqual(state);
    expect(parseState(`x\r\n${writeState(state)}\r\n\r\n`)).toEqual(state);
  });

  it.each([
    ['a head that closes the comment', { ...state, head: 'a --> <script>' }],
    ['a head with two dashes', { ...state, head: 'a--b' }],
    ['a number that is none', { ...state, run: Number.NaN }],
  ])('refuses to write %s', (_name, bad) => {
    expect(() => writeState(bad)).toThrow(InputError);
  });

  it.each([
    '',
    'x',
    '<!-- gatehouse:state {} -->',
    '<!-- gatehouse:state not json -->',
    `${writeState(state)} more`,
    `${writeState(state)}\nmore`,
    writeState(state).replace('"v":1', '"v":2'),
    writeState(state).replace('8812', '-1'),
    writeState(state).replace('8812', '1.5'),
    writeState(state).replace('8812', '1e999'),
    writeState(state).replace(commit('9'), '9f3c2ab'),
    writeState(state).replace('sha256:', 'md5:'),
    writeState(state).replace('{', '{"v":1,'),
  ])('reads nothing from %j', (line) => {
    expect(parseState(line)).toBeNull();
  });
});

describe('bodyDigest', () => {
  it('changes with words and not with white space or icons', () => {
    expect(bodyDigest('✅ a  b\n')).toBe(bodyDigest('⚠️ a b'));
    expect(bodyDigest('a b')).not.toBe(bodyDigest('a c'));
  });
});

describe('markOutOfDate', () => {
  const body = renderComment(sampleReport());

  it('puts one banner above the headline and keeps everything else', () => {
    const once = markOutOfDate(body, commit('f'));
    expect(once.split('\n')[1]).toBe(
      '> ⏳ **Out of date.** This is the result for `9999999`. The head is now `fffffff` and is being judged.',
    );
    expect(once.split('\n').slice(3, -1)).toEqual(body.split('\n').slice(1, -1));
    expect(parseMarker(once)).toEqual({ kind: 'proposal', model: 'flight-delay' });
    expect(parseState(once)).toMatchObject({ head: commit('9'), run: 8812 });
    expect(parseState(once)?.body).not.toBe(parseState(body)?.body);
  });

  it('replaces its own banner when the head moves again, also with CRLF', () => {
    const once = markOutOfDate(body, commit('f'));
    const twice = markOutOfDate(once.replaceAll('\n', '\r\n'), commit('e'));
    expect(twice).toBe(markOutOfDate(body, commit('e')));
  });

  it('leaves a comment about that head alone, and refuses what is not ours', () => {
    expect(markOutOfDate(body, commit('9'))).toBe(body);
    expect(() => markOutOfDate('hello', commit('9'))).toThrow(InputError);
  });
});
