import type { Finding } from '../finding/finding.ts';
import { checkCaller } from './caller-check.ts';
import { checkDeclared } from './declared-check.ts';
import { at } from './finding-at.ts';
import { resolveModel } from './floor.ts';
import { matchesGlob } from './glob.ts';
import { contractPath, modelPath, policyPath, stagesPath } from './layout.ts';
import type { ModelConfig } from './model.ts';
import type { ApprovalLine, Policy } from './policy.ts';
import { ownerRole } from './policy-check.ts';
import { type Entry, type RepositoryConfig, readRepositoryConfig } from './repository.ts';
import { suggest } from './suggestion.ts';
import { checkSuites } from './suite-check.ts';
import { checkValues } from './value-check.ts';

/**
 * Checks all configuration of a repository, each file by itself and against the others.
 * @param files path -> text of every configuration file and workflow; other files may be there too
 * @returns every problem with its place and fix, sorted by place; `warn` is advice
 */
export function checkRepositoryConfig(files: ReadonlyMap<string, string>): readonly Finding[] {
  const config = readRepositoryConfig(files);
  const findings = [
    ...config.findings,
    ...(files.has(policyPath) ? [] : [missingPolicy]),
    ...checkNames(files),
    ...[...config.models.values()].flatMap((model) => checkModel(model, config)),
    ...checkStages(config),
    ...checkSuites(config),
    ...checkDeclared(files, config),
    ...checkAccess(config),
    ...checkSources(config),
    ...checkClaims(files, config),
    ...checkValues(config),
    ...(config.policy === null
      ? []
      : [...checkPeople(config.policy), ...checkCaller(files, config.policy.value)]),
  ];
  return findings.sort(byPlace);
}

const byPlace = (a: Finding, b: Finding): number =>
  (a.where?.file ?? '').localeCompare(b.where?.file ?? '', 'en') ||
  (a.where?.line ?? 0) - (b.where?.line ?? 0) ||
  (a.where?.column ?? 0) - (b.where?.column ?? 0);

const missingPolicy: Finding = {
  code: 'config/no-policy',
  severity: 'fail',
  message: `there is no ${policyPath}: nothing is governed`,
  where: { file: policyPath },
  fix: `Run "gatehouse init", which proposes one, or write ${policyPath}; a working one has under 15 lines.`,
};

/** Names that one file system keeps apart and another one joins, and files that nobody reads because of one letter. */
function checkNames(files: ReadonlyMap<string, string>): readonly Finding[] {
  const seen = new Map<string, string>();
  return [...files.keys()].sort().flatMap((path): Finding[] => {
    const other = seen.get(path.toLowerCase());
    seen.set(path.toLowerCase(), path);
    const clash: Finding = {
      code: 'config/case-clash',
      severity: 'fail',
      message: `${path} and ${other} are one file on systems that ignore case`,
      where: { file: path },
      fix: 'Rename one of the two.',
    };
    const form =
      /^(?:\.github\/gatehouse|datasets\/[^/]+|(?:waivers|break-glass)\/[^/]+|models\/.+\/(?:model|behaviour|readiness|risks|withdrawn|stages))\.yaml$/;
    const ending: Finding = {
      code: 'config/ending',
      severity: 'fail',
      message: `${path} is not read: configuration ends in .yml`,
      where: { file: path },
      found: '.yaml',
      allowed: '.yml',
      fix: `Rename it: git mv ${path} ${path.replace(/\.yaml$/, '.yml')}`,
    };
    return [
      ...(other === undefined ? [] : [clash]),
      ...(form.test(path) ? [ending] : []),
      ...(/^models\/.+\/behavior\.ya?ml$/.test(path) ? [spelling(path)] : []),
    ];
  });
}

const spelling = (path: string): Finding => ({
  code: 'config/spelling',
  severity: 'fail',
  message: `${path} is not read: a behaviour suite is behaviour.yml, with "u"`,
  where: { file: path },
  found: 'behavior',
  allowed: 'behaviour.yml',
  fix: `Rename it: git mv ${path} ${path.replace(/behavior\.ya?ml$/, 'behaviour.yml')}`,
});

