import type { ChangedPath } from '../change/change.ts';
import type { BreakGlassRule } from '../config/break-glass.ts';
import { breakGlassPath } from '../config/layout.ts';
import type { Policy } from '../config/policy.ts';
import { digest, policy } from '../evidence/evidence.fixture.ts';
import type { BreakGlassUse } from '../registry/break-glass.ts';
import type { BreakGlassAsk } from './break-glass.ts';
import {
  ada,
  promotionInput,
  type Request,
  requestOf,
  reviewOf,
  rosa,
  stageMove,
} from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';

/** An emergency that may happen: v2 to eu past everything that is declared, asked for by ben, approved by two governors. */
export const breakGlass: BreakGlassRule = {
  approvals: [{ role: 'governor', count: 2 }],
  hours: 4,
  maxPer30Days: 2,
  reviewWithinHours: 24,
};
export const emergencyPolicy: Policy = { ...policy, breakGlass };

export const ask: BreakGlassAsk = {
  name: 'outage',
  model: 'flight-delay',
  production: { eu: 2 },
  until: '2026-11-21T13:00:00Z',
  by: 'ben',
  reason: digest('eu answers nothing'),
};

const file: ChangedPath = {
  ...{ path: breakGlassPath('outage'), before: null },
  ...{ after: 'f'.repeat(40), mode: '100644' },
};

export const emergencyRequest = (fields: Partial<Request> = {}): Request =>
  requestOf({ moves: [stageMove()], configuration: [file.path], contentPaths: [file], ...fields });

/** Nothing was judged, nobody but the governors said anything, and the version came to staging an hour ago. */
export function emergency(fields: Partial<DecisionInput> = {}): DecisionInput {
  return promotionInput({
    change: emergencyRequest(),
    policy: emergencyPolicy,
    judgement: null,
    runs: [],
    now: '2026-11-21T11:00:00Z',
    stored: [{ version: 2, present: true }],
    breakGlass: { asked: ask, uses: [] },
    canApprove: { reviewer: ['rita'], owner: ['omar'], governor: ['ada', 'rosa'] },
    ...fields,
  });
}

export const byGovernors = (input: DecisionInput): DecisionInput => ({
  ...input,
  reviews: [...input.reviews, ...[ada, rosa].map((governor) => reviewOf(governor, ['governor'], input))],
});

/** v1 came to eu by break-glass the day before, in #7. */
export const use: BreakGlassUse = {
  model: 'flight-delay',
  version: 1,
  endpoint: 'eu',
  pullRequest: 7,
  at: '2026-11-20T10:00:00Z',
  reviewBy: '2026-11-21T10:00:00Z',
  reviewed: false,
};
