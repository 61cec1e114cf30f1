import type { Change, Move } from '../change/change.ts';
import { isAllowedMove, movesFrom } from '../change/transition.ts';
import type { Stage } from '../config/stage.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { DecisionInput } from './decision.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };
type StageMove = Move & { readonly kind: 'stage' };

/** Is what is asked for possible at all? Looks at the moves, the ledger and the fork, at no evidence. */
export function ruleOnRequest(change: Request, input: DecisionInput): Ruling {
  const rulings = [
    ...change.moves.map((move) => ruleOnMove(move, change, input)),
    ...ruleOnWhole(change, input),
  ];
  return gather('request', rulings, rule('request', 'met', 'It changes configuration or data only.'));
}

function ruleOnWhole(change: Request, input: DecisionInput): readonly Ruling[] {
  const registrations = change.moves.filter((move) => move.kind === 'registration').length;
  const stageMoves = change.moves.filter((move) => move.kind === 'stage');
  const found: Ruling[] = [];
  if (change.proposal && stageMoves.length > 0) found.push(refuse('one purpose', mixed(change)));
  if (change.proposal !== (registrations === 1)) found.push(refuse('one purpose', unclear(change)));
  if (new Set(change.moves.map((move) => canonicalJson(move))).size !== change.moves.length) {
    found.push(refuse('each move once', doubled));
  }
  const promoted = stageMoves.flatMap((move) =>
    move.to === 'production' ? [`version ${move.version}`] : [],
  );
  const targets = stageMoves.map(target);
  if (new Set(targets).size !== targets.length || promoted.some((version) => targets.includes(version))) {
    found.push(refuse('each move once', doubled));
  }
  if (change.moves.length > 0 && input.model === null)
    found.push(refuse('model known', unknownModel(change)));
  if (change.proposal && input.model?.datasets.length === 0) {
    found.push(refuse('model known', withoutData(change)));
  }
  return found;
}

/** Two moves with one target (an endpoint, or a version without endpoint) contradict each other. */
const target = (move: StageMove): string =>
  move.endpoint === null ? `version ${move.version}` : `endpoint ${move.endpoint}`;

function ruleOnMove(move: Move, change: Request, input: DecisionInput): Ruling {
  if (move.model !== change.model || (input.model !== null && input.model.model !== move.model)) {
    return refuse('move', wrongModel(move, change));
  }
  if (move.kind === 'registration') {
    return rule(`${move.model} -> registered`, 'met', 'A proposal registers a version.');
  }
  return ruleOnStageMove(move, input);
}

function ruleOnStageMove(move: StageMove, input: DecisionInput): Ruling {
  const name = nameOf(move);
  const known = input.ledger.artifacts.find((artifact) => artifact.version === move.version);
  if (!known || move.from === null) return refuse(name, unknownVersion(move));
  if (known.stage !== undefined && known.stage !== move.from) return refuse(name, moved(move, known.stage));
  if (move.from === 'registered' && move.to === 'production') return refuse(name, skipsStaging(move));
  if (!isAllowedMove(move.from, move.to)) return refuse(name, notAllowed(move));
  const limits = move.to === 'registered' ? undefined : input.policy.stages[move.to].promotesFrom;
  // At a second endpoint it is in production already; a return to the recorded previous version follows no order.
  if (limits !== undefined && !move.rollback && move.from !== move.to && !limits.includes(move.from)) {
    return refuse(name, outOfOrder(move, limits));
  }
  if (move.to === 'production') return ruleOnProduction(move, known.wasInProductionAt ?? [], input);
  if (move.rollback) return refuse(name, notPrevious(move));
  if (move.from === 'production' && !servesAt(move, input)) return refuse(name, servesElsewhere(move));
  return rule(name, 'met', `${move.from} -> ${move.to} is an allowed move.`);
}

function ruleOnProduction(move: StageMove, stays: readonly string[], input: DecisionInput): Ruling {
  const name = nameOf(move);
  if (move.endpoint === null || input.model?.endpoints.includes(move.endpoint) !== true) {
    return refuse(name, unknownEndpoint(move, input.model?.endpoints ?? []));
  }
  const champion = input.ledger.champions.find((each) => each.endpoint === move.endpoint);
  if (move.rollback) {
    if (champion?.previous !== move.version) return refuse(name, notPrevious(move));
    return rule(name, 'met', `v${move.version} is recorded as previous at ${move.endpoint}: a rollback.`);
  }
  if (move.from === 'archived' && !stays.includes(move.endpoint)) return refuse(name, neverServed(move));
  return rule(name, 'met', `${move.from} -> production is an allowed move.`);
}

