import type { Contract } from '../config/contract.ts';
import { contractPath, policyPath } from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Policy } from '../config/policy.ts';
import { readRepositoryConfig } from '../config/repository.ts';
import { findDatasets } from './find-datasets.ts';
import { findModels } from './find-models.ts';
import { findOwners, findRemote, findRunners } from './find-people.ts';
import type { Found } from './found.ts';
import { toSlug } from './slug.ts';
import type { Survey } from './survey.ts';

/** What is set up already, as far as its files can be read. */
export interface Existing {
  readonly policy: Policy | null;
  readonly models: readonly ModelConfig[];
  readonly contracts: readonly Contract[];
  /** Paths of Gatehouse's files, readable or not. */
  readonly paths: ReadonlySet<string>;
}

const ownFile =
  /^(?:\.github\/gatehouse\.ya?ml|\.github\/workflows\/gatehouse\.ya?ml|datasets\/[^/]+\.ya?ml|models\/.+\/(?:model|behaviour|stages)\.ya?ml)$/;

/** Reads what of Gatehouse is there; a file with a mistake stays as it is, and is there. */
export function findExisting({ texts, paths }: Survey): Existing {
  const config = readRepositoryConfig(new Map(texts));
  return {
    policy: config.policy?.value ?? null,
    models: [...config.models.values()].map(({ value }) => value),
    contracts: [...config.contracts.values()].map(({ value }) => value),
    paths: new Set(paths.filter((path) => ownFile.test(path))),
  };
}

/** Finds what a repository has that Gatehouse can govern. Pure: the same files give the same finds, in the same order. */
export function findSetup(survey: Survey, existing: Existing = findExisting(survey)): Found {
  const fallback = toSlug(survey.repository?.split('/')[1] ?? '') ?? toSlug(survey.folder) ?? 'first';
  const known = existing.contracts.flatMap(({ files }) => files);
  const datasets = findDatasets(survey, known).filter(({ name }) => !existing.paths.has(contractPath(name)));
  return {
    repository: survey.repository,
    fallbackName: fallback,
    models: findModels(survey, existing.models, fallback).filter(
      ({ name }) => !existing.paths.has(`models/${name}/model.yml`),
    ),
    datasets,
    runners: findRunners(survey),
    owners: findOwners(survey),
    remote: findRemote(survey),
    kept: [...existing.paths].sort((a, b) =>
      a === policyPath ? -1 : b === policyPath ? 1 : a.localeCompare(b, 'en'),
    ),
  };
}
