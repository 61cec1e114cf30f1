import type { PresetName, RiskClass } from './policy.ts';

/** What a model must have declared before one of its versions goes to production. */
export const productionNeeds = [
  'readiness',
  'risks',
  'owners',
  'sla',
  'sign-offs',
  'monitoring',
  'fallback',
] as const;
export type ProductionNeed = (typeof productionNeeds)[number];

/** A policy may ask for more than its preset, never for less. */
export const presetNeeds: Readonly<Record<PresetName, readonly ProductionNeed[]>> = {
  'small-team': [],
  team: ['owners', 'fallback'],
  regulated: productionNeeds,
};

/** Who speaks for what. */
export const functions = ['engineering', 'operations', 'data', 'security', 'legal', 'business'] as const;
export type SignOffFunction = (typeof functions)[number];

/** Functions that must sign production, by risk class of the model. */
export const requiredSignOffs: Readonly<Record<RiskClass, readonly SignOffFunction[]>> = {
  minimal: [],
  limited: ['engineering', 'operations'],
  high: functions,
};

/** Areas of a readiness review. */
export const areas = ['model', 'data', 'infrastructure', 'security', 'monitoring', 'team'] as const;
export type Area = (typeof areas)[number];
export type ReadinessItems = Readonly<Record<Area, readonly string[]>>;

const minimal: ReadinessItems = {
  model: ['versioning'],
  data: ['validation'],
  infrastructure: ['rollback'],
  security: ['access'],
  monitoring: ['alerting'],
  team: ['runbook'],
};
const limited: ReadinessItems = {
  model: [...minimal.model, 'evaluation'],
  data: [...minimal.data, 'lineage'],
  infrastructure: [...minimal.infrastructure, 'automated-training', 'canary'],
  security: [...minimal.security, 'secrets'],
  monitoring: [...minimal.monitoring, 'inference-logging'],
  team: [...minimal.team, 'on-call'],
};
const high: ReadinessItems = {
  model: [...limited.model, 'fairness', 'explanations'],
  data: [...limited.data, 'legal-basis'],
  infrastructure: [...limited.infrastructure, 'load-test'],
  security: [...limited.security, 'threat-model'],
  monitoring: [...limited.monitoring, 'drift'],
  team: [...limited.team, 'human-override'],
};

/** Items that must be done, by risk class of the model. A file may name more; they are shown. */
export const requiredItems: Readonly<Record<RiskClass, ReadinessItems>> = { minimal, limited, high };
