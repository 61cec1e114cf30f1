/** What a lineage knows. A dataset is a name with the contract of today; its versions are what was trained on. */
export type EntityKind =
  | 'source'
  | 'dataset'
  | 'dataset-version'
  | 'transformation'
  | 'run'
  | 'version'
  | 'endpoint';

/** What binds whoever uses an entity, and everything made from it. */
export type ConstraintKind =
  | 'approver'
  | 'legal basis'
  | 'privacy'
  | 'retention'
  | 'access'
  /** Nobody knows what binds it: its contract is gone or cannot be read. */
  | 'unknown';

export interface Constraint {
  readonly kind: ConstraintKind;
  /** Display text; of `retention` the ISO date, of `access` the names separated by `, `. */
  readonly value: string;
}

/** A constraint and the entity that it comes from. */
export interface Carried extends Constraint {
  /** Id of the entity. */
  readonly from: string;
}

export interface Entity {
  /** As people name it: `flight-delay@v7`, `dataset:flights`, `endpoint:eu/flight-delay`. */
  readonly id: string;
  readonly kind: EntityKind;
  /** Short display text: what it is at a glance. */
  readonly label: string;
  /** Name and value, for people. */
  readonly facts: readonly (readonly [string, string])[];
  /** What it brings in itself; what it inherits is derived. */
  readonly constraints: readonly Constraint[];
}

/** `to` was made from `from`, or is served by it. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** How, when there is more to say than "from it came". */
  readonly label: string;
  /** It is over: a version that served and serves no more. Nothing is inherited along it. */
  readonly past: boolean;
}

/** Entities by id, edges in the order in which they were found. May hold circles: contracts are people's text. */
export interface Lineage {
  readonly entities: ReadonlyMap<string, Entity>;
  readonly edges: readonly Edge[];
}

export const sourceId = (text: string): string => `source:"${text}"`;
export const datasetId = (name: string): string => `dataset:${name}`;
/** @param digest `sha256:` and 64 hex characters */
export const datasetVersionId = (name: string, digest: string): string => `dataset:${name}@${digest}`;
export const transformationId = (name: string): string => `transformation:${name}`;
export const runId = (run: number): string => `run:${run}`;
export const versionId = (model: string, version: number): string => `${model}@v${version}`;
export const endpointId = (endpoint: string, model: string): string => `endpoint:${endpoint}/${model}`;
