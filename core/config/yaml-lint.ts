import { isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml';
import { type Finding, isFailure, type Severity } from '../finding/finding.ts';
import { excerptOf, isBareDigest, keyText, restoreDigests, type Source, sameValue } from './yaml-node.ts';

interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly found?: string;
  readonly severity?: Severity;
}

/** What a YAML 1.1 reader (PyYAML, Ruby) makes of a plain word. We read 1.2, and a file must say one thing to all. */
const ambiguous: readonly (readonly [RegExp, string])[] = [
  [/^(?:yes|no|on|off)$/i, 'true or false'],
  [/^[-+]?0[0-7]+$/, 'an octal number'],
  [/^[-+]?0o[0-7]+$/, 'text'],
  [/^[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?$/, 'a number without the "_"'],
  [/^[-+]?0b[01_]+$/, 'a binary number'],
  [/^[-+]?[0-9]+(?::[0-5]?[0-9])+$/, 'a number of base 60'],
];
/** Read alike by all that we know, and not by the letter of YAML 1.1: advice. A label column is often called y. */
const letter = /^[yn]$/i;
const date = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$/;
/** Nobody reads more at once; the text is pull-request controlled. */
const mostFindings = 100;
const refusedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Finds what is legal YAML and still not welcome in a file that governs: doubled keys, tags, words with two meanings. */
export function lintNodes(source: Source): readonly Finding[] {
  const findings: Finding[] = [];
  const counts = new Map<Severity, number>();
  const report = (node: unknown, path: string, complaint: Complaint) => {
    const severity = complaint.severity ?? 'fail';
    // Counted apart: advice must never crowd out what makes the file invalid.
    const count = counts.get(severity) ?? 0;
    if (count >= mostFindings) return;
    counts.set(severity, count + 1);
    findings.push(findingAt(source, node, path, complaint));
  };
  walk(source.document.contents, '', report);
  for (const error of source.document.errors.slice(0, mostFindings)) {
    const { line, col } = source.counter.linePos(error.pos[0]);
    findings.push({
      code: 'config/syntax',
      severity: 'fail',
      message: `${source.file} cannot be read: ${error.code.toLowerCase().replaceAll('_', ' ')}`,
      where: { file: source.file, line, column: col, pointer: '' },
      excerpt: excerptOf(source.lines, line),
      fix: 'Mend the YAML at this line.',
    });
  }
  if (findings.every((finding) => !isFailure(finding)) && !readersAgree(source)) {
    report(source.document.contents, '', {
      code: 'config/ambiguous',
      message: 'two YAML readers understand this file differently',
      fix: 'Put quotes around every text that is not plain words.',
    });
  }
  return findings;
}

type Report = (node: unknown, path: string, complaint: Complaint) => void;

function walk(node: unknown, path: string, report: Report): void {
  lintProperties(node, path, report);
  if (isSeq(node)) {
    for (const [at, item] of node.items.entries()) walk(item, `${path}/${at}`, report);
  }
  if (isScalar(node)) lintScalar(node, path, report);
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const pair of node.items) {
    lintKey(pair, path, seen, report);
    walk(pair.value, `${path}/${keyText(pair)}`, report);
  }
}

function lintKey(pair: Pair, path: string, seen: Set<string>, report: Report): void {
  const key = keyText(pair);
  const here = `${path}/${key}`;
  if (seen.has(key)) {
    report(pair.key, here, {
      code: 'config/duplicate-key',
      message: `the key "${key}" is written twice`,
      fix: `Keep one of the two: readers differ in which one they take.`,
    });
  }
  seen.add(key);
  if (refusedKeys.has(key)) {
    report(pair.key, here, {
      code: 'config/refused-key',
      message: `the key "${key}" is not allowed`,
      fix: 'Choose another name: this one has a meaning inside JavaScript.',
    });
  }
  if (key === '<<') {
    report(pair.key, here, {
      code: 'config/merge-key',
      message: 'the merge key "<<" is not read',
      fix: 'Write the values out where they are needed.',
    });
  }
  if (isScalar(pair.key)) {
    lintProperties(pair.key, here, report);
    lintScalar(pair.key, here, report);
  }
}