function checkModel(entry: Entry<ModelConfig>, config: RepositoryConfig): readonly Finding[] {
  const { value: model } = entry;
  const known = [...config.named.contracts];
  const datasets = model.datasets.flatMap((dataset, index): Finding[] => {
    const pointer = `/datasets/${index}`;
    if (!config.named.contracts.has(dataset)) return [unknownDataset(entry, pointer, dataset, known)];
    const contract = config.contracts.get(dataset);
    const access = contract?.value.access;
    if (access === undefined || access.includes('*') || access.includes(model.model)) return [];
    return [
      at(entry, pointer, {
        code: 'config/no-access',
        message: `the contract of dataset "${dataset}" does not let model "${model.model}" train on it`,
        found: model.model,
        allowed: access.join(', ') || 'no model',
        fix: `Have the dataset's owner add "${model.model}" to access in ${contractPath(dataset)}.`,
      }),
    ];
  });
  const floor = config.policy === null ? [] : resolveModel(model, config.policy.value).findings;
  return [
    ...datasets,
    ...floor.map((finding) => at(entry, finding.where?.pointer ?? '', withoutPlace(finding))),
  ];
}

/** Datasets that another one was made from must have contracts, too: their constraints are inherited. */
function checkSources({ contracts, named }: RepositoryConfig): readonly Finding[] {
  return [...contracts.values()].flatMap((entry) => {
    const others = [...named.contracts].filter((name) => name !== entry.value.dataset);
    return entry.value.derivedFrom.flatMap((dataset, index) =>
      named.contracts.has(dataset) ? [] : [unknownDataset(entry, `/derived-from/${index}`, dataset, others)],
    );
  });
}

function withoutPlace({ where: _where, severity: _severity, ...finding }: Finding) {
  return finding;
}

function unknownDataset(
  entry: Entry<unknown>,
  pointer: string,
  dataset: string,
  known: readonly string[],
): Finding {
  const meant = suggest(dataset, known);
  return at(entry, pointer, {
    code: 'config/unknown-dataset',
    message: `there is no dataset "${dataset}"${meant === null ? '' : `. Did you mean "${meant}"?`}`,
    found: dataset,
    allowed: known.join(', ') || 'none yet',
    fix: meant === null ? `Add ${contractPath(dataset)}.` : `Write ${meant}.`,
  });
}

function checkStages(config: RepositoryConfig): readonly Finding[] {
  return [...config.stages].flatMap(([name, entry]): readonly Finding[] => {
    const model = config.models.get(name)?.value;
    if (model === undefined) return config.named.models.has(name) ? [] : [orphanStages(entry, name)];
    return Object.keys(entry.value.production)
      .filter((endpoint) => !model.endpoints.includes(endpoint))
      .map((endpoint) => unknownEndpoint(entry, endpoint, model));
  });
}

const orphanStages = (entry: Entry<unknown>, name: string): Finding =>
  at(entry, '', {
    code: 'config/unknown-model',
    message: `there is no ${modelPath(name)} beside this file`,
    fix: `Add ${modelPath(name)} or remove this file.`,
  });

function unknownEndpoint(entry: Entry<unknown>, endpoint: string, model: ModelConfig): Finding {
  const meant = suggest(endpoint, model.endpoints);
  return at(entry, `/production/${endpoint}`, {
    code: 'config/unknown-endpoint',
    message: `model "${model.model}" has no endpoint "${endpoint}"${meant === null ? '' : `. Did you mean "${meant}"?`}`,
    found: endpoint,
    allowed: model.endpoints.join(', ') || 'none: endpoints in model.yml is empty',
    fix: meant === null ? `Add "${endpoint}" to endpoints in ${modelPath(model.model)}.` : `Write ${meant}.`,
  });
}

