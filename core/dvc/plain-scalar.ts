import type { DvcPlain, PlainType } from './node.ts';

/** What DVC's reader makes of a plain scalar, first match wins; everything else is text. */
const forms: readonly (readonly [PlainType, RegExp])[] = [
  ['null', /^(?:~|null|Null|NULL|)$/],
  ['bool', /^(?:true|True|TRUE|false|False|FALSE)$/],
  [
    'float',
    /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  ],
  ['int', /^(?:[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+)$/],
  [
    'time',
    /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
  ],
];
/** The reader tries a form only after one of its first characters, so a lone `_` stays text. */
const firsts: Readonly<Record<PlainType, RegExp>> = {
  null: /^[~nN]?/,
  bool: /^[tTfF]/,
  float: /^[-+0-9.]/,
  int: /^[-+0-9]/,
  time: /^[0-9]/,
};

/**
 * Resolves a plain scalar as DVC 3 does (ruamel.yaml, YAML 1.2): `1_000`, `0b11` and `017` are integers, `yes` and
 * `.5e3` are text.
 * @returns null for text
 */
export function resolvePlain(text: string): PlainType | null {
  const found = forms.find(([type, form]) => firsts[type].test(text) && form.test(text));
  return found?.[0] ?? null;
}

/** Whether a text could not stand without quotes: it would be read as something else. */
export function needsQuotes(text: string): boolean {
  return resolvePlain(text) !== null || text === '<<' || text === '=';
}

/** The number that an int or float stands for; integers beyond 2^53 as the nearest double, NaN for what is none. */
export function toNumber(scalar: DvcPlain): number {
  if (scalar.type !== 'int') return toDouble(scalar.text);
  const value = toBigInt(scalar.text);
  return value === null ? Number.NaN : Number(value);
}

/** The scalar as DVC writes it after reading: `1_000` becomes `1000`, `1e-3` becomes `0.001`. */
export function normalizePlain(scalar: DvcPlain): DvcPlain {
  return { kind: 'plain', type: scalar.type, text: normalize(scalar) };
}

function normalize({ type, text }: DvcPlain): string {
  switch (type) {
    case 'null':
      return '';
    case 'bool':
      return text.toLowerCase();
    case 'int':
      return String(toBigInt(text) ?? text);
    case 'float':
      return formatDouble(toDouble(text));
    case 'time':
      return text;
  }
}

/** null where DVC's form allows what is no number: `0x_`. DVC breaks off there. */
function toBigInt(text: string): bigint | null {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  if (!/^(?:0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|[0-9]+)$/.test(digits)) return null;
  // "017" is 17 in YAML 1.2, and BigInt reads it so.
  const value = BigInt(digits);
  return text.startsWith('-') ? -value : value;
}

function toDouble(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain.endsWith('.nan')) return Number.NaN;
  if (plain.endsWith('.inf'))
    return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(plain);
}

/**
 * Writes a double as Python's `repr` does: the same shortest digits as JavaScript, an exponent from 1e+16 and below
 * 1e-04, always a point or an exponent.
 */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '0', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  return toFixedForm(mantissa, exponent);
}

function toFixedForm(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const rest = digits.slice(exponent + 1);
  return `${sign}${whole}.${rest === '' ? '0' : rest}`;
}
