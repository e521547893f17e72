// Opens a page as a reader's browser does and says what is wrong with it: look.js PAGE.html FOLDER [TABLES]
// Screenshots and the PDF stay in FOLDER. Exit 1 where anything is wrong.
'use strict';
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [file, folder] = process.argv.slice(2);
const name = path.basename(file, '.html');
const wrong = [];
const check = (good, text) => { if (!good) wrong.push(text); };

async function open(browser, options) {
  const context = await browser.newContext(Object.assign({ bypassCSP: true, offline: true }, options));
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => { if (!request.url().startsWith('blob:')) asked.push(request.url()); });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) wrong.push('console: ' + message.text()); });
  page.on('pageerror', (error) => wrong.push('script: ' + error.message));
  page.on('dialog', (dialog) => { wrong.push('a dialog: ' + dialog.message()); dialog.dismiss(); });
  await page.goto('file://' + path.resolve(file));
  check(asked.length === 1, 'requests beside the page: ' + asked.slice(1).join(' '));
  return page;
}

async function accessible(page, how) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  found.violations.forEach((one) => wrong.push(`axe, ${how}: ${one.id} (${one.impact}): ${one.help}: ` +
    one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')));
}

// Every chart is named and described, has a title, and a table under it.
async function charts(page) {
  const figures = await page.$$eval('figure', (all) => all.map((figure) => ({
    id: figure.id,
    title: figure.querySelector('figcaption').textContent.trim(),
    named: Array.from(figure.querySelectorAll('svg[role=img]')).every((svg) => svg.querySelector('title').textContent && svg.querySelector('desc').textContent),
    drawn: figure.querySelectorAll('svg[role=img]').length,
    rows: figure.querySelectorAll('details table tbody tr').length,
  })));
  figures.forEach((one) => check(one.title.length > 20 && one.named && one.drawn > 0 && one.rows > 0, 'chart without title, name or table: ' + JSON.stringify(one)));
  return figures.length;
}

// Tab goes through everything that can be used, and what has the focus is seen.
async function keyboard(page) {
  const wanted = await page.$$eval('a[href], button, select, summary, [tabindex="0"]',
    (all) => all.filter((one) => one.checkVisibility()).length);
  const seen = new Set();
  for (let k = 0; k < wanted + 5; k++) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      one.dataset.seen = one.dataset.seen || String(Math.random());
      const style = getComputedStyle(one);
      return { key: one.dataset.seen, shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, tag: one.outerHTML.slice(0, 80) };
    });
    if (!now) continue;
    check(now.shown, 'focus is not seen on ' + now.tag);
    seen.add(now.key);
  }
  check(seen.size === wanted, `keyboard reaches ${seen.size} of ${wanted}`);
}

async function tools(page) {
  const block = page.locator('.table:visible').first();
  const heading = block.locator('thead th').nth(1).locator('button');
  if (await heading.count()) {
    await heading.focus();
    await page.keyboard.press('Enter');
    check(await block.locator('thead th').nth(1).getAttribute('aria-sort') === 'ascending', 'sorting does not say so');
  }
  const [download] = await Promise.all([page.waitForEvent('download'), block.getByText('Download CSV').click()]);
  const text = fs.readFileSync(await download.path(), 'utf8');
  check(text.split('\n').length > 1 && text.includes(','), 'the download is no table');
  for (const id of ['#choose-scenario', '#choose-area']) {
    const choice = page.locator(id);
    if (!(await choice.count())) continue;
    await choice.selectOption({ index: (await choice.locator('option').count()) - 1 });
    check((await page.locator('#chosen').textContent()).length > 0, id + ' does not say what it did');
    await choice.selectOption({ index: id === '#choose-area' ? 0 : 1 });
  }
}

(async () => {
  fs.mkdirSync(folder, { recursive: true });
  const shot = (page, what, full) => page.screenshot({ path: path.join(folder, `${name}-${what}.png`), fullPage: full });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const size = { width: 1280, height: 900 };

  // As the policy has it: nothing bypassed, no script of ours within.
  let page = await open(browser, { viewport: size, bypassCSP: false });
  check(await page.locator('.tools').count() > 0, 'the script does not run under the policy');
  await shot(page, 'top', false);
  await shot(page, 'light', true);
  const n = await charts(page);
  await tools(page);
  await page.close();

  page = await open(browser, { viewport: size });
  await accessible(page, 'light');
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  await accessible(page, 'all open');
  await page.close();
  page = await open(browser, { viewport: size });
  await keyboard(page);
  await page.close();

  page = await open(browser, { viewport: size, colorScheme: 'dark' });
  await accessible(page, 'dark');
  await shot(page, 'dark', true);
  await page.close();

  page = await open(browser, { viewport: { width: 320, height: 640 } });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= 320, `at 320 px the page is ${wide} px wide`);
  await accessible(page, 'narrow');
  await shot(page, 'narrow', true);
  await page.close();

  page = await open(browser, { viewport: size, javaScriptEnabled: false });
  const hidden = await page.locator('section >> visible=true').count();
  check(hidden === await page.locator('section').count(), 'without script a section is not shown');
  await shot(page, 'plain', false);
  await page.pdf({ path: path.join(folder, name + '.pdf'), preferCSSPageSize: true, printBackground: true });
  const pdf = fs.readFileSync(path.join(folder, name + '.pdf'), 'latin1');
  const pages = (pdf.match(/\/Type\s*\/Page\b/g) || []).length;
  check(pages >= 2, `the PDF has ${pages} pages`);
  await browser.close();

  wrong.forEach((text) => console.log('FAIL ' + text));
  console.log(`${name}: ${n} charts, ${pages} pages of PDF`);
  process.exit(wrong.length ? 1 : 0);
})().catch((error) => { console.log('FAIL ' + error.stack); process.exit(1); });