/** Access for a model that does not exist is a misspelling, or waits for a model to come: advice. */
function checkAccess(config: RepositoryConfig): readonly Finding[] {
  return [...config.contracts.values()].flatMap((entry) =>
    entry.value.access.flatMap((name, index): Finding[] => {
      if (name === '*' || config.named.models.has(name)) return [];
      const meant = suggest(name, [...config.named.models]);
      return [
        at(entry, `/access/${index}`, {
          code: 'config/unknown-model',
          severity: 'warn',
          message: `there is no model "${name}"${meant === null ? '' : `. Did you mean "${meant}"?`}`,
          found: name,
          allowed: [...config.named.models].join(', ') || 'none yet',
          fix: meant === null ? `Remove "${name}", or add ${modelPath(name)}.` : `Write ${meant}.`,
        }),
      ];
    }),
  );
}

/** A path of two models can never change: one pull request proposes one model. */
function checkClaims(files: ReadonlyMap<string, string>, config: RepositoryConfig): readonly Finding[] {
  const entries = [...config.models.values()];
  return entries.flatMap((entry, index) =>
    entries.slice(0, index).flatMap((other): Finding[] => {
      const [pointer, path] = sharedPath(entry.value, other.value, files) ?? [];
      if (pointer === undefined || path === undefined) return [];
      const [mine, theirs] = [entry.value.model, other.value.model];
      return [
        at(entry, pointer, {
          code: 'config/shared-path',
          message: `${path} belongs to the models "${mine}" and "${theirs}"`,
          found: path,
          allowed: 'each path in one model',
          fix: `Remove it from the paths of one of the two: a change of it would propose both, and a pull request proposes one.`,
        }),
      ];
    }),
  );
}

/** Globs cannot be compared in general: they are tried on each other's words and on the files that are there. */
function sharedPath(
  a: ModelConfig,
  b: ModelConfig,
  files: ReadonlyMap<string, string>,
): readonly [string, string] | null {
  const owned = (path: string, model: ModelConfig) =>
    path !== modelPath(model.model) && path !== stagesPath(model.model);
  for (const [index, pattern] of a.paths.entries()) {
    const globs = [pattern];
    const words = [...b.paths.filter((path) => path === pattern || !/[*?[\]{}]/.test(path)), ...files.keys()];
    const shared = words.find(
      (path) => names(globs, path) && names(b.paths, path) && owned(path, a) && owned(path, b),
    );
    if (shared !== undefined) return [`/paths/${index}`, shared];
  }
  return null;
}

/** By its own words, which may be the same glob, or as a file that it matches. */
const names = (globs: readonly string[], path: string): boolean =>
  globs.includes(path) || matchesGlob(globs, path);

/** A quorum that its role cannot fill: everything would wait for ever. The author never counts, so one more is advised. */
function checkPeople(entry: Entry<Policy>): readonly Finding[] {
  const { roles, proposal, stages, rollback, configuration, breakGlass, addWhen } = entry.value;
  const lines: readonly ApprovalLine[] = [
    proposal,
    ...Object.values(stages),
    rollback,
    configuration,
    ...(breakGlass === undefined ? [] : [breakGlass]),
    ...addWhen,
  ].flatMap(({ approvals }) => approvals);
  return Object.entries(roles).flatMap(([name, { users, teams }]): Finding[] => {
    const most = Math.max(
      0,
      ...lines.filter(({ role }) => role === name && role !== ownerRole).map(({ count }) => count),
    );
    const people = new Set(users.map((user) => user.toLowerCase())).size;
    if (teams.length > 0 || people > most || most === 0) return [];
    const severity = people < most ? {} : ({ severity: 'warn' } as const);
    return [
      at(entry, `/roles/${name}/users`, {
        code: 'config/too-few-people',
        ...severity,
        message: `role "${name}" has ${people} ${people === 1 ? 'person' : 'people'}, and ${most} of them ${most === 1 ? 'is' : 'are'} needed at once`,
        found: String(people),
        allowed: `${most + 1} or more: nobody approves what he or she wrote`,
        fix: `Add a user or a team to roles.${name}.`,
      }),
    ];
  });
}
