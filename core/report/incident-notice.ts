import type { IncidentReason } from '../registry/incident.ts';
import { type Block, type Inline, type Phrase, paragraph } from './block.ts';
import { short } from './facts.ts';
import { incidentWords } from './incident-words.ts';

/** People of one role who can help; nobody: the role could not be told, or nobody holds it. */
export interface Helpers {
  readonly role: string;
  readonly logins: readonly string[];
}

/** What people are told of something that went past the gate: what, who, how things stand, who mends it and how. */
export interface IncidentNotice {
  /** `ledger frozen`: what was merged is decided when the ledger can be read again. */
  readonly reason: IncidentReason | 'ledger frozen';
  /** Why, in one or two sentences. Raw: it may hold text of people. */
  readonly because: string;
  /** null: GitHub does not say who. */
  readonly by: string | null;
  readonly baseRef: string;
  readonly commit: string;
  readonly model: string | null;
  /** What serves of the model; null: it cannot be told now. */
  readonly serving: readonly { readonly endpoint: string; readonly version: number }[] | null;
  readonly helpers: readonly Helpers[];
}

const frozen = {
  what: 'merged while the ledger is frozen',
  who: 'the governors',
  how: 'Let a ruleset allow only the app on the ledger branch. Gatehouse puts back what an anchor vouches for by itself; then it decides about this merge.',
};

export const noticeWords = (reason: IncidentNotice['reason']) =>
  reason === 'ledger frozen' ? frozen : incidentWords(reason);

/** `❌ Merged, not promoted.` with everything that somebody needs who has to mend it. */
export function incidentNotice(notice: IncidentNotice): readonly Block[] {
  const pushed = notice.reason === 'pushed past';
  const merged = notice.reason === 'ledger frozen' ? 'Merged, not decided yet.' : 'Merged, not promoted.';
  const title = pushed ? 'Pushed, not promoted.' : merged;
  const { how, who } = noticeWords(notice.reason);
  const items: readonly Phrase[] = [
    [
      `On ${notice.baseRef}: `,
      { code: short(notice.commit) },
      ` holds the change, ${doneBy(notice, pushed)}.`,
    ],
    [ledgerText(notice)],
    [servingText(notice)],
    ['Who mends it: ', who, ...helpersText(notice.helpers)],
    ['How: ', { prose: how }],
  ];
  return [
    paragraph('❌ ', { strong: title }, ' Nothing was written to the ledger. ', { prose: notice.because }),
    { kind: 'list', items },
  ];
}

const doneBy = ({ by }: IncidentNotice, pushed: boolean): string =>
  `${pushed ? 'pushed' : 'merged'} by ${by ?? 'somebody whom GitHub does not name'}`;

const ledgerText = ({ reason }: IncidentNotice): string =>
  reason === 'ledger frozen'
    ? 'In the ledger: it is frozen, because it is not what the app wrote.'
    : 'In the ledger: nothing of it. Nothing that it asks for is in a stage.';

function servingText({ serving, model }: IncidentNotice): string {
  if (serving === null) return 'Serving: what served before; nothing is moved.';
  const of = model === null ? '' : ` of ${model}`;
  if (serving.length === 0) return `Serving: nothing${of}, as before.`;
  return `Serving${of}: ${serving.map(({ endpoint, version }) => `${endpoint} v${version}`).join(', ')}, as before.`;
}

function helpersText(helpers: readonly Helpers[]): readonly Inline[] {
  const known = helpers.filter(({ logins }) => logins.length > 0);
  if (known.length === 0) return ['; an administrator of the repository can say who they are.'];
  const lists = known.map(({ role, logins }) => `${role} ${logins.slice(0, 5).join(', ')}`);
  return [` (${lists.join('; ')}).`];
}
