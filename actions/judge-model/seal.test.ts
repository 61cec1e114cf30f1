import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appKey } from '../../core/config/seal-key.fixture.ts';
import { ServiceError } from '../../core/error/error.ts';
import { parseEnvelope } from '../../core/evidence/envelope.ts';
import { openEnvelope } from '../../core/evidence/open-envelope.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { digestBytes, digestOf } from '../../core/json/canonical.ts';
import { renderSealedSummary } from '../../core/report/sealed-summary.ts';
import { base, champion, good, poor, type Setup, world } from './world.fixture.ts';

const policyPath = '.github/gatehouse.yml';
const { pem, key } = appKey();
const sealing = {
  ...base,
  [policyPath]: `${base[policyPath]}evidence: { seal-to: [${key.spki}] }\n`,
};
const open = (text = '') => openEnvelope(text, [createPrivateKey(pem)]);

async function judgeSealed(setup: Partial<Setup>) {
  const made = world({ base: sealing, ...setup });
  return { ...made, outputs: await made.run() };
}

describe('a judge whose policy names a key', () => {
  it('hands over an envelope that the app opens, with the very evidence and receipt of before', async () => {
    const { outputs, envelopes, audiences, sealed } = await judgeSealed({ state: champion(poor) });
    expect(outputs).toEqual({ verdict: 'sealed', evidenceFolder: '/envelope', shown: null });
    expect(sealed).toEqual([]);
    const { text, token } = open(envelopes[0]);
    expect(token).toBe(`token for gatehouse:${digestBytes(text)}`);
    expect(audiences.at(-1)).toBe(`gatehouse:${digestBytes(text)}`);
    const evidence = parseEvidence(text);
    expect(evidence).toMatchObject({ kind: 'judgement', verdict: 'pass' });
    // The same judgement without a key: sealing changes nothing of what is found.
    const { evidence: shown } = await world({ base, state: champion(poor) }).judge();
    expect(evidence).toEqual(shown);
    expect(parseEnvelope(envelopes[0] ?? '').hint).toEqual({
      contentDigest: shown.origin.contentDigest,
      rulesDigest: shown.rulesDigest,
      champions: digestOf(shown.champions),
      complete: true,
    });
  });

  it('ends the same way whether the challenger passes or fails', async () => {
    const passing = await judgeSealed({ state: champion(poor), challenger: good });
    const failing = await judgeSealed({ state: champion(good), challenger: poor });
    expect(parseEvidence(open(failing.envelopes[0]).text)).toMatchObject({ verdict: 'fail' });
    expect(failing.outputs).toEqual(passing.outputs);
    expect(renderSealedSummary(3)).not.toMatch(/pass\b|fail|0\.\d/i);
  });

  it('shows no digest of the result either: few results are found by trying them', async () => {
    const { envelopes, outputs } = await judgeSealed({ state: champion(poor) });
    const { text, token } = open(envelopes[0]);
    const evidence = parseEvidence(text);
    if (evidence.kind !== 'judgement') throw new Error(evidence.kind);
    const parts = Object.values(JSON.parse(envelopes[0] ?? '{}') as Record<string, unknown>)
      .flatMap((part) => [JSON.stringify(part), Buffer.from(String(part), 'base64url').toString('latin1')])
      .concat(JSON.stringify(outputs));
    for (const secret of [evidence.resultDigest, digestBytes(text), token])
      for (const part of parts) expect(part).not.toContain(secret.replace(/^sha256:/, ''));
  });

  it('says by its failure that there is no result: that tells nothing of the labels and can be run again', async () => {
    const fetchLabels = () =>
      Promise.reject(new ServiceError('LABELS_REFUSED', 'HTTP 500', { hint: 'Again.' }));
    const { outputs, envelopes } = await judgeSealed({ state: champion(poor), deps: { fetchLabels } });
    expect(outputs).toMatchObject({ verdict: 'not evaluated', shown: null });
    expect(parseEnvelope(envelopes[0] ?? '').hint.complete).toBe(false);
  });

  it('reads the key on base alone: a pull request cannot seal to a key of its own, nor switch sealing off', async () => {
    const own = appKey('other').key.spki;
    const head = {
      ...sealing,
      [policyPath]: `${base[policyPath]}evidence: { seal-to: [${own}] }\n`,
      'models/flight-delay/params.json': '{"features":["hour"]}\n',
    };
    for (const changed of [head, { ...head, [policyPath]: base[policyPath] ?? '' }]) {
      const { envelopes } = await judgeSealed({ head: changed, state: champion(poor) });
      expect(parseEnvelope(envelopes[0] ?? '').recipients.map(({ id }) => id)).toEqual([key.id]);
    }
  });

  it('is not judged again when anything was there, and is when a champion was missing', async () => {
    const none = await judgeSealed({ state: champion('predictions that are gone') });
    expect(parseEnvelope(none.envelopes[0] ?? '').hint.complete).toBe(false);
  });
});
