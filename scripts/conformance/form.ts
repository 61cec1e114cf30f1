import { z } from 'zod';
import { stages } from '../../core/config/stage.ts';

/** What the files of a case may hold; conformance/README.md says the same in words. A key that is not here is an error. */
const stage = z.enum(stages);
const id = z.int().min(1);
const text = z.string().min(1);

const person = { id, login: text, kind: z.enum(['User', 'Bot']).default('User') };

const finding = z.strictObject({
  code: text,
  severity: z.enum(['fail', 'warn', 'note']),
  message: text,
  fix: text,
});

const move = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('registration'), model: text, to: z.literal('registered') }),
  z.strictObject({
    kind: z.literal('stage'),
    model: text,
    version: id,
    from: stage.nullable(),
    to: stage,
    endpoint: text.nullable(),
    rollback: z.boolean(),
  }),
]);

const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing'), because: text }),
  z.strictObject({ kind: z.literal('refused'), findings: z.array(finding) }),
  z.strictObject({
    kind: z.literal('request'),
    model: text.nullable(),
    proposal: z.boolean(),
    newModel: z.boolean(),
    datasets: z.array(text),
    newDatasets: z.array(text),
    moves: z.array(move),
    configuration: z.array(text),
    content: text,
  }),
]);

export const caseForm = z.strictObject({
  about: text,
  rule: text,
  asks: z.enum([
    'decision',
    'evidence and decision',
    'shared check',
    'merge group',
    'plan',
    'record',
    'receipt',
    'audit',
  ]),
});

export const requestForm = z.strictObject({
  repository: z.strictObject({ id, name: text }),
  pullRequest: z.strictObject({
    number: id,
    head: text,
    base: text,
    fork: z.boolean(),
    openedByBot: z.boolean(),
  }),
  /** What the app found of base and run by itself. */
  found: z.strictObject({
    governed: z.boolean(),
    baseCommit: text,
    run: id,
    attempt: id,
    artifactIds: z.array(id),
    bytes: text.nullable(),
  }),
  rules: text,
  change,
  modelFields: z.array(text).nullable(),
  heldOutLook: z.int().nullable(),
  now: z.string().optional(),
  prediction: z.strictObject({ findings: z.array(finding), consumers: z.array(text) }).nullable(),
});

/** JSON has no NaN, and an attacker's arithmetic has. */
const figure = z
  .union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])
  .transform((value) => Number(value));
const interval = z.tuple([figure, figure]).nullable().default(null);
const orNull = figure.nullable().default(null);

const metric = z.strictObject({
  metric: text,
  slice: text.nullable().default(null),
  set: z.enum(['held-out', 'production-like']).default('held-out'),
  higherIsBetter: z.boolean(),
  grade: z.enum(['judged', 'measured', 'claimed']),
  challenger: figure,
  challengerInterval: interval,
  champion: orNull,
  difference: orNull,
  differenceInterval: interval,
  standardError: orNull,
});

const originForm = z.strictObject({
  repository: z.strictObject({ id, name: text }),
  pullRequest: id,
  head: text,
  base: text,
  baseCommit: text,
  run: id,
  attempt: id,
  content: text,
});

const champion = z.strictObject({ endpoint: text, version: id, artifact: text });

export const evidenceForm = z.strictObject({
  validation: z
    .strictObject({
      origin: originForm,
      datasets: z.array(
        z.strictObject({
          dataset: text,
          contract: z.enum(['base', 'head']),
          data: text,
          rows: z.int().nullable(),
          verdict: z.enum(['pass', 'data invalid', 'not evaluated']),
          findings: z.array(finding),
        }),
      ),
    })
    .nullable(),
  judgement: z
    .strictObject({
      origin: originForm,
      model: text,
      version: id.nullable(),
      artifact: text,
      artifactId: id.nullable(),
      rules: text,
      champions: z.array(champion),
      heldOut: z.strictObject({ features: text, labels: text, rows: z.int() }),
      comparisons: z.array(
        z.strictObject({
          against: id.nullable(),
          metrics: z.array(metric),
          gates: z.enum(['as computed', 'all pass', 'none']),
        }),
      ),
      result: z.enum(['as computed', 'another']),
      verdict: z.enum(['pass', 'fail', 'not evaluated']),
      findings: z.array(finding),
      claimed: z.record(text, z.number()),
    })
    .nullable(),
  notBelieved: z.array(finding),
  runs: z.array(z.strictObject({ id, status: text, conclusion: text.nullable() })),
});

