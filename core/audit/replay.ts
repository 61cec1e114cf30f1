import { decide } from '../policy/decide.ts';
import type { DecisionInput } from '../policy/decision.ts';
import type { VerifyOptions } from './verification.ts';

/**
 * Decides again from the inputs of an entry, with the evaluator of now.
 * The shape is not checked here: the digest in the entry binds it, and `checkDecision` takes every failure for a refusal.
 */
export const replayDecision: VerifyOptions['replay'] = (input) => decide(input as DecisionInput);
