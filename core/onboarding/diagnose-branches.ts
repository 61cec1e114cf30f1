import { advise, type Diagnosis, judge, mend, ok, unknown } from './diagnosis.ts';
import type { BranchSettings, BypassActor, RequiredCheck, RulesetSettings, Settings } from './settings.ts';

/** Name of the check that decides. */
const required = 'gatehouse';

/** What holds the branches: the required check with its source, force pushes, deletion, who may pass by. */
export function diagnoseBranches(
  settings: Settings,
  policy: { readonly enforced: boolean; readonly ledgerOnBase: boolean },
): readonly Diagnosis[] {
  const where = `Settings > Rules > Rulesets of ${settings.repository}`;
  return [
    ...settings.governed.flatMap((branch) => [
      ...diagnoseCheck(branch, settings, policy.enforced, where),
      ...diagnoseHold(branch, 'branch', where),
      ...diagnosePulls(branch, where),
      ...diagnoseBypass(branch, settings, where),
    ]),
    ...(policy.ledgerOnBase ? [] : diagnoseLedger(settings, where)),
  ];
}

const hasRule = ({ rules }: BranchSettings, type: string): boolean =>
  rules.kind === 'read' && rules.value.some((rule) => rule.type === type);

const classicOf = ({ protection }: BranchSettings) => (protection.kind === 'read' ? protection.value : null);

/** Reads both kinds of rules; what neither shows is not known as long as one of them is hidden. */
function hiddenOf({ rules, protection }: BranchSettings): string | null {
  if (rules.kind === 'hidden') return rules.why;
  return protection.kind === 'hidden' ? protection.why : null;
}

function diagnoseCheck(
  branch: BranchSettings,
  { appId }: Settings,
  enforced: boolean,
  where: string,
): readonly Diagnosis[] {
  const code = 'branch/required-check';
  const rules = branch.rules.kind === 'read' ? branch.rules.value : [];
  const all: readonly RequiredCheck[] = [
    ...rules.flatMap(({ checks }) => checks),
    ...(classicOf(branch)?.checks ?? []),
  ];
  const checks = all.filter(({ context }) => context === required);
  const from = appId === null ? 'the app Gatehouse' : `the app with id ${appId}`;
  const fix = `${where}: require the status check "${required}" on ${branch.name}, with ${from} as its source. The app can be chosen once it has made its first check.`;
  if (checks.length === 0) {
    const hidden = hiddenOf(branch);
    if (hidden !== null)
      return [unknown(code, `Whether ${branch.name} requires the check is not known`, hidden)];
    const what = `${branch.name} does not require the check "${required}"`;
    return enforced
      ? [mend(code, what, 'Every pull request can be merged whatever Gatehouse decides.', fix)]
      : [
          advise(
            code,
            `${what}; the policy only reports`,
            'Without it nothing is held up once you enforce.',
            fix,
          ),
        ];
  }
  // One that is bound is enough: all required checks must pass.
  const bound = checks.flatMap((check) => check.appId ?? []);
  if (bound.length === 0) {
    return [
      mend(
        code,
        `${branch.name} takes the check "${required}" from anybody`,
        'Every workflow of the repository can make a green check of that name.',
        fix,
      ),
    ];
  }
  if (appId === null) {
    return [
      {
        code,
        health: 'not checked',
        what: `${branch.name} takes the check "${required}" from the app with id ${bound.join(', ')}`,
        why: 'It is not known which app is yours.',
        fix: 'Run it again with --app ID or GATEHOUSE_APP_ID: the number is on the page of the app, under General.',
      },
    ];
  }
  return bound.includes(appId)
    ? [
        ok(
          code,
          `${branch.name} requires the check "${required}" from the app ${appId}: every pull request to it waits for the app, also one that touches no model`,
        ),
      ]
    : [
        mend(
          code,
          `${branch.name} takes the check "${required}" from the app with id ${bound.join(', ')}, not from ${appId}`,
          'Another app decides what is merged.',
          fix,
        ),
      ];
}

/** Nobody rewrites or removes the branch. */
function diagnoseHold(branch: BranchSettings, area: string, where: string): readonly Diagnosis[] {
  const classic = classicOf(branch);
  const held = [
    { rule: 'non_fast_forward', words: 'force pushes', classic: classic !== null && !classic.forcePushes },
    { rule: 'deletion', words: 'deletion', classic: classic !== null && !classic.deletions },
  ];
  return held.map(({ rule, words, classic: byClassic }): Diagnosis => {
    const code = `${area}/${rule === 'deletion' ? 'deletion' : 'force-push'}`;
    if (hasRule(branch, rule) || byClassic) return ok(code, `${branch.name} refuses ${words}`);
    const hidden = hiddenOf(branch);
    if (hidden !== null) return unknown(code, `Whether ${branch.name} refuses ${words} is not known`, hidden);
    return mend(
      code,
      `${branch.name} allows ${words}`,
      area === 'ledger'
        ? 'The audit trail can be replaced; it would be noticed, and everything would stand still until it is mended.'
        : 'What was merged by approval can be replaced without one.',
      `${where}: for ${branch.name} switch on "${rule === 'deletion' ? 'Restrict deletions' : 'Block force pushes'}".`,
    );
  });
}

