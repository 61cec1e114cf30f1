import { parseBehaviour } from '../../core/config/behaviour-file.ts';
import { parseBreakGlass } from '../../core/config/break-glass-file.ts';
import { checkRepositoryConfig } from '../../core/config/check.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { parseReadiness } from '../../core/config/readiness-file.ts';
import { parseRisks } from '../../core/config/risks-file.ts';
import { parseStages } from '../../core/config/stages-file.ts';
import { parseWaiver } from '../../core/config/waiver-file.ts';
import { parseWithdrawn } from '../../core/config/withdrawn-file.ts';
import { modelText, policyText } from '../../core/report/sample.fixture.ts';
import { safe } from '../../core/workflow-lint/planted.fixture.ts';
import { lintWorkflow } from '../../core/workflow-lint/workflow-lint.ts';
import { answerByFindings, answerOf } from './reading.ts';
import type { Surface } from './surface.ts';

export const contractText = `version: 1
description: d
owner: { users: [omar] }
source: s
legal-basis: public
approved-by: omar
expires: "2030-01-01"
access: [churn]
files: [data/f.csv]
rows: { min: 1 }
columns: [{ name: row, type: integer }]
`;
export const suiteText = `version: 1
seed: 1
defaults: { carrier: AA, distance: 100 }
groups:
  - name: near
    kind: edge
    cases:
      - { name: a case, row: { carrier: AA }, expect: { max: 1 } }
`;
export const waiverText = `version: 1
model: churn
gate: auc min 0.6
until: "2030-01-01"
reason: few rows
by: omar
`;
const risk =
  '{ name: wrong, kind: quality, severity: high, status: open, control: a look, owner: omar, review-by: "2030-01-01" }';
const breakGlassText = `version: 1
model: churn
production: { eu: 7 }
until: "2030-01-01T10:00:00Z"
reason: eu answers nobody
by: omar
`;

const configuration = (name: string, good: string, parse: (text: string) => unknown): Surface => ({
  name,
  good,
  read: (bytes) =>
    answerOf(() => {
      parse(Buffer.from(bytes).toString());
    }),
});

/** Files of a repository that people write, each by its own reader. */
export const configSurfaces: readonly Surface[] = [
  configuration('policy', policyText, (text) => parsePolicy(text, '.github/gatehouse.yml')),
  configuration('model', modelText, (text) => parseModelConfig(text, 'models/churn/model.yml', 'churn')),
  configuration('contract', contractText, (text) => parseContract(text, 'datasets/flights.yml')),
  configuration('stages', 'production: { eu: 7 }\n', (text) => parseStages(text, 'models/churn/stages.yml')),
  configuration('waiver', waiverText, (text) => parseWaiver(text, 'waivers/x.yml', 'x')),
  configuration('readiness', 'version: 1\nteam: { runbook: { by: ben } }\n', (text) =>
    parseReadiness(text, 'models/churn/readiness.yml'),
  ),
  configuration('risks', `version: 1\nrisks: [${risk}]\n`, (text) =>
    parseRisks(text, 'models/churn/risks.yml'),
  ),
  configuration('withdrawn', 'version: 1\nversions: [{ version: 3, reason: wrong, by: omar }]\n', (text) =>
    parseWithdrawn(text, 'models/churn/withdrawn.yml'),
  ),
  configuration('break-glass', breakGlassText, (text) => parseBreakGlass(text, 'break-glass/x.yml', 'x')),
  configuration('suite', suiteText, (text) => parseBehaviour(text, 'models/churn/behaviour.yml')),
  {
    name: 'workflow',
    good: safe,
    read: (bytes) => answerByFindings(lintWorkflow(Buffer.from(bytes).toString(), '.github/workflows/w.yml')),
  },
  {
    // The content is a path: whoever opens a pull request names files as they like.
    name: 'path',
    good: 'models/churn/model.yml',
    read: (bytes) => answerByFindings(checkRepositoryConfig(filesAt(Buffer.from(bytes).toString()))),
  },
];

const filesAt = (path: string): ReadonlyMap<string, string> => {
  const isModel = path.endsWith('/model.yml');
  const text = path.startsWith('datasets/') ? contractText : isModel ? modelText : waiverText;
  const sha = '0123456789012345678901234567890123456789';
  const caller = ['validate-data', 'judge-model']
    .map((name) => `  ${name}:\n    uses: acme/gatehouse/.github/workflows/${name}.yml@${sha}\n`)
    .join('');
  return new Map([
    ['.github/gatehouse.yml', policyText],
    ['.github/workflows/gatehouse.yml', `jobs:\n${caller}`],
    ['datasets/flights.yml', contractText.replace('churn', "'*'")],
    [path, text],
  ]);
};
