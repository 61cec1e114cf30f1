import { breakGlassReviewPath, modelPath, readinessPath, risksPath } from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import { type Area, areas, requiredItems } from '../config/production-need.ts';
import type { Sample } from '../finding/finding.ts';

/** Stands for a login until somebody writes one. */
const login = 'LOGIN';

/**
 * What a readiness review looks like, every item that the risk class asks for, none of them done: copied as it stands it
 * lets nothing through.
 */
export const sampleReadiness = (model: ModelConfig): Sample => ({
  file: readinessPath(model.model),
  lines: [
    'version: 1',
    `# to what is done add the day and, if there is one, the place: { done: '2026-12-31', by: ${login}, link: 'https://...' }`,
    ...areas.flatMap((area) => [
      `${area}:`,
      ...requiredItems[model.risk][area].map((item) => `  ${item}: { by: ${login} }`),
    ]),
  ],
});

/** What is still to be written of one area. */
export const sampleArea = (model: ModelConfig, area: Area, open: readonly string[]): Sample => ({
  file: readinessPath(model.model),
  lines: [`${area}:`, ...open.map((item) => `  ${item}: { done: 'YYYY-MM-DD', by: ${login} }`)],
});

/** A register with one risk, open and high: copied as it stands it lets nothing through. */
export const sampleRisks = (model: string): Sample => ({
  file: risksPath(model),
  lines: [
    'version: 1',
    'risks:',
    '  - name: wrong-alarms',
    '    kind: quality # or bias, security, privacy, legal, operations',
    '    severity: high # or medium, low',
    '    status: open # controlled, once what is done against it works',
    '    control: A person reads each alarm before a customer is called',
    `    owner: ${login}`,
    '    review-by: YYYY-MM-DD # the last day on which this holds',
  ],
});

/** A part of model.yml; what only people can say is left open. */
export const sampleOfModel = (model: string, lines: readonly string[]): Sample => ({
  file: modelPath(model),
  lines,
});

export const serviceLevelLines = [
  'service-level:',
  '  availability-percent: 99.9',
  '  respond-minutes: 60',
  '  restore-minutes: 240',
];

export const monitoringLines = [
  'monitoring:',
  '  - signal: p95 latency',
  '    limit: above 200 ms',
  `    owner: ${login}`,
  '    procedure: docs/runbook.md # what to do then',
];

export const ownerLines = (key: string): readonly string[] => [`${key}:`, `  users: [${login}]`];

export const criteriaLines = [
  'criteria:',
  '  metric: # what the business measures: missed connections a month',
  '  baseline: # what it is today: 4,100 in the first quarter',
  '  improvement: # what it must become: 3,700 or fewer',
  '  method: # how that is found out: before and after, by week',
  '  window-days: 90',
  `  business-owner: { users: [${login}] }`,
  `  technical-owner: { users: [${login}] }`,
];

/** The review of one use of break-glass. */
export const sampleBreakGlassReview = (model: string, pullRequest: number): Sample => ({
  file: breakGlassReviewPath('NAME'),
  lines: [
    'version: 1',
    `model: ${model}`,
    `pull-request: ${pullRequest}`,
    'found: # what happened, and what is done so that it does not happen again',
    `by: ${login}`,
  ],
});
