import { createHash } from 'node:crypto';
import { Story } from '../../core/audit/ledger.fixture.ts';
import { emptyHead, extendHead } from '../../core/audit/merkle.ts';
import { renderHead } from '../../core/audit/transaction.ts';
import { judgementOf } from '../../core/evidence/evidence.fixture.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { canonicalJson, digestBytes, digestOf } from '../../core/json/canonical.ts';
import { headPath, operationPath, statePath, transactionPath } from '../../core/registry/layout.ts';
import type { Transaction } from '../../core/registry/ledger.ts';
import { genesisOf, streamOf } from '../../core/registry/stream.ts';

const versions = 20;
/** As long as every other name, so that texts keep their length. */
const pattern = 'model-00000';
/** Decisions are left small: no question reads them, and a gigabyte of them would only take time to write. */
const decisionInput = { kind: 'synthetic' };
const sealed: Transaction['sealed'] = [];

/** An event as text, cut where every model has something of its own. */
interface EventText {
  readonly start: string;
  readonly middle: string;
  readonly end: string;
}

interface TransactionText {
  readonly first: number;
  readonly operation: string;
  readonly events: readonly EventText[];
}

/** The files of one model of 20 versions and 100 events, made by the code of the ledger; all others are copies of it by text. */
export class ModelPattern {
  private readonly transactions: readonly TransactionText[];
  /** Everything that is not under audit/. */
  private readonly files: readonly (readonly [string, string])[];
  private readonly lastHash: Digest;
  private readonly hashes: Digest[] = [];

  constructor() {
    const story = tellPattern();
    const state = story.state(pattern);
    this.lastHash = state.lastHash;
    const texts = [...story.files].filter(([path]) => /^audit\/.*\d\.json$/.test(path));
    this.transactions = texts.map(([, text]) => cutTransaction(JSON.parse(text) as Transaction));
    this.files = [...story.files].filter(([path]) => /^(?:models|endpoints)\//.test(path));
  }

  get eventsPerModel(): number {
    return this.transactions.reduce((sum, { events }) => sum + events.length, 0);
  }

  /** All files of one model; its events follow those of the model before it. */
  *filesOf(index: number): Generator<readonly [string, string]> {
    const model = `model-${String(index).padStart(5, '0')}`;
    const rename = (text: string): string => text.replaceAll(pattern, model);
    let prev: Digest = genesisOf(streamOf(model));
    for (const { first, operation, events } of this.transactions) {
      const gfirst = this.hashes.length;
      const written = events.map((event) => {
        const [start, middle, end] = [rename(event.start), event.middle, rename(event.end)];
        const gseq = `"gseq":${this.hashes.length},`;
        const tail = `${middle}"prev":"${prev}"${end}`;
        prev = digestText(`gatehouse-audit-v1\n${start}${gseq}${tail}`);
        this.hashes.push(prev);
        return `${start}${gseq}"hash":"${prev}",${tail}`;
      });
      const path = transactionPath(model, first);
      yield [path, frame(written.join(','), first, gfirst, streamOf(model))];
      yield [operationPath(model, operation), `${path}\n`];
    }
    for (const [path, text] of this.files) {
      const renamed = rename(text);
      const isState = path === statePath(pattern);
      yield [rename(path), isState ? renamed.replace(this.lastHash, prev) : renamed];
    }
  }

  /** The head of everything that was written so far. */
  head(): readonly [string, string] {
    return [headPath, renderHead(extendHead(emptyHead, this.hashes))];
  }
}

/** Every version is registered, staged, judged and promoted, and takes the place of the one before it. */
function tellPattern(): Story {
  const story = new Story();
  for (let version = 1; version <= versions; version += 1) {
    story.propose(pattern);
    const artifactDigest = digestBytes(`${pattern} ${version}`);
    story.look({ ...judgementOf({ artifactDigest }), model: pattern, resultDigest: artifactDigest });
    story.move([{ version }], pattern);
  }
  story.move([{ version: versions, endpoint: 'us' }], pattern);
  return story;
}

function cutTransaction({ first, events }: Transaction): TransactionText {
  const decision = digestOf({ decisionInput, sealed });
  return {
    first,
    operation: events[0]?.operation ?? '',
    events: events.map((event) => {
      const { hash: _, ...rest } = { ...event, decision, gseq: 0 };
      const text = canonicalJson(rest);
      const [start = '', afterSeq = ''] = cut(text, /"gseq":0,/);
      const [middle = '', end = ''] = cut(afterSeq, /"prev":"sha256:[0-9a-f]{64}"/);
      return { start, middle, end };
    }),
  };
}

function cut(text: string, at: RegExp): readonly string[] {
  const parts = text.split(at);
  if (parts.length !== 2) throw new Error(`an event has ${parts.length - 1} of ${at}`);
  return parts;
}

const frame = (events: string, first: number, gfirst: number, stream: string): string =>
  `{"decisionInput":${canonicalJson(decisionInput)},"events":[${events}],"first":${first},"gfirst":${gfirst},"kind":"AuditTransaction","sealed":[],"stream":"${stream}","v":1}\n`;

const digestText = (text: string): Digest => `sha256:${createHash('sha256').update(text).digest('hex')}`;
