import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** A browser on the PATH; null: none is installed. */
export function findBrowser(path = process.env.PATH ?? ''): string | null {
  for (const folder of path.split(delimiter)) {
    for (const name of names) if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** Answers of the protocol that are read here. */
interface Answer {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
  readonly method?: string;
}

/**
 * One page of a headless browser, driven over its own protocol.
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export class Browser {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #events = new Map<string, () => void>();
  #last = 0;
  #session: string | undefined;

  private constructor(child: ChildProcess, profile: string, socket: WebSocket) {
    this.#child = child;
    this.#profile = profile;
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
      else if (answer.method !== undefined) this.#events.get(answer.method)?.();
    });
  }

  static async open(command: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'gatehouse-browser-'));
    const child = spawn(
      command,
      [
        '--headless=new',
        // The page is ours and loads nothing; containers and root have no sandbox of the browser.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-extensions',
        '--no-first-run',
        '--hide-scrollbars',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const socket = new WebSocket(await addressOf(child));
    await new Promise((done, fail) => {
      socket.addEventListener('open', done, { once: true });
      socket.addEventListener('error', () => fail(new Error('no connection to the browser')), { once: true });
    });
    const browser = new Browser(child, profile, socket);
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    browser.#session = String(sessionId);
    await browser.send('Page.enable', {});
    return browser;
  }

  async send(method: string, params: object): Promise<Readonly<Record<string, unknown>>> {
    this.#last += 1;
    const id = this.#last;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    const { result, error } = await new Promise<Answer>((done) => {
      this.#waiting.set(id, done);
      this.#socket.send(JSON.stringify({ id, method, params, ...session }));
    });
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  /** Opens an address and waits until it is loaded. */
  async visit(url: string): Promise<void> {
    const loaded = new Promise<void>((done) => this.#events.set('Page.loadEventFired', done));
    await this.send('Page.navigate', { url });
    await loaded;
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    return (result as { readonly value?: unknown }).value;
  }

  async close(): Promise<void> {
    const gone = new Promise((done) => this.#child.once('exit', done));
    this.#socket.close();
    this.#child.kill('SIGKILL');
    await gone;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The browser prints where it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    child.stderr?.on('data', (part: Buffer) => {
      text += part.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address !== undefined) done(address);
    });
    child.once('exit', (code) => fail(new Error(`the browser ended with ${code}: ${text.slice(-500)}`)));
    child.once('error', fail);
  });
}