function servesAt(move: StageMove, input: DecisionInput): boolean {
  return input.ledger.champions.some(
    (champion) => champion.endpoint === move.endpoint && champion.version === move.version,
  );
}

/** `flight-delay v2: staging -> production at eu` */
export function nameOf(move: Move): string {
  if (move.kind === 'registration') return `${move.model} -> registered`;
  const at = move.endpoint === null ? '' : ` at ${move.endpoint}`;
  return `${move.model} v${move.version}: ${move.from ?? 'unknown'} -> ${move.to}${at}`;
}

const mixed = (change: Request) => ({
  code: 'request/mixed',
  message: `It proposes a version of ${change.model} and moves versions between stages at once`,
  fix: 'Take the change of stages.yml into a pull request of its own: a proposal registers only.',
});

const unclear = (change: Request) => ({
  code: 'request/unclear',
  message: `What is proposed for ${change.model ?? 'no model'} is not one registration`,
  fix: 'Change the declared paths of one model, and nothing that names a registration by hand.',
});

const doubled = {
  code: 'request/doubled',
  message: 'It asks for two moves with the same target',
  fix: 'Name each version and each endpoint once in stages.yml.',
};

const unknownModel = (change: Request) => ({
  code: 'request/unknown-model',
  message: `There is no readable model.yml for ${change.model ?? 'the model that is moved'}`,
  fix: 'Add models/<model>/model.yml, or mend what it says, then push again.',
});

const withoutData = (change: Request) => ({
  code: 'request/no-dataset',
  message: `${change.model} names no dataset, so nothing says what it was trained on`,
  fix: 'Name at least one dataset in model.yml.',
});

const wrongModel = (move: Move, change: Request) => ({
  code: 'request/other-model',
  message: `It moves ${move.model} in a pull request about ${change.model ?? 'no model'}`,
  fix: 'Open one pull request for each model.',
});

const unknownVersion = (move: StageMove) => ({
  code: 'request/unknown-version',
  message: `The ledger knows no version ${move.version} of ${move.model}`,
  fix: 'Name a version that is registered: `gatehouse history` lists them.',
});

const moved = (move: StageMove, stage: Stage) => ({
  code: 'request/stale-stage',
  message: `v${move.version} is ${stage} in the ledger now, not ${move.from}`,
  fix: 'Nothing to mend in the files: the request is read again against the ledger as it is now.',
});

const skipsStaging = (move: StageMove) => ({
  code: 'request/registered-to-production',
  message: `v${move.version} of ${move.model} is only registered: registered to production in one move is refused`,
  fix: `Move v${move.version} to staging first, in a pull request of its own.`,
});

const notAllowed = (move: StageMove) => ({
  code: 'request/move',
  message: `A version that is ${move.from} cannot move to ${move.to}`,
  found: `${move.from} -> ${move.to}`,
  allowed: movesFrom(move.from).join(', ') || 'no move',
  fix: `Ask for an allowed stage for v${move.version} in stages.yml, or propose a new version.`,
});

const outOfOrder = (move: StageMove, limits: readonly Stage[]) => ({
  code: 'request/promotes-from',
  message: `The policy lets a version into ${move.to} from ${limits.join(' or ') || 'nowhere'}, and v${move.version} is ${move.from}`,
  found: `${move.from} -> ${move.to}`,
  allowed: limits.join(', ') || 'no move',
  fix: 'Move it to a stage from which it may come first, in a pull request of its own.',
});

const unknownEndpoint = (move: StageMove, endpoints: readonly string[]) => ({
  code: 'request/unknown-endpoint',
  message: `${move.model} has no endpoint ${move.endpoint ?? '(none named)'}`,
  allowed: endpoints.join(', ') || 'none',
  fix: 'Name an endpoint that model.yml on the base branch lists.',
});

const notPrevious = (move: StageMove) => ({
  code: 'request/not-previous',
  message: `v${move.version} is not the version recorded as previous at ${move.endpoint ?? 'this endpoint'}`,
  fix: 'Roll back to the recorded previous version, or promote this one through all gates.',
});

const neverServed = (move: StageMove) => ({
  code: 'request/never-served',
  message: `v${move.version} is archived and was never in production at ${move.endpoint}`,
  fix: 'Only a version that served there can return from the archive: propose it as a new version.',
});

const servesElsewhere = (move: StageMove) => ({
  code: 'request/not-serving',
  message: `v${move.version} does not serve at ${move.endpoint ?? 'an endpoint that is named'}`,
  fix: 'Take it out of the endpoint where it serves, in stages.yml.',
});
