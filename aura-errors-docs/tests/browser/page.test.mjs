// The HTML page in a browser. Run by .ci/page, which makes the pages:
//   PAGES    the folder with aura.html, hostile.html and many.html
//   CHROMIUM the browser
//   SHOTS    a folder for screenshots; none are taken without it
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const { PAGES, CHROMIUM, SHOTS } = process.env;
const MANY = 1000;
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
let browser;
let server;
let origin;

before(async () => {
  server = createServer(async (request, response) => {
    const name = new URL(request.url, "http://localhost").pathname;
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(await readFile(PAGES + name));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

// A test with a page of its own, during which the browser may neither complain nor load anything else.
function onPage(title, path, options, body) {
  // Long enough for the largest page on a slow machine.
  test(title, { timeout: 900_000 }, async () => {
    const context = await browser.newContext({ viewport: WIDE, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints = [];
    const requests = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", (request) => requests.push(request.url()));
    const url = path.startsWith("file:") ? path : origin + path;
    await page.goto(url);
    try {
      await body(page, context);
      assert.deepEqual(complaints, []);
      const others = requests.filter((request) => new URL(request).pathname !== new URL(url).pathname);
      assert.deepEqual(others.filter((request) => !request.startsWith("data:")), []);
    } finally {
      await context.close();
    }
  });
}

const names = (page) => page.$$eval("article.error", (all) => all.filter((one) => !one.hidden).map((one) => one.id));
const count = (page) => page.textContent("[id=':count']");
const type = (page, id, text) => page.fill(`[id='${id}']`, text);
const choose = (page, id, value) => page.selectOption(`[id='${id}']`, value);
// Waits for the end of the scrolling.
const isSeen = (page, id) => page.waitForFunction((id) => {
  const { top } = document.getElementById(id).getBoundingClientRect();
  return top >= -50 && top < innerHeight / 2;
}, id);

// `without`: rules to leave out.
async function accessible(page, without = []) {
  await page.addScriptTag({ path: axe });
  const { violations, passes } = await page.evaluate((without) => {
    const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
    return window.axe.run(document, { resultTypes: ["violations"], rules });
  }, without);
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html)}`);
  assert.deepEqual(found, []);
  assert.ok(passes.length > 10);
}

async function fits(page) {
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= seen, `${wide} px wide on a screen of ${seen} px`);
}

async function shot(page, name, full = false) {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: full });
}

onPage("everything is there", "/aura.html", {}, async (page) => {
  assert.deepEqual(await names(page), ["bad_request", "not_authenticated", "wrong_auth_scheme", "not_found",
    "validation", "rate_limited", "internal"]);
  assert.equal(await count(page), "7 errors");
  assert.equal(await page.title(), "Errors of the Aura API");
  await shot(page, "light");
  await shot(page, "light-full", true);
});

onPage("search looks at names, codes, texts and bodies", "/aura.html", {}, async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("X-API-KEY");
  assert.deepEqual(await names(page), ["not_authenticated"]);
  assert.equal(await count(page), "1 of 7 errors");
  await type(page, ":q", "value_error.missing");
  assert.deepEqual(await names(page), ["validation"]);
  await type(page, ":q", "limit retry-after");
  assert.deepEqual(await names(page), ["rate_limited"]);
  assert.deepEqual(await page.$$eval(".side li:not([hidden])", (all) => all.map((one) => one.textContent)), ["rate_limited"]);
  assert.match(page.url(), /\?q=limit\+retry-after/);
  await type(page, ":q", "no such thing");
  assert.deepEqual(await names(page), []);
  assert.ok(await page.isVisible("[id=':none']"));
  await page.focus("[id=':q']");
  await page.keyboard.press("Escape");
  assert.equal((await names(page)).length, 7);
  assert.ok(await page.isHidden("[id=':none']"));
});

onPage("filters by status, class and code", "/aura.html", {}, async (page) => {
  await choose(page, ":status", "404");
  assert.deepEqual(await names(page), ["not_found"]);
  await choose(page, ":status", "5xx");
  assert.deepEqual(await names(page), ["internal"]);
  await choose(page, ":status", "");
  await choose(page, ":class", "auth");
  assert.deepEqual(await names(page), ["not_authenticated", "wrong_auth_scheme"]);
  await type(page, ":code", "wrong");
  assert.deepEqual(await names(page), ["wrong_auth_scheme"]);
  await shot(page, "filtered");
  await page.goto(page.url());
  assert.deepEqual(await names(page), ["wrong_auth_scheme"]);
  await page.click("[id=':clear']");
  assert.equal(await count(page), "7 errors");
  assert.ok(!page.url().includes("?"));
});

onPage("a link leads to its error, hidden or not", "/aura.html#rate_limited", {}, async (page) => {
  await isSeen(page, "rate_limited");
  assert.equal(await page.textContent(".side [aria-current]"), "rate_limited");
  await shot(page, "target");
  await choose(page, ":status", "404");
  await page.evaluate(() => { location.hash = "#validation"; });
  await page.waitForFunction(() => !document.getElementById("validation").hidden);
  assert.equal((await names(page)).length, 7);
  await isSeen(page, "validation");
});

onPage("a body is copied", "/aura.html", {}, async (page, context) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.click("#validation .copy");
  await page.waitForFunction(() => document.querySelector("#validation .copy").textContent.startsWith("Copied"));
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  assert.deepEqual(copied, { error: "Validation error",
    detail: [{ loc: ["body", "name"], msg: "field required", type: "value_error.missing" }] });
});

onPage("a body is copied without permission to use the clipboard", "/aura.html", {}, async (page) => {
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("denied")); });
  await page.evaluate(() => document.addEventListener("copy", () => { window.copied = String(getSelection()); }));
  await page.click("#not_found .copy");
  await page.waitForFunction(() => window.copied);
  assert.equal(JSON.parse(await page.evaluate(() => window.copied)).error, "Not found");
});

onPage("colours follow the system and the button", "/aura.html", { colorScheme: "dark" }, async (page) => {
  const light = () => page.evaluate(() => {
    const [red] = getComputedStyle(document.body).backgroundColor.match(/\d+/g);
    return +red > 128;
  });
  assert.equal(await light(), false);
  await shot(page, "dark");
  await page.click("[id=':theme']");
  assert.equal(await light(), true);
  await page.reload();
  assert.equal(await light(), true);
  await page.click("[id=':theme']");
  assert.equal(await light(), false);
  await page.click("[id=':theme']");
  await page.emulateMedia({ colorScheme: "light" });
  assert.equal(await light(), true);
});

onPage("it fits a phone", "/aura.html", { viewport: PHONE, isMobile: true, hasTouch: true }, async (page) => {
  await fits(page);
  await shot(page, "phone");
  await page.tap(".side summary");
  await page.tap(".side a[href='#validation']");
  await isSeen(page, "validation");
  assert.ok(await page.isHidden(".side ul"));
  await shot(page, "phone-error");
  await shot(page, "phone-full", true);
  await fits(page);
});

onPage("it works from the keyboard", "/aura.html", {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the errors");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.activeElement.closest("article")?.id);
  assert.equal(inside, "bad_request");
});

for (const name of ["aura", "hostile"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [WIDE, PHONE]) {
      onPage(`axe finds nothing: ${name}, ${colorScheme}, ${viewport.width} px`, `/${name}.html`,
        { colorScheme, viewport, bypassCSP: true }, (page) => accessible(page));
    }
  }
}

onPage("what people write stays text", "/hostile.html", {}, async (page) => {
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(await page.$$eval("script, img, iframe, [onclick], [onerror]", (all) => all.map((one) => one.tagName)), ["SCRIPT"]);
  assert.deepEqual(await page.$$eval("a[href^='javascript']", (all) => all.length), 0);
  await fits(page);
  await shot(page, "hostile", true);
});

onPage("it fits a phone, whatever people write", "/hostile.html", { viewport: PHONE }, async (page) => {
  await fits(page);
  await shot(page, "hostile-phone", true);
});

onPage("a code is a link too", "/hostile.html#4711", {}, async (page) => {
  await isSeen(page, "numbered");
  assert.equal(await page.textContent(".side [aria-current]"), "numbered");
});

test("everything can be read without JavaScript", { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: WIDE });
  const page = await context.newPage();
  await page.goto(`${origin}/aura.html#rate_limited`);
  assert.equal(await page.locator("article.error:visible").count(), 7);
  assert.equal(await page.locator(".tools:visible, .copy:visible, .theme:visible").count(), 0);
  assert.equal(await page.locator(".side a:visible").count(), 7);
  await shot(page, "no-script");
  await context.close();
});

onPage("it works from a file", pathToFileURL(`${PAGES}/aura.html`).href, {}, async (page) => {
  await type(page, ":q", "rate");
  assert.deepEqual(await names(page), ["rate_limited"]);
});

onPage("a thousand errors stay usable", `/many.html`, {}, async (page) => {
  assert.equal(await count(page), `${MANY} errors`);
  await type(page, ":code", "rate_limited_99");
  assert.ok((await names(page)).length < 20);
  // Measured in the page, so that a slow machine between it and this test does not count.
  const spent = await page.evaluate(() => {
    const input = document.getElementById(":q");
    document.getElementById(":code").value = "";
    const start = performance.now();
    for (const text of ["v", "va", "val", "valid"]) {
      input.value = text;
      input.dispatchEvent(new Event("input"));
    }
    document.body.getBoundingClientRect();
    return (performance.now() - start) / 4;
  });
  console.log(`a key of the search takes ${spent.toFixed(1)} ms`);
  assert.ok(spent < 2000, `${spent} ms`);
  const kinds = new Set((await names(page)).map((name) => name.replace(/_\d+$/, "")));
  assert.deepEqual([...kinds].sort(), ["bad_request", "not_authenticated", "validation"]);
  await page.evaluate(() => { location.hash = "#internal_510"; });
  await isSeen(page, "internal_510");
  await shot(page, "many");
});

onPage("axe finds nothing among a thousand errors", "/many.html", { bypassCSP: true }, async (page) => {
  // These look at what is around every element, or compare it with every other; the small pages have passed them.
  await accessible(page, ["color-contrast", "link-in-text-block", "target-size"]);
});
