import type { SliceConfig, SliceRule } from './slices.ts';
import { suggest } from './suggestion.ts';

/** Longest value within a name. */
const valueLength = 120;

/** `carrier=AA` */
export const nameOfValue = (column: string, value: string): string =>
  `${column}=${value.slice(0, valueLength).toWellFormed()}`;

/** One name below, between and above the edges: `distance<500`, `500<=distance<1000`, `distance>=1000`. */
export function namesOfEdges(column: string, edges: readonly number[]): readonly string[] {
  return [...edges, Number.POSITIVE_INFINITY].map((high, at) => {
    const low = edges[at - 1];
    if (low === undefined) return `${column}<${high}`;
    return high === Number.POSITIVE_INFINITY ? `${column}>=${low}` : `${low}<=${column}<${high}`;
  });
}

const pairSign = ' & ';

/** `carrier=AA & distance>=1000` */
export const nameOfPair = (first: string, second: string): string => `${first}${pairSign}${second}`;

/** Why no declared rule gives a slice of this name. */
export interface SliceNameFault {
  readonly allowed: string;
  readonly meant: string | null;
}

/**
 * Holds the name of a slice against the declared rules.
 * @returns null: one of them can give it; a column without values gives a slice of any value
 */
export function checkSliceName(name: string, { declared, pairs }: SliceConfig): SliceNameFault | null {
  if (declared.some((rule) => gives(rule, name))) return null;
  const parts = pairs ? partsOf(name, declared) : [];
  if (parts.some(([first, second]) => inOrder(first, second, declared))) return null;
  const names = declared.flatMap(namesOf);
  const turned = parts.find(([first, second]) => inOrder(second, first, declared));
  const meant = turned === undefined ? suggest(name, names) : nameOfPair(turned[1], turned[0]);
  const shown = declared.flatMap((rule) => (isOpen(rule) ? [`${rule.column}=<value>`] : namesOf(rule)));
  return { allowed: showSome(shown), meant };
}

const shownNames = 20;

function showSome(names: readonly string[]): string {
  const more = names.length - shownNames;
  return `${names.slice(0, shownNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

type Open = Extract<SliceRule, { kind: 'values' }> & { readonly values: null };

/** Its values are those of the rows. */
const isOpen = (rule: SliceRule): rule is Open => rule.kind === 'values' && rule.values === null;

const gives = (rule: SliceRule, name: string): boolean =>
  isOpen(rule) ? name.startsWith(`${rule.column}=`) : namesOf(rule).includes(name);

function namesOf(rule: SliceRule): readonly string[] {
  if (rule.kind === 'where') return [rule.name];
  if (rule.kind === 'edges') return namesOfEdges(rule.column, rule.edges);
  return (rule.values ?? []).map((value) => nameOfValue(rule.column, value));
}

/** Every way to cut a name in two, of which both halves are slices: a value may hold the sign as well. */
function partsOf(name: string, declared: readonly SliceRule[]): readonly (readonly [string, string])[] {
  const words = name.split(pairSign);
  return words.slice(1).flatMap((_, at): readonly (readonly [string, string])[] => {
    const halves = [words.slice(0, at + 1), words.slice(at + 1)].map((half) => half.join(pairSign));
    const [first = '', second = ''] = halves;
    return halves.every((half) => declared.some((rule) => gives(rule, half))) ? [[first, second]] : [];
  });
}

/** A pair is named in the order in which its rules are declared. */
const inOrder = (first: string, second: string, declared: readonly SliceRule[]): boolean =>
  declared.some(
    (rule, at) => gives(rule, first) && declared.slice(at + 1).some((other) => gives(other, second)),
  );
