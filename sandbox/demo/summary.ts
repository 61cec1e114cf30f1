import type { Stage } from './story/stage.ts';
import { flights } from './world.ts';

/** The end of the demo: what stands now, and three things to try. */
export async function printSummary(stage: Stage, write: (line: string) => void): Promise<void> {
  const { world } = stage;
  const ledger = await world.ledger();
  const state = ledger.state('flight-delay');
  const serving = [...state.endpoints.values()].map(
    ({ endpoint, champion, previous }) =>
      `v${champion} at ${endpoint}${previous === null ? '' : `, v${previous} remembered`}`,
  );
  const events = ledger.transactions.reduce((sum, { events: some }) => sum + some.length, 0);
  const { size, root } = JSON.parse(ledger.files.get('audit/HEAD.json') ?? '{}') as {
    size: number;
    root: string;
  };
  const anchor = `${size}:${root}`;
  const lines = [
    '',
    `What stands now in ${flights}`,
    `  versions     ${state.versions.size} of flight-delay, ${[...state.versions].map(([version, { stage: at }]) => `v${version} ${at}`).join(', ')}`,
    `  serving      ${serving.join('; ')}`,
    `  ledger       ${events} events in ${ledger.transactions.length} transactions on ${world.ledgerBranch}`,
    `  pull requests ${stage.pulls.size}, runs ${world.actions.runs.size}: see demo/pulls and demo/runs`,
    '',
    'Three things to try next',
    `  1. Read the comment that stopped the worse model:   cat demo/pulls/${stage.pulls.get('worse')}/comment.md`,
    `  2. Ask who approved what, from the clone, offline:  (cd demo/flights && node ../../dist/gatehouse.js history flight-delay --anchor ${anchor})`,
    `  3. Prove the ledger:                                (cd demo/flights && node ../../dist/gatehouse.js verify --anchor ${anchor})`,
    `     Then change a byte and ask again:                (cd demo/flights && git checkout -q gatehouse-ledger && sed -i.bak s/omar/eve/ endpoints/eu/*.yml && git -c user.name=me -c user.email=me@example.test commit -qam change && node ../../dist/gatehouse.js verify --ledger gatehouse-ledger --anchor ${anchor})`,
    '',
  ];
  for (const line of lines) write(line);
}
