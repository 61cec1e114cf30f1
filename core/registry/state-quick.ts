import type { Stage } from '../config/stage.ts';
import type { Digest } from '../evidence/evidence.ts';
import type { StateFile, Stay, StayApproval } from './state-file.ts';

/** Exactly the bytes that `renderModelFiles` writes: the key order, the quotes, the spaces. */
const start =
  /^v: 1\nmodel: ([a-z][a-z0-9-]*(?:\/[a-z][a-z0-9-]*)?)\nstages:((?:\n {2}'[1-9]\d{0,8}': [a-z]+)+)\n/;
const stageLine = /'(\d+)': (registered|staging|candidate|production|archived|rejected)$/gm;
const stayLines =
  / {2}- version: ([1-9]\d{0,8})\n {4}endpoint: ([a-z][a-z0-9-]*)\n {4}approvals:( \[\]|(?:\n {6}.+|\n {8}.+)+)\n {4}from: '([ -&(-~]*)'\n {4}how: ((?:promoted|rolled back)(?: by (?:break-glass|trigger))?)\n {4}pullRequest: (\d{1,9})\n {4}until: (?:(serving)|'([ -&(-~]*)')\n/y;
const approvalLines =
  /\n {6}- id: ([1-9]\d{0,14})\n {8}login: ([A-Za-z][A-Za-z0-9-]*)\n {8}role: ([a-z][a-z0-9-]*)\n {8}submittedAt: '([ -&(-~]*)'/y;
const end =
  /(?:heldOut:\n(?: {2}- labels: sha256:[0-9a-f]{64}\n {4}lastAt: '[ -&(-~]*'\n {4}looks: \d{1,9}\n)+)?lastEvent:\n {2}at: '([ -&(-~]*)'\n {2}hash: (sha256:[0-9a-f]{64})\n {2}seq: (\d{1,15})\n$/y;
/** A stay that has ended, by its form alone: `test` makes no strings of it. */
const endedStay =
  / {2}- version: [1-9]\d{0,8}\n {4}endpoint: [a-z][a-z0-9-]*\n {4}approvals:(?: \[\]|(?:\n {6}- id: [1-9]\d{0,14}\n {8}login: [A-Za-z][A-Za-z0-9-]*\n {8}role: [a-z][a-z0-9-]*\n {8}submittedAt: '[ -&(-~]*')+)\n {4}from: '[ -&(-~]*'\n {4}how: (?:promoted|rolled back)(?: by (?:break-glass|trigger))?\n {4}pullRequest: \d{1,9}\n {4}until: '(?!serving')[ -&(-~]*'\n/y;
/** Words that YAML takes for something else than a text. */
const noText = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/**
 * Reads a state file in the one form in which the app writes it, without a reader of YAML.
 * @param keep `serving`: stays that have ended are passed over, which are nearly all of them
 * @returns null for every other form: a reader of YAML must say what it means
 */
export function readStateQuickly(text: string, keep: 'all' | 'serving' = 'all'): StateFile | null {
  const head = start.exec(text);
  if (head === null) return null;
  const [whole, model = '', lines = ''] = head;
  const stages = new Map<number, Stage>();
  let last = 0;
  for (const [, version, stage] of lines.matchAll(stageLine)) {
    if (Number(version) <= last) return null;
    last = Number(version);
    stages.set(last, stage as Stage);
  }
  const stays = readStays(text, whole.length, keep);
  if (stages.size !== lines.split('\n').length - 1 || stays === null || isNoText(model)) return null;
  end.lastIndex = stays.at;
  const [, at = '', hash, seq] = end.exec(text) ?? [];
  if (hash === undefined) return null;
  const lastEvent = { seq: Number(seq), hash: hash as Digest, at };
  return { model, stages, deployments: stays.deployments, lastEvent };
}

function readStays(
  text: string,
  from: number,
  keep: 'all' | 'serving',
): { readonly deployments: readonly Stay[]; readonly at: number } | null {
  if (text.startsWith('deployments: []\n', from)) {
    return { deployments: [], at: from + 'deployments: []\n'.length };
  }
  if (!text.startsWith('deployments:\n', from)) return null;
  const deployments: Stay[] = [];
  const first = from + 'deployments:\n'.length;
  let at = first;
  while (text.startsWith('  - ', at)) {
    endedStay.lastIndex = at;
    if (keep === 'serving' && endedStay.test(text)) {
      at = endedStay.lastIndex;
      continue;
    }
    stayLines.lastIndex = at;
    const [whole, version, endpoint = '', people = '', since = '', how, pullRequest, serving, until = ''] =
      stayLines.exec(text) ?? [];
    const approvals = readApprovals(people);
    if (whole === undefined || approvals === null || isNoText(endpoint)) return null;
    // A time that reads "serving" in quotes would mean the same in YAML.
    if (serving === undefined && until === 'serving') return null;
    at += whole.length;
    deployments.push({
      version: Number(version),
      endpoint,
      from: since,
      until: serving === undefined ? until : null,
      pullRequest: Number(pullRequest),
      how: how as Stay['how'],
      approvals,
    });
  }
  return at === first ? null : { deployments, at };
}

function readApprovals(people: string): readonly StayApproval[] | null {
  if (people === ' []') return [];
  const approvals: StayApproval[] = [];
  for (let at = 0; at < people.length; ) {
    approvalLines.lastIndex = at;
    const [whole, id, login = '', role = '', submittedAt = ''] = approvalLines.exec(people) ?? [];
    if (whole === undefined || isNoText(login) || isNoText(role)) return null;
    at += whole.length;
    approvals.push({ id: Number(id), login, role, submittedAt });
  }
  return approvals;
}

const isNoText = (word: string): boolean => noText.test(word);
