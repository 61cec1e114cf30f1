import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { renderOnboarding, unusedPermissions, usedPermissions } from './onboarding.ts';
import { setUp, surveyOf } from './survey.fixture.ts';

describe('the description of an onboarding pull request', () => {
  const files = {
    'models/churn.pkl.dvc': '',
    'models/churn/train.py': '',
    'models/churn/metrics.json': '{"auc":0.849}',
    'data/train.parquet.dvc': '',
    '.github/workflows/ci.yml': 'jobs: { a: { runs-on: [self-hosted, gpu] } }',
  };

  it('says what was found, what is proposed, what it may do, and what is left', () => {
    const text = renderOnboarding(setUp(surveyOf(files)));
    expect(text).toMatch(/^## Set up Gatehouse\n\nNothing runs until this is merged/);
    expect(text).toContain('**1 model, 1 dataset and 1 kind of own runners**');
    expect(text).toContain('auc at least 0.81 (today 0.849)');
    expect(text).toContain('- `models/churn/model.yml`, ');
    expect(text).toContain(
      '- Require the check `gatehouse` on the default branch, with the app as its expected source',
    );
    expect(text).toContain('Never asked for: `administration, secrets, workflows`.');
  });

  it('names the permissions that the app asks for, and no other', () => {
    const manifest = load(readFileSync(join(import.meta.dirname, '../../bot/app.yml'), 'utf8')) as {
      readonly default_permissions: Readonly<Record<string, string>>;
    };
    const said = Object.fromEntries(
      Object.entries(usedPermissions).map(([name, why]) => [name, why.split(':')[0]]),
    );
    expect(said).toEqual(manifest.default_permissions);
    for (const name of unusedPermissions) expect(said).not.toHaveProperty(name);
  });

  it('shows names from the repository as text, whatever they are', () => {
    const text = renderOnboarding(
      setUp(
        surveyOf({ 'x/`|<img src=x>@acme/train.py': '', 'data/a|b<b>.csv': '', 'y@ada #1/train.py': '' }),
      ),
    );
    expect(text).not.toMatch(/<img|<b>/);
  });

  it('stays short for a repository of hundreds', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`m${at}x/train.py`, '']));
    expect(renderOnboarding(setUp(surveyOf(many))).length).toBeLessThan(60_000);
  });
});
