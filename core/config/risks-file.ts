import { parseFile } from './parse.ts';
import type { RiskRegister } from './risks.ts';
import { risksSchema } from './risks-schema.ts';

/**
 * Reads `models/<model>/risks.yml`.
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseRisks(text: string, source: string): RiskRegister {
  const { value } = parseFile(text, source, risksSchema);
  return {
    risks: value.risks.map(({ 'review-by': reviewBy, ...risk }) => ({ ...risk, reviewBy })),
  };
}
