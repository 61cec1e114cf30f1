import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtmlReport } from '../../core/report/html/report.ts';
import { judgedEvidence, sampleRequests } from '../../core/report/judged-sample.fixture.ts';
import { Browser, findBrowser } from './browser.fixture.ts';

const command = findBrowser();
if (command === null) {
  console.log('No chromium or chrome on the PATH: nobody looked at the HTML report in a browser.');
}

const widths = [1280, 400] as const;
const schemes = ['light', 'dark'] as const;

describe.skipIf(command === null)('the HTML report in a browser', () => {
  const folder = process.env.GATEHOUSE_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'gatehouse-html-'));
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    const latency = { challenger: sampleRequests(2.1), champion: sampleRequests(1) };
    writeFileSync(join(folder, 'report.html'), renderHtmlReport(judgedEvidence(), { latency }));
    browser = await Browser.open(command ?? '');
    await browser.visit(pathToFileURL(join(folder, 'report.html')).href);
  });
  afterAll(async () => {
    await browser.close();
    if (process.env.GATEHOUSE_SCREENSHOTS === undefined) rmSync(folder, { recursive: true });
  });

  test.each(widths.flatMap((width) => schemes.map((scheme) => [width, scheme] as const)))(
    'at %i pixels, %s: nothing overflows, and no words lie on each other',
    async (width, scheme) => {
      await browser.send('Emulation.setDeviceMetricsOverride', {
        width,
        height: 900,
        deviceScaleFactor: 1,
        mobile: false,
      });
      await browser.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value: scheme }],
      });
      const page = (await browser.evaluate(measurePage)) as Measured;
      expect(page.scrollWidth).toBeLessThanOrEqual(page.innerWidth);
      expect(page.innerWidth).toBe(width);
      expect(page.outside).toEqual([]);
      expect(page.pictures).toBeGreaterThan(8);
      expect(page.ground).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)');
      const { data } = await browser.send('Page.captureScreenshot', {
        format: 'png',
        captureBeyondViewport: true,
        clip: { x: 0, y: 0, width, height: Math.min(page.height, 12_000), scale: 1 },
      });
      const image = Buffer.from(String(data), 'base64');
      writeFileSync(join(folder, `report-${width}-${scheme}.png`), image);
      expect(image.length).toBeGreaterThan(20_000);
    },
  );

  test('every folded part and every table that scrolls is reached by the keyboard', async () => {
    expect(
      await browser.evaluate(
        `[...document.querySelectorAll('summary, .scroll, nav a')].every((each) => each.tabIndex >= 0)`,
      ),
    ).toBe(true);
  });
});

interface Measured {
  readonly scrollWidth: number;
  readonly innerWidth: number;
  readonly height: number;
  readonly pictures: number;
  readonly ground: string;
  /** Words of pictures that are cut off by their edge. */
  readonly outside: readonly string[];
}

const measurePage = `(() => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  const outside = [...document.querySelectorAll('svg text')].filter((text) => {
    const own = text.getBoundingClientRect();
    const svg = text.ownerSVGElement.getBoundingClientRect();
    return own.left < svg.left - 1 || own.right > svg.right + 1 || own.bottom > svg.bottom + 1;
  }).map((text) => text.textContent);
  const measured = {
    outside,
    scrollWidth: document.documentElement.scrollWidth,
    innerWidth: window.innerWidth,
    pictures: document.querySelectorAll('svg[role=img]').length,
    ground: getComputedStyle(document.body).backgroundColor,
  };
  for (const each of document.querySelectorAll('details')) each.open = false;
  return { ...measured, height: document.documentElement.scrollHeight };
})()`;
