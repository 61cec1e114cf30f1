import { GatehouseError } from '../../core/error/error.ts';
import { verifyReceipt } from '../../core/evidence/receipt.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { parseStrictJson } from '../../core/json/strict.ts';
import { answerAudit } from './audit.ts';
import { answerDecision, checkEvidence } from './decision.ts';
import { type CaseFiles, readForm } from './folder.ts';
import { caseForm, receiptForm } from './form.ts';
import { toWorld } from './input.ts';
import { answerPlan } from './plan.ts';
import { answerRecord } from './record.ts';
import { answerMergeGroup, answerSharedCheck } from './several.ts';

type Answer = Readonly<Record<string, unknown>>;

/** How one case came out; `differences` is empty when it passed. */
export interface CaseOutcome {
  readonly name: string;
  readonly about: string;
  readonly rule: string;
  readonly asks: string;
  /** True when what is asked for must not happen. */
  readonly mustRefuse: boolean;
  readonly differences: readonly string[];
}

/**
 * Runs one case through core and compares every key of the answer with what is expected.
 * @returns a case that cannot be read has a difference that says why: it never passes
 */
export function checkCase(files: CaseFiles): CaseOutcome {
  const unread = { name: files.name, about: '', rule: '', asks: '', mustRefuse: false };
  try {
    const { about, rule, asks } = readForm(files.texts, 'case.json', caseForm);
    const expected = parseExpected(files);
    const differences = compare(expected, answerOf(asks, files));
    return { name: files.name, about, rule, asks, mustRefuse: isRefusal(expected), differences };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return { ...unread, differences: [`cannot be run: ${error.message}`] };
  }
}

function answerOf(asks: string, files: CaseFiles): Answer {
  const { texts, before } = files;
  try {
    if (asks === 'plan') return answerPlan(texts, before);
    if (asks === 'record') return answerRecord(texts);
    if (asks === 'audit') return answerAudit(texts);
    if (asks === 'receipt') return answerReceipt(texts);
    if (asks === 'shared check') return answerSharedCheck(texts);
    if (asks === 'merge group') return answerMergeGroup(texts);
    const world = toWorld(texts, before);
    return answerDecision(asks === 'decision' ? world.input : checkEvidence(world));
  } catch (error) {
    // Configuration that cannot be read is an answer of its own; a case that cannot be read is none.
    if (error instanceof GatehouseError && error.code === 'CONFIG_INVALID') return { error: error.code };
    throw error;
  }
}

function answerReceipt(texts: ReadonlyMap<string, string>): Answer {
  const { evidence, token, keys, expected } = readForm(texts, 'receipt.json', receiptForm);
  const answer = verifyReceipt({ text: evidence, token }, keys, expected);
  return 'claims' in answer ? { believed: true, codes: [] } : { believed: false, codes: [answer.code] };
}

function parseExpected({ texts }: CaseFiles): Answer {
  const value = parseStrictJson(texts.get('expected.json') ?? '', 'expected.json');
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) return { ...value };
  return { 'expected.json': 'says nothing' };
}

/** One sentence for each key that differs; a key that only one side has differs. */
function compare(expected: Answer, found: Answer): readonly string[] {
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return keys
    .filter((key) => show(expected, key) !== show(found, key))
    .map((key) => `${key}: expected ${show(expected, key)}, found ${show(found, key)}`);
}

const show = (answer: Answer, key: string): string =>
  Object.hasOwn(answer, key) ? canonicalJson(answer[key]) : 'nothing';

const refusals: readonly unknown[] = ['refused', 'waiting', 'not evaluated'];

const isRefusal = (expected: Answer): boolean =>
  'error' in expected ||
  'refused' in expected ||
  expected.believed === false ||
  expected.group === 'failure' ||
  refusals.includes(expected.decision) ||
  expected.change === 'refused';
