import type { SuccessCriteria } from './criteria.ts';
import type { WrittenCriteria } from './criteria-schema.ts';
import { toRole } from './role.ts';

export const toCriteria = (written: WrittenCriteria): SuccessCriteria => ({
  metric: written.metric,
  baseline: written.baseline,
  improvement: written.improvement,
  method: written.method,
  windowDays: written['window-days'],
  businessOwner: toRole(written['business-owner']),
  technicalOwner: toRole(written['technical-owner']),
});
