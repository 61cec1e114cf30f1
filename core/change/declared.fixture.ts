/** A model.yml that can be read, for tests of what lies beside it. */
export const modelYaml = (name: string): string => `version: 1
description: Says what ${name} says.
owners: { users: [omar] }
risk: limited
limitations: Tests only.
datasets: [flights]
paths: ['models/${name}/**']
train: { command: node train.mjs, artifact: model.json }
predict: { command: node predict.mjs }
held-out:
  features: data/${name}.csv
  key: row
  labels: { url: 'https://labels.example/${name}', audience: labels, sha256: '${'c'.repeat(64)}', column: late }
gates: [{ metric: auc, min: 0.6 }]
`;
