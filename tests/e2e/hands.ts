import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { findChromium } from '../../scripts/lib/chromium.mjs';

/** Of the machine, not of the product: no sandbox in a container, no traffic of the browser's own. */
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]; // prettier-ignore

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium: set CHROMIUM_PATH or run `npm run verify`, which brings one.');
  return chromium.launch({ executablePath, args: flags });
}

/** A person at the screen: presses and types, nothing else, and keeps count. */
export interface Hands {
  page: Page;
  clicks: number;
  /** Everything that the browser's console called an error, with the page it happened on. */
  errors: string[];
  press(role: 'button' | 'link' | 'radio' | 'checkbox', name: string | RegExp, within?: Locator): Promise<void>;
  type(label: string, text: string, within?: Locator): Promise<void>;
  choose(label: string, option: string, within?: Locator): Promise<void>;
  /** Opens what is folded under these words. */
  unfold(summary: string, within?: Locator): Promise<void>;
  /** The open side panel. */
  panel(): Locator;
  /** Sends the form in the panel and waits until it is taken. */
  submit(name: string): Promise<void>;
  see(text: string | RegExp): Promise<void>;
  /** No fault of accessibility on what is shown now, or on one part of it. */
  inspect(what: string, within?: string): Promise<void>;
}

export async function openHands(browser: Browser, origin: string): Promise<Hands> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'ru-RU',
    baseURL: origin,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const hands: Hands = {
    page,
    clicks: 0,
    errors: [],
    async press(role, name, within) {
      await (within ?? page)
        .getByRole(role, { name, exact: typeof name === 'string' })
        .first()
        .click();
      hands.clicks += 1;
    },
    async type(label, text, within) {
      await (within ?? page).getByLabel(label, { exact: true }).first().fill(text);
    },
    async choose(label, option, within) {
      await (within ?? page).getByLabel(label, { exact: true }).first().selectOption({ label: option });
      hands.clicks += 1;
    },
    async unfold(summary, within) {
      await (within ?? page).getByText(summary, { exact: true }).first().click();
      hands.clicks += 1;
    },
    panel: () => page.getByRole('dialog'),
    async submit(name) {
      await hands.press('button', name, hands.panel());
      try {
        await hands.panel().waitFor({ state: 'detached' });
      } catch {
        throw new Error(`the form was not taken:\n${await hands.panel().innerText()}`);
      }
    },
    async see(text) {
      await page.getByText(text).first().waitFor();
    },
    async inspect(what, within) {
      // Focus that fell on the page's body is lost to everybody who works by keyboard.
      const focused: unknown = await page.evaluate('document.activeElement?.tagName');
      if (focused === 'BODY') throw new Error(`${what}: the focus is lost`);
      const axe = new AxeBuilder({ page });
      const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
      const faults = violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map((node) => `${node.target.join(' ')} ${node.html}`)
            .join(' | ')
            .slice(0, 600)}`,
      );
      if (faults.length > 0) throw new Error(`${what} is not accessible:\n${faults.join('\n')}`);
    },
  };
  page.on('console', (message) => {
    // The system wrote while a form was open: the form goes on by itself, and one that does not is seen not to close.
    if (message.text().includes('status of 412')) return;
    if (message.type() === 'error') hands.errors.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => hands.errors.push(`${page.url()}: ${error.message}`));
  return hands;
}
