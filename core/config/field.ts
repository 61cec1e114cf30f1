import { z } from 'zod';
import { isName, namePart, nameRule } from './model-name.ts';
import { parsePlaceAddress, placeRule } from './place-address.ts';

/** Building blocks of the four schemas. The `error` of each is what is allowed there, in words: messages quote it. */

const line = (allowed: string, most: number) =>
  z
    .string()
    .min(1, allowed)
    .max(most, allowed)
    .refine((text) => text.trim() !== '', { error: allowed });

/** Free text for people: never empty, at most 2,000 characters. */
export const prose = line('some text, at most 2,000 characters', 2000);
/** A command for the runner's shell. */
export const command = line('a command, at most 4,000 characters', 4000);
/** A column name of the team's data: any text that fits on one line. */
export const columnName = line('a column name on one line, at most 200 characters', 200).regex(
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses.
  /^[^\u0000-\u001f\u007f\u2028\u2029]+$/u,
  'a column name on one line, at most 200 characters',
);

export const name = z.string().regex(namePart, nameRule).refine(isName, { error: nameRule });

const loginRule = 'a GitHub login of a person, without "@"';
/** `_` occurs in the logins of enterprise-managed users only; `[bot]` is refused: bots never approve. */
export const login = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?$/, loginRule);
export const team = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[a-z0-9_][a-z0-9._-]{0,99}$/, 'a team as organization/slug');

const pathRule = 'a path inside the repository, with "/" and without "..", spaces at its ends, or .git';
/** A file of the repository: relative, no traversal, not inside .git. */
export const filePath = z.string().refine((text) => isInside(text) && !/[*?[\]{}]/.test(text), {
  error: pathRule,
});

const globRule = `${pathRule}; wildcards * ** ? [] {a,b}, at most eight "*"`;
/** Up to eight wildcards: more of them make matching slow, and this text is pull-request controlled. */
export const glob = z
  .string()
  .refine((text) => isInside(text) && (text.match(/\*+/g) ?? []).length <= 8 && !/\*{3}/.test(text), {
    error: globRule,
  });

function isInside(text: string): boolean {
  return (
    text.length <= 400 &&
    /^[\p{L}\p{N} ._/@=+~,*?{}[\]-]+$/u.test(text) &&
    !text.includes('..') &&
    text.trim() === text &&
    text.split('/').every((part) => part !== '' && part !== '.' && part.toLowerCase() !== '.git')
  );
}

/** Where bytes lie. Credentials never stand in a file that everybody reads. */
export const place = z.string().refine((text) => parsePlaceAddress(text) !== null, { error: placeRule });
export const webAddress = z.string().refine((text) => parsePlaceAddress(text)?.kind === 'http', {
  error: 'https://host/path, without user, password, query or fragment (http only to this machine)',
});

const hostRule = 'the exact name of a host, with :port where it is not 443, for example data.example.com';
/** Lower-case as addresses are read; a wildcard would let a neighbour in, a bare number is no name. */
export const host = z
  .string()
  .max(259, hostRule)
  .refine((text) => URL.canParse(`https://${text}`) && new URL(`https://${text}`).host === text, {
    error: hostRule,
  })
  .refine((text) => /^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/.test(text), { error: hostRule });

export const commit = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'a full commit id: 40 characters 0-9 a-f (a tag can be moved, a commit cannot)');
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 characters 0-9 a-f');
export const branch = z
  .string()
  .regex(
    /^(?!.*(?:\.\.|@\{|\/\/|\.lock$|\/$|^[-/.]))[\w./@+-]{1,200}$/,
    'the exact name of a branch, without wildcards',
  );

export const finite = z.number().refine(Number.isFinite, { error: 'a finite number' });
export const count = (least: number, most: number) => {
  const allowed = `a whole number from ${least} to ${most}`;
  return z.int(allowed).min(least, allowed).max(most, allowed);
};
