/** How a scalar is written: plain, or in single or double quotes. DVC writes no block scalars. */
export type ScalarStyle = 'plain' | 'single' | 'double';

/** What of a text decides its style: the analysis of ruamel.yaml's emitter, which DVC writes with. */
export interface ScalarShape {
  readonly empty: boolean;
  /** Holds a line break, of which YAML 1.1 knows four. */
  readonly multiline: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
}

const lineBreaks = '\n\u0085\u2028\u2029';
const indicatorAtStart = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[\0 \t\r\n\u0085\u2028\u2029]|$)|---|\.\.\.)/;
const indicatorInside = /.:(?:[\0 \t\r\n\u0085\u2028\u2029]|$)|[\0 \t\r\n\u0085\u2028\u2029]#/su;
/** Everything that is not written as it is: controls, DEL, C1 except NEL, surrogates, BOM, the two noncharacters. */
const special = /[^\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const edgeSpace = /^[ \n\u0085\u2028\u2029]|[ \n\u0085\u2028\u2029]$/;
const spaceAtBreak = /[\n\u0085\u2028\u2029] | [\n\u0085\u2028\u2029]/;

export function isLineBreak(character: string): boolean {
  return character !== '' && lineBreaks.includes(character);
}

/** @see https://sourceforge.net/p/ruamel-yaml emitter.py analyze_scalar */
export function analyzeScalar(text: string): ScalarShape {
  if (text === '') return { empty: true, multiline: false, allowsPlain: true, allowsSingle: true };
  const multiline = /[\n\u0085\u2028\u2029]/.test(text);
  const indicators = indicatorAtStart.test(text) || indicatorInside.test(text);
  const quotedOnly = special.test(text) || spaceAtBreak.test(text);
  return {
    empty: false,
    multiline,
    allowsPlain: !indicators && !quotedOnly && !multiline && !edgeSpace.test(text),
    allowsSingle: !quotedOnly,
  };
}

/** @param implicit whether the text, written plain, would be read back as what it is */
export function chooseStyle(
  text: string,
  shape: ScalarShape,
  isKey: boolean,
  implicit: boolean,
): ScalarStyle {
  if (implicit && shape.allowsPlain && !(isKey && (shape.empty || shape.multiline))) return 'plain';
  if (text.includes("'") || text.includes('\n')) return 'double';
  return shape.allowsSingle && !(isKey && shape.multiline) ? 'single' : 'double';
}
