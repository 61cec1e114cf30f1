import { listArchive } from '../../adapters/archive/directory.ts';
import { readWhole } from '../../adapters/archive/entry.ts';
import { fromBytes } from '../../adapters/archive/source.ts';
import { readEvidenceFile } from '../../adapters/github/evidence-zip.ts';
import { tellStory } from '../../core/audit/ledger.fixture.ts';
import { parseSignedAnchor } from '../../core/audit/signed-anchor.ts';
import { parseHead, parseTransaction } from '../../core/audit/transaction.ts';
import { parseEnvelope } from '../../core/evidence/envelope.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { honestWorld, seal } from '../../core/evidence/receipt.fixture.ts';
import { verifyReceipt } from '../../core/evidence/receipt.ts';
import { parseRunRecord } from '../../core/evidence/run-record.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { parseEndpointFile, parseVersionFile } from '../../core/registry/registry-files.ts';
import { parseStateFile } from '../../core/registry/state-file.ts';
import { sampleRun } from '../../core/report/sample.fixture.ts';
import { answerByFindings, answerOf } from './reading.ts';
import type { Surface } from './surface.ts';
import { lyingZip } from './zip.ts';

const world = honestWorld();
export const sealed = seal(world);
const ledger = tellStory().files;
export const ledgerText = (path: string): string => {
  const text = ledger.get(path);
  if (text === undefined) throw new Error(`the story has no ${path}`);
  return text;
};
export const statePath = 'models/flight-delay/state.yml';
const versionPath = 'models/flight-delay/versions/0001.yml';
const endpointPath = 'endpoints/eu/flight-delay.yml';
export const transactionPath =
  [...ledger.keys()].find((path) => /^audit\/flight-delay\/000\//.test(path)) ?? '';
export const runRecordText = canonicalJson(sampleRun);

export const twoFiles = [
  { name: 'evidence.json', content: sealed.text },
  { name: 'receipt.jwt', content: sealed.token },
] as const;

const text = (name: string, good: string, parse: (content: string) => unknown): Surface => ({
  name,
  good,
  read: (bytes) =>
    answerOf(() => {
      parse(Buffer.from(bytes).toString());
    }),
});

/** What a run hands in as proof, and what lies on the branch of the ledger. */
export const proofSurfaces: readonly Surface[] = [
  {
    name: 'evidence zip',
    good: lyingZip(twoFiles),
    read: (bytes) =>
      answerOf(() => {
        readEvidenceFile(bytes);
      }),
  },
  {
    name: 'artifact zip',
    good: lyingZip([{ name: 'model.json', content: '{}' }]),
    read: (bytes) =>
      answerOf(async () => {
        const source = fromBytes(bytes);
        for (const entry of await listArchive(source, { entries: 20, entryBytes: 16_777_216 })) {
          await readWhole(source, entry);
        }
      }),
  },
  text('evidence', sealed.text, parseEvidence),
  text('run record', runRecordText, (content) => parseRunRecord(content, 'run.json')),
  text('transaction', ledgerText(transactionPath), (content) => parseTransaction(content, transactionPath)),
  text('ledger head', ledgerText('audit/HEAD.json'), (content) => parseHead(content, 'audit/HEAD.json')),
  text('state file', ledgerText(statePath), (content) => parseStateFile(content, statePath, 'flight-delay')),
  text('version file', ledgerText(versionPath), (content) =>
    parseVersionFile(content, versionPath, 'flight-delay', 1),
  ),
  text('endpoint file', ledgerText(endpointPath), (content) =>
    parseEndpointFile(content, endpointPath, 'flight-delay', 'eu'),
  ),
  {
    name: 'receipt',
    good: sealed.token,
    read: (bytes) => {
      const token = Buffer.from(bytes).toString();
      const found = verifyReceipt({ ...sealed, token }, world.keys, world.expectations);
      return answerByFindings('claims' in found ? [] : [found]);
    },
  },
];

/** Readers of which no fixture makes a good file without keys or a whole job: they have tests of their own for those. */
export const strictSurfaces: readonly Omit<Surface, 'good'>[] = [
  text('envelope', '', parseEnvelope),
  text('anchor', '', (content) => parseSignedAnchor(content, 'anchor.json')),
];
