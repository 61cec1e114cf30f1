import { type Incident, isOpen, type LedgerCorrection } from '../registry/incident.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { counted } from './count-text.ts';
import { incidentEndWords, incidentWords } from './incident-words.ts';
import { showTime } from './time-text.ts';

/** `gatehouse registry incidents`: what went past the gate, and what was put back. @param all closed ones too */
export function incidentBlocks(
  incidents: readonly Incident[],
  corrections: readonly LedgerCorrection[],
  all: boolean,
): readonly Block[] {
  const open = incidents.filter(isOpen);
  const shown = all ? incidents : open;
  const headline = paragraph(
    { strong: open.length === 0 ? 'No open incident' : counted(open.length, 'open incident') },
    `, ${incidents.length - open.length} closed, ${counted(corrections.length, 'correction')} of the ledger`,
  );
  return [
    headline,
    ...(shown.length === 0 ? [] : [incidentTable(shown)]),
    ...open.slice(0, 1).map(({ reason }) => paragraph(incidentWords(reason).how)),
    ...corrections.map(correctionBlock),
  ];
}

export function incidentTable(incidents: readonly Incident[]): Block {
  return {
    kind: 'table',
    head: ['incident', 'since', 'what', 'model', 'pull request', 'by', 'commit', 'who mends it'],
    align: ['r', 'l', 'l', 'l', 'r', 'l', 'l', 'l'],
    rows: incidents.map((incident): Phrase[] => {
      const { what, who } = incidentWords(incident.reason);
      const end = incident.closed;
      return [
        [`${incident.number}`],
        [showTime(incident.at)],
        [what],
        [incident.model ?? '–'],
        [incident.pullRequest === null ? 'none' : `#${incident.pullRequest}`],
        [incident.by.login],
        [{ code: incident.commit.slice(0, 12) }],
        [end === null ? who : `closed on ${showTime(end.at)}: ${incidentEndWords(end.because)}`],
      ];
    }),
  };
}

/** One line for each time that the ledger was put back. */
export function correctionBlock({ number, at, size, restored, foreign }: LedgerCorrection): Block {
  const others = foreign.map((sha) => sha.slice(0, 12)).join(', ');
  return paragraph(
    { strong: `Correction ${number}` },
    ` on ${showTime(at)}: the content of `,
    { code: restored.slice(0, 12) },
    ` (${counted(size, 'entry', 'entries')}) was put back. `,
    others === '' ? 'The branch had been set back or deleted.' : `Not written by the app: ${others}.`,
  );
}