function diagnosePulls(branch: BranchSettings, where: string): readonly Diagnosis[] {
  const code = 'branch/pull-requests';
  if (hasRule(branch, 'pull_request') || classicOf(branch)?.pullRequests === true) {
    return [ok(code, `${branch.name} changes by pull request only`)];
  }
  const hidden = hiddenOf(branch);
  if (hidden !== null)
    return [unknown(code, `Whether ${branch.name} takes direct pushes is not known`, hidden)];
  return [
    mend(
      code,
      `${branch.name} takes pushes without a pull request`,
      'Policy, contracts and gates are read from it: whoever may push can change them unseen.',
      `${where}: for ${branch.name} switch on "Require a pull request before merging".`,
    ),
  ];
}

/** Rulesets with a rule on this branch, as far as they could be read. */
function rulesetsOf(branch: BranchSettings, { rulesets }: Settings): readonly RulesetSettings[] {
  const ids = new Set(
    branch.rules.kind === 'read' ? branch.rules.value.map(({ rulesetId }) => rulesetId) : [],
  );
  return rulesets.flatMap((reading) =>
    reading.kind === 'read' && ids.has(reading.value.id) ? [reading.value] : [],
  );
}

function hiddenBypass(branch: BranchSettings, settings: Settings): boolean {
  const ids = new Set(
    branch.rules.kind === 'read' ? branch.rules.value.flatMap(({ rulesetId }) => rulesetId ?? []) : [],
  );
  const seen = rulesetsOf(branch, settings);
  return seen.length < ids.size || seen.some(({ bypass }) => bypass === null);
}

const describe = ({ type, id, mode }: BypassActor): string =>
  `${type}${id === null ? '' : ` ${id}`}${mode === 'always' ? '' : ` (${mode})`}`;

/** Who may merge past the check: told, because somebody must be able to when the app is down. */
function diagnoseBypass(branch: BranchSettings, settings: Settings, where: string): readonly Diagnosis[] {
  const code = 'branch/bypass';
  if (hiddenBypass(branch, settings) || branch.rules.kind === 'hidden') {
    return [unknown(code, `Who may pass by the rules of ${branch.name} is not known`, 'bypass lists')];
  }
  const actors = rulesetsOf(branch, settings).flatMap(({ bypass }) => bypass ?? []);
  const classic = classicOf(branch);
  const admins = classic !== null && !classic.admins;
  if (actors.length === 0 && !admins) return [ok(code, `Nobody may pass by the rules of ${branch.name}`)];
  const names = [...actors.map(describe), ...(admins ? ['admins (classic protection)'] : [])];
  return [
    advise(
      code,
      `The rules of ${branch.name} may be passed by: ${names.join(', ')}`,
      'A merge past the check promotes nothing, but its code is on the branch.',
      `${where}: keep this list to the few who act when the app is down, with the mode "for pull requests only".`,
    ),
  ];
}

/** The branch that only the app writes. */
function diagnoseLedger(settings: Settings, where: string): readonly Diagnosis[] {
  const { ledger, appId } = settings;
  const closed = ['creation', 'update'].filter((type) => !hasRule(ledger, type));
  const code = 'ledger/writers';
  const fix = `${where}: a ruleset for ${ledger.name} with "Restrict creations", "Restrict updates", "Restrict deletions" and "Block force pushes", and the app ${appId ?? 'Gatehouse'} alone in its bypass list.`;
  const hold = diagnoseHold(ledger, 'ledger', where);
  return [
    ...hold,
    ...judge(ledger.rules, code, `Who may write ${ledger.name}`, () => {
      if (closed.length > 0) {
        return [
          mend(
            code,
            `${ledger.name} has no rule against ${closed.join(' and ')}`,
            'Whoever may push can write to the ledger: it would be frozen, and nothing is promoted until it is mended.',
            fix,
          ),
        ];
      }
      if (hiddenBypass(ledger, settings))
        return [unknown(code, `Who may write ${ledger.name} is not known`, 'bypass lists')];
      return diagnoseWriters(settings, code, fix);
    }),
  ];
}

function diagnoseWriters(settings: Settings, code: string, fix: string): readonly Diagnosis[] {
  const { ledger, appId } = settings;
  const writers = rulesetsOf(ledger, settings).flatMap(({ bypass }) => bypass ?? []);
  const apps = writers.filter(({ type, id }) => type === 'Integration' && (appId === null || id === appId));
  const others = writers.filter((writer) => !apps.includes(writer));
  if (others.length > 0) {
    const names = others.map(describe).join(', ');
    return [
      mend(
        code,
        `${ledger.name} may also be written by: ${names}`,
        'Only the app may write the ledger.',
        fix,
      ),
    ];
  }
  if (apps.length === 0) {
    return [
      mend(
        code,
        `The app may not write ${ledger.name}`,
        'It can record nothing: every merge stays unpromoted.',
        fix,
      ),
    ];
  }
  if (appId === null) {
    return [
      {
        code,
        health: 'not checked',
        what: `${ledger.name} may be written by: ${apps.map(describe).join(', ')}`,
        why: 'It is not known which app is yours.',
        fix: 'Run it again with --app ID or GATEHOUSE_APP_ID.',
      },
    ];
  }
  return [ok(code, `Only the app ${appId} may write ${ledger.name}`)];
}