export const reviewsForm = z.strictObject({
  reviews: z.array(
    z.strictObject({
      id,
      reviewer: z.strictObject(person),
      state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', 'COMMENTED']),
      commit: text,
      at: z.string(),
      roles: z.array(text),
      saw: z.array(z.strictObject({ check: id, subject: text, completedAt: z.string() })),
      wasBefore: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'unknown']).optional(),
      dismissedByGovernor: z.boolean().optional(),
    }),
  ),
  excluded: z.array(
    z.strictObject({
      ...person,
      because: z.enum([
        'author',
        'committer',
        'co-author',
        'pusher',
        'dispatcher',
        'bot',
        'contributor',
        'asked for this pull request',
      ]),
    }),
  ),
  pushersKnown: z.boolean(),
  canApprove: z.record(text, z.array(text)),
});

export const ledgerForm = z.strictObject({
  champions: z.array(
    z.strictObject({ endpoint: text, version: id, artifact: text, previous: id.nullable() }),
  ),
  versions: z.array(
    z.strictObject({
      version: id,
      artifact: text,
      stage,
      wasInProductionAt: z.array(text),
      since: z.string().optional(),
      featureVersion: text.optional(),
    }),
  ),
});

/** What a case says besides about versions that must not serve and about emergencies. */
export const emergencyForm = z.strictObject({
  stored: z.array(z.strictObject({ version: id, present: z.boolean() })).optional(),
  barred: z
    .array(
      z.strictObject({
        version: id.nullable(),
        because: z.enum(['withdrawn', 'revoked data', 'unreadable']),
      }),
    )
    .optional(),
  uses: z
    .array(
      z.strictObject({
        model: text,
        version: id,
        endpoint: text,
        pullRequest: id,
        at: z.string(),
        reviewBy: z.string(),
        reviewed: z.boolean(),
      }),
    )
    .default([]),
  reviews: z.array(z.strictObject({ model: text, pullRequest: id })).optional(),
});

const owner = z.strictObject({ members: z.array(text), absent: z.array(text) }).optional();
export const ownersForm = z.strictObject({ qualityOwner: owner, infrastructureOwner: owner });

/** A file's text, null where it is deleted, or a link or submodule by its mode. */
const file = z.union([z.string(), z.null(), z.strictObject({ mode: text, text: z.string() })]);

export const treeForm = z.strictObject({
  mergeBase: z.record(text, z.string()),
  base: z.record(text, file),
  head: z.record(text, file),
  ledgerOnBase: z.boolean(),
});

export const stepsForm = z
  .array(
    z.union([
      z.strictObject({
        merge: id,
        register: z.strictObject({ artifact: text, stage: z.enum(['registered', 'staging']) }),
      }),
      z.strictObject({
        merge: id,
        move: z.strictObject({
          version: id,
          from: stage,
          to: stage.exclude(['registered']),
          endpoint: text.nullable(),
          comparedWith: id.nullable(),
          rollback: z.boolean(),
        }),
      }),
    ]),
  )
  .min(1);

const key = z.record(z.string(), z.string());
export const receiptForm = z.strictObject({
  evidence: z.string(),
  token: z.string(),
  keys: z.array(key.and(z.looseObject({ kty: text }))),
  expected: z.strictObject({
    issuer: text,
    repositoryId: id,
    workflow: z.strictObject({ path: text, shas: z.array(text) }),
    events: z.array(text),
    run: z.strictObject({ id, attempt: id, event: text, startedAt: z.string(), updatedAt: z.string() }),
    judgeRunner: text,
  }),
});

/** Entries as values, written as canonical JSON and one line feed; a text is taken as it stands. */
export const auditForm = z.strictObject({
  files: z.record(text, z.union([z.string(), z.looseObject({})])),
  anchors: z.array(text),
});

export type RequestForm = z.infer<typeof requestForm>;
export type EvidenceForm = z.infer<typeof evidenceForm>;
export type ReviewsForm = z.infer<typeof reviewsForm>;
export type LedgerForm = z.infer<typeof ledgerForm>;
export type OwnersForm = z.infer<typeof ownersForm>;
export type EmergencyForm = z.infer<typeof emergencyForm>;