function lintProperties(node: unknown, path: string, report: Report): void {
  if (!(isScalar(node) || isMap(node) || isSeq(node))) return;
  if (node.anchor !== undefined) {
    report(node, path, {
      code: 'config/alias',
      message: `the anchor "&${node.anchor}" is not read`,
      fix: 'Write the value out: anchors and aliases are not read here.',
    });
  }
  // The parser names the tag of a node only when the file wrote one.
  if (node.tag !== undefined && node.tag !== '!') {
    report(node, path, {
      code: 'config/tag',
      message: `the tag "${node.tag}" is not read`,
      fix: 'Remove the tag: write the plain value, in quotes when it is text.',
    });
  }
}

function lintScalar(node: Scalar, path: string, report: Report): void {
  if (typeof node.value === 'string' && !node.value.isWellFormed()) {
    report(node, path, {
      code: 'config/text',
      message: 'this text holds half of a character (a lone surrogate)',
      fix: 'Write the character itself instead of its \\u escape.',
    });
  }
  if (typeof node.value === 'number' && !Number.isFinite(node.value)) {
    report(node, path, {
      code: 'config/not-finite',
      message: `${node.source ?? 'this value'} is not a number that anything can be compared with`,
      found: node.source ?? String(node.value),
      fix: 'Write a finite number.',
    });
  }
  if (node.type !== 'PLAIN' || isBareDigest(node)) return;
  const text = node.source ?? '';
  if (isRounded(text, node.value)) {
    report(node, path, {
      code: 'config/inexact',
      message: `${text} would be read as ${BigInt(node.value)}: it has more digits than a number holds here`,
      found: text,
      fix: 'Write a whole number up to 2^53, or a text in quotes where one is allowed.',
    });
  }
  const meaning = ambiguous.find(([pattern]) => pattern.test(text))?.[1];
  if (meaning !== undefined) report(node, path, twoMeanings(text, meaning, 'fail'));
  else if (letter.test(text)) report(node, path, twoMeanings(text, 'true or false', 'warn'));
  // A date stays text here whichever way it is written, so that this is advice for other readers of the file.
  else if (date.test(text)) report(node, path, twoMeanings(text, 'a date object', 'warn'));
}

/** A limit of 2^53 + 1 would silently become one of 2^53, and so would an allowed value. */
const isRounded = (text: string, value: unknown): value is number =>
  /^[-+]?[0-9]+$/.test(text) &&
  Number.isFinite(value) &&
  BigInt(text.replace('+', '')) !== BigInt(Number(value));

function twoMeanings(text: string, meaning: string, severity: Severity): Complaint {
  return {
    code: 'config/ambiguous',
    severity,
    message: `YAML 1.1 readers take ${text} for ${meaning}, YAML 1.2 readers do not`,
    found: text,
    fix: `Put quotes around it: "${text}"${/^[-+]?0/.test(text) ? ', or write the number without the leading 0' : ''}.`,
  };
}

function findingAt(source: Source, node: unknown, pointer: string, complaint: Complaint): Finding {
  const offset = isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0;
  const { line, col } = source.counter.linePos(offset);
  return {
    code: complaint.code,
    severity: complaint.severity ?? 'fail',
    message: `${complaint.message}${pointer === '' ? '' : ` (${pointer})`}`,
    where: { file: source.file, line: Math.max(1, line), column: Math.max(1, col), pointer },
    excerpt: excerptOf(source.lines, Math.max(1, line)),
    ...(complaint.found === undefined ? {} : { found: complaint.found }),
    fix: complaint.fix,
  };
}

function readersAgree(source: Source): boolean {
  const other: unknown = source.document.toJS({ maxAliasCount: 0 });
  return sameValue(source.value, restoreDigests(source.document.contents, other));
}
