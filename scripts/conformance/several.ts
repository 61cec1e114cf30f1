import { decide } from '../../core/policy/decide.ts';
import { decideGroup } from '../../core/policy/merge-group.ts';
import { decideTogether } from '../../core/policy/shared-head.ts';
import { answerDecision } from './decision.ts';
import { toWorld } from './input.ts';

type Texts = ReadonlyMap<string, string>;

/** What the check of a commit says that several open pull requests have as head, and on which base. */
export function answerSharedCheck(texts: Texts) {
  const [own, ...others] = worldsOf(texts);
  const { input } = decideTogether([own.input, ...others.map((other) => other.input)]);
  return { base: input.baseRef, ...answerDecision(input) };
}

/** What becomes of a merge group, and which of its pull requests may not go. */
export function answerMergeGroup(texts: Texts) {
  const members = worldsOf(texts).map(({ request, input }) => ({
    number: request.pullRequest.number,
    decision: decide(input),
    enforced: input.policy.enforce !== false,
  }));
  const { conclusion, members: outcomes } = decideGroup(members);
  return {
    group: conclusion,
    notAllowed: outcomes.flatMap(({ allowed, number }) => (allowed ? [] : [number])),
  };
}

type Worlds = readonly [ReturnType<typeof toWorld>, ...ReturnType<typeof toWorld>[]];

/** The pull request of the case, then one for each NAME of `also.NAME.<file>`, sorted: every other file is that of the case. */
function worldsOf(texts: Texts): Worlds {
  const also = new Map<string, Map<string, string>>();
  for (const [file, text] of texts) {
    const [, name, own] = /^also\.([a-z0-9-]+)\.(.+)$/.exec(file) ?? [];
    if (name === undefined || own === undefined) continue;
    also.set(name, (also.get(name) ?? new Map<string, string>()).set(own, text));
  }
  const others = [...also].sort(([a], [b]) => (a < b ? -1 : 1));
  return [toWorld(texts, null), ...others.map(([, files]) => toWorld(new Map([...texts, ...files]), null))];
}
