import { InputError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { Evidence } from './evidence.ts';
import { evidenceSchema } from './evidence-schema.ts';

/** Evidence of a large dataset is some hundred kilobytes. */
const maximumLength = 8_000_000;

/**
 * Reads evidence as a run left it. The text must be its own canonical JSON, byte for byte, so that one digest stands for
 * one evidence.
 * @param text from an artifact: whoever runs a workflow can have written it
 * @throws InputError JSON_INVALID when it is not strict JSON; EVIDENCE_INVALID when it is not canonical, has an unknown
 * or missing key, or a value outside its range
 */
export function parseEvidence(text: string): Evidence {
  if (text.length > maximumLength) throw invalid(`is longer than ${maximumLength} characters`);
  const value = parseStrictJson(text, 'evidence.json');
  if (canonicalJson(value) !== text) throw invalid('is not canonical JSON');
  const parsed = evidenceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`at /${issue?.path.map(String).join('/')}: ${issue?.message}`);
}

function invalid(what: string): InputError {
  return new InputError('EVIDENCE_INVALID', `The evidence ${what}`, {
    hint: 'Run the workflow again with the trusted workflows at a commit that the policy lists.',
    where: { file: 'evidence.json' },
  });
}
