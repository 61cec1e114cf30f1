import type { Change } from '../../core/change/change.ts';
import { readDeclared } from '../../core/change/declared.ts';
import { readinessPath, risksPath, waiverPath } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import type { Policy } from '../../core/config/policy.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import type { DecisionInput, Review } from '../../core/policy/decision.ts';
import { subjectOf } from '../../core/policy/subject.ts';
import { readEmergencyOf } from './emergency.ts';
import { commitOf, named, toJudgement, toValidation } from './evidence.ts';
import { readForm, readText } from './folder.ts';
import {
  evidenceForm,
  type LedgerForm,
  ledgerForm,
  type OwnersForm,
  ownersForm,
  type RequestForm,
  type ReviewsForm,
  requestForm,
  reviewsForm,
} from './form.ts';

/** Every case is about this one. */
const onlyModel = 'flight-delay';

type Texts = ReadonlyMap<string, string>;

/** A case's files as values, before anything is decided. */
export interface World {
  readonly request: RequestForm;
  readonly policy: Policy;
  readonly model: ModelConfig | null;
  readonly input: DecisionInput;
}

/**
 * Expands the files of a case into what `decide` looks at.
 * @param before files that were different when an approval with `saw: before` was given; null: none were
 */
export function toWorld(texts: Texts, before: Texts | null): World {
  const now = toWorldUnseen(texts);
  const then = before === null ? null : toWorldUnseen(new Map([...texts, ...before]));
  const reviews = readForm(texts, 'reviews.json', reviewsForm);
  const subjects = new Map([
    ['now', subjectOf(now.input) ?? 'there is none now'],
    ['before', then === null ? 'there was none' : (subjectOf(then.input) ?? 'there was none')],
  ]);
  return {
    ...now,
    input: { ...now.input, reviews: reviews.reviews.map((each) => toReview(each, subjects)) },
  };
}

function toWorldUnseen(texts: Texts): World {
  const policy = parsePolicy(readText(texts, 'policy.yml'), 'policy.yml');
  const request = readForm(texts, 'request.json', requestForm);
  const evidence = readForm(texts, 'evidence.json', evidenceForm);
  const people = readForm(texts, 'reviews.json', reviewsForm);
  const model = readModel(texts, request);
  const { fork, openedByBot, base } = request.pullRequest;
  const input: DecisionInput = {
    repositoryId: request.repository.id,
    baseRef: base,
    ...(request.now === undefined ? {} : { now: request.now }),
    change: toChange(request),
    policy,
    model,
    rulesDigest: named(request.rules),
    validation: toValidation(evidence.validation),
    judgement: toJudgement(evidence.judgement, policy, model),
    refusals: evidence.notBelieved,
    runs: evidence.runs.map((run) => ({ ...run, url: `https://github.example/runs/${run.id}` })),
    fork,
    reviews: [],
    exclusions: people.excluded.map(({ because, ...person }) => ({ person, because })),
    pushersKnown: people.pushersKnown,
    openedByBot,
    ...(request.modelFields === null ? {} : { modelFields: request.modelFields }),
    ...(request.heldOutLook === null ? {} : { heldOutLook: request.heldOutLook }),
    ...(request.prediction === null ? {} : { prediction: request.prediction }),
    declared: readDeclaredOf(texts),
    ...readEmergencyOf(texts),
    ...(texts.has('owners.json') ? { owners: toOwners(readForm(texts, 'owners.json', ownersForm)) } : {}),
    canApprove: people.canApprove,
    ledger: toLedger(readForm(texts, 'ledger.json', ledgerForm)),
  };
  return { request, policy, model, input };
}

/** No model.yml: the base knows no such model, and head has none that can be read. */
function readModel(texts: Texts, { change }: RequestForm): ModelConfig | null {
  const text = texts.get('model.yml');
  const name = change.kind === 'request' ? (change.model ?? onlyModel) : onlyModel;
  return text === undefined ? null : parseModelConfig(text, 'model.yml', name);
}

/** Files of base beside the model file, by the path that they have there. */
function readDeclaredOf(texts: Texts): NonNullable<DecisionInput['declared']> {
  const base = new Map(
    [...texts].flatMap(([file, text]) => {
      const waiver = /^waiver\.(.+)\.yml$/.exec(file)?.[1];
      if (waiver !== undefined) return [[waiverPath(waiver), text] as const];
      if (file === 'readiness.yml') return [[readinessPath(onlyModel), text] as const];
      return file === 'risks.yml' ? [[risksPath(onlyModel), text] as const] : [];
    }),
  );
  const tree = new Map(
    [...base].map(([path, text]) => [path, { path, mode: '100644', blob: commitOf(text) }]),
  );
  return readDeclared(tree, onlyModel, (path) => base.get(path) ?? null);
}

function toOwners({ qualityOwner, infrastructureOwner }: OwnersForm): NonNullable<DecisionInput['owners']> {
  return {
    ...(qualityOwner === undefined ? {} : { qualityOwner }),
    ...(infrastructureOwner === undefined ? {} : { infrastructureOwner }),
  };
}

function toChange({ change }: RequestForm): Change {
  if (change.kind !== 'request') return change;
  const { content, ...rest } = change;
  return { ...rest, contentPaths: [], contentDigest: named(content) };
}

function toLedger(form: LedgerForm): DecisionInput['ledger'] {
  return {
    champions: form.champions.map(({ artifact, ...rest }) => ({ ...rest, artifactDigest: named(artifact) })),
    artifacts: form.versions.map(({ artifact, since, featureVersion, ...rest }) => ({
      ...rest,
      artifactDigest: named(artifact),
      ...(since === undefined ? {} : { since }),
      ...(featureVersion === undefined ? {} : { featureVersion }),
    })),
  };
}

function toReview(form: ReviewsForm['reviews'][number], subjects: ReadonlyMap<string, string>): Review {
  const { at, saw, wasBefore, dismissedByGovernor, commit, ...rest } = form;
  return {
    ...rest,
    commit: commitOf(commit),
    submittedAt: at,
    evidenceChecks: saw.map(({ check, subject, completedAt }) => ({
      id: check,
      subject: subjects.get(subject) ?? named(subject),
      completedAt,
    })),
    ...(wasBefore === undefined || wasBefore === 'unknown' ? {} : { stateBeforeDismissal: wasBefore }),
    ...(dismissedByGovernor === undefined ? {} : { dismissedByGovernor }),
  };
}
