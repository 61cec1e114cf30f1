import { describe, expect, it } from 'vitest';
import { hideSecrets, listSecrets } from './environment.ts';

const hide = (text: string, env: NodeJS.ProcessEnv) => hideSecrets(text, listSecrets(env));

describe('hideSecrets', () => {
  it('leaves no rest of a secret that begins like another one', () => {
    const env = { OLD_PASSWORD: 'hunter22', NEW_PASSWORD: 'hunter22-prod-9f8e' };
    expect(hide('uses hunter22-prod-9f8e, was hunter22', env)).toBe('uses ***, was ***');
  });

  it('hides a key of several lines one line at a time', () => {
    const env = { SSH_KEY: '-----BEGIN-----\nAAAABBBBCCCC\n  DDDDEEEEFFFF\r\n-----END-----\n' };
    expect(hide('name DDDDEEEEFFFF', env)).toBe('name ***');
    expect(hide('AAAABBBBCCCC', env)).toBe('***');
  });

  it('leaves ordinary words: short values, and lists of an input', () => {
    const env = { DEBUG_KEY: 'true', INPUT_FILES: 'models/churn\nmodels/growth\n' };
    expect(hide('true of models/churn', env)).toBe('true of models/churn');
  });

  it.each([
    `ghs_${'a'.repeat(36)}`,
    `github_pat_${'b'.repeat(40)}`,
    `AKIA${'C'.repeat(16)}`,
    `hf_${'d'.repeat(30)}`,
    `eyJ${'e'.repeat(12)}.${'f'.repeat(12)}.g`,
  ])('hides what has the form of a token, though no variable holds it: %s', (token) => {
    expect(hide(`with ${token} it works`, {})).toBe('with *** it works');
  });
});
