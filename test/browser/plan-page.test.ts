import { planHtml } from "../../provider/report/html/plan-html";
import { orgChart } from "../../provider/report/org-chart";
import { reviewOf } from "../../provider/report/review";
import { plan } from "../../provider/roster/plan";
import { largePlan, mixedPlan, pageOf, refusedPlan } from "../report/html/plans";
import { declare, desired, dev, live, policy } from "../support/people";
import type { Browser, Page } from "./chromium";
import { startChromium } from "./chromium";
import { findChromium } from "./find-chromium";

jest.setTimeout(120_000);

const program = findChromium();
const inChromium = program === null ? describe.skip : describe;
if (program === null) console.warn("skipped: no Chromium on the path; name one with CHROMIUM=/path/to/chromium");

const READY = "document.querySelector('#tree [role=treeitem]') !== null";
/** The line that the chart says is the active one. */
const ACTIVE = "document.getElementById(document.getElementById('tree').getAttribute('aria-activedescendant'))";
const type = (id: string, text: string): string =>
  `(() => { const field = document.getElementById("${id}"); field.value = ${JSON.stringify(text)}; field.dispatchEvent(new Event("input")); })()`;
const texts = (selector: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent.trim())`;

inChromium("the page in Chromium", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startChromium(program ?? "");
  });
  afterEach(() => page.close());
  afterAll(() => browser.close());
  const open = async (html: string, options = {}): Promise<void> => {
    page = await browser.open(html, options);
    await page.until(READY);
  };

  test("it asks for nothing, and its own policy refuses nothing of it", async () => {
    await open(pageOf(mixedPlan()));
    expect(page.complaints).toEqual([]);
    // The policy is in force: neither a script nor a style nor markup of a text gets in.
    const got = await page.evaluate<unknown>(`(() => {
      const script = document.createElement("script");
      let refused = "";
      try { script.text = "window.got = 1"; document.body.append(script); document.body.innerHTML = "<b>"; } catch (error) { refused = error.name; }
      return [window.got ?? null, refused];
    })()`);
    expect(got).toEqual([null, "TypeError"]);
    await page.evaluate("fetch('data:text/plain,x').then(() => 'went out', () => 'refused')").then((said) => {
      expect(said).toBe("refused");
    });
  });

  test("without a script: the verdict, the refusals and the changes", async () => {
    page = await browser.open(pageOf(refusedPlan()), { script: false });
    const shown = await page.evaluate<string>("document.body.innerText");
    expect(shown).toContain("Refused.");
    expect(shown).toContain("3 developers would be deleted; guards.maxDelete allows 1 of 24");
    expect(shown).toContain("allow: [{ delete: [<emails>], reason: <why>, until: <day> }]");
    expect(shown).toContain("The org chart needs JavaScript");
    expect(shown).not.toContain("Search in all changes");
    expect(await page.evaluate("document.querySelectorAll('#rows tr').length")).toBe(16);
  });

  test("with and without a script, the rows say the same", async () => {
    await open(pageOf(mixedPlan()));
    const rows =
      "[...document.querySelectorAll('#rows tr')].map((row) => [...row.cells].map((cell) => { const copy = cell.cloneNode(true); copy.querySelector('.unseen')?.remove(); return copy.textContent.replace(/\\s+/g, ''); }))";
    const scripted = await page.evaluate<string[][]>(rows);
    await page.close();
    page = await browser.open(pageOf(mixedPlan()), { script: false });
    expect(scripted).toHaveLength(16);
    expect(await page.evaluate(rows)).toEqual(scripted);
  });

  test("search, filter and order, and the number of hits is announced", async () => {
    await open(pageOf(mixedPlan()));
    const hits = "document.getElementById('hits').textContent";
    expect(await page.evaluate(hits)).toBe("All 16 rows");
    await page.evaluate(type("search", "jose discovery"));
    await page.until(`${hits} === '1 of 16 rows'`);
    expect(await page.evaluate(texts("#rows .who button bdi"))).toEqual(["José Álvarez"]);
    await page.evaluate(type("search", "nobody like this"));
    await page.until(`${hits} === '0 of 16 rows'`);
    expect(await page.evaluate("document.getElementById('no-hits').hidden")).toBe(false);
    await page.evaluate("document.getElementById('search').focus()");
    await page.press("Escape");
    expect(await page.evaluate(hits)).toBe("All 16 rows");

    await page.evaluate(
      "[...document.querySelectorAll('#kinds button')].find((one) => one.textContent.startsWith('Leaves')).click()",
    );
    expect(await page.evaluate(hits)).toBe("3 of 16 rows");
    expect(await page.evaluate(texts("#rows .badge"))).toEqual(["\u2212leaves", "\u2212leaves", "\u2212leaves"]);
    await page.evaluate("document.querySelector('button.sort[data-column=who]').click()");
    expect(await page.evaluate(texts("#rows .who button bdi"))).toEqual([
      "Alan Haddad 2",
      "Barbara Novák 3",
      "Robin Twin",
    ]);
    await page.evaluate("document.querySelector('button.sort[data-column=who]').click()");
    expect(await page.evaluate(texts("#rows .who button bdi"))).toEqual([
      "Robin Twin",
      "Barbara Novák 3",
      "Alan Haddad 2",
    ]);
    expect(await page.evaluate("document.querySelector('th.who').getAttribute('aria-sort')")).toBe("descending");
  });

  test("a row leads to the person in the chart, in a view in which they are, and Escape back", async () => {
    await open(pageOf(mixedPlan()));
    await page.evaluate("document.querySelector('input[value=after]').click()");
    await page.evaluate(
      "[...document.querySelectorAll('#rows button')].find((one) => one.textContent.startsWith('Barbara')).focus()",
    );
    await page.press("Enter");
    expect(await page.evaluate(`${ACTIVE}.textContent`)).toContain("Barbara Novák 3");
    expect(await page.evaluate("document.querySelector('input[name=view]:checked').value")).toBe("both");
    expect(await page.evaluate("document.activeElement.id")).toBe("tree");
    await page.press("Escape");
    expect(await page.evaluate("document.activeElement.textContent")).toContain("Barbara");
  });

  test("before, after and both: signs and words, not colours alone", async () => {
    await open(pageOf(mixedPlan()));
    const lines = async (view: string): Promise<readonly string[]> => {
      await page.evaluate(`document.querySelector('input[value=${view}]').click()`);
      await page.evaluate("document.getElementById('open-all').click()");
      return page.evaluate<string[]>(texts("#tree [role=treeitem]"));
    };
    const both = await lines("both");
    expect(both).toContain("▾Alan Turingalan@example.com→movesfrom Ada Lovelace8 people below, 3 changed");
    expect(both).toContain("Alan Turingalan@example.com←moves awayto Grace Hopper");
    expect(both).toContain("José Álvarezintern@example.com+joins");
    expect(both).toContain("Barbara Novák 3dev13@example.com\u2212leaves");
    const before = (await lines("before")).join("\n");
    expect(before).toContain("Alan Turingalan@example.com→will moveto Grace Hopper");
    expect(before).toContain("\u2212leaves");
    expect(before).not.toContain("+joins");
    const after = (await lines("after")).join("\n");
    expect(after).toContain("+joins");
    expect(after).not.toMatch(/leaves|moves away/);
  });

  test("the chart by keyboard", async () => {
    await open(pageOf(mixedPlan()));
    const active = (): Promise<string> =>
      page.evaluate<string>(`${ACTIVE}.querySelector('.name')?.textContent ?? ${ACTIVE}.textContent`);
    const level = (): Promise<string> => page.evaluate<string>(`${ACTIVE}.getAttribute('aria-level')`);
    await page.evaluate("document.getElementById('tree').focus()");
    expect(await active()).toBe("Margaret Hamilton");
    await page.press("ArrowDown");
    expect(await active()).toBe("Ada Lovelace");
    expect(await page.evaluate(`${ACTIVE}.getAttribute('aria-expanded')`)).toBe("true");
    await page.press("ArrowLeft");
    expect(await page.evaluate(`${ACTIVE}.getAttribute('aria-expanded')`)).toBe("false");
    await page.press("ArrowDown");
    expect(await active()).toBe("Grace Hopper");
    await page.press("ArrowUp");
    await page.press("ArrowRight");
    await page.press("ArrowRight");
    expect([await active(), await level()]).toEqual(["Ada Okafor 0", "3"]);
    await page.press("ArrowLeft");
    expect([await active(), await level()]).toEqual(["Ada Lovelace", "2"]);
    await page.press("End");
    expect(await active()).toBe("▸2 people unchanged");
    await page.press("Enter");
    await page.press("ArrowDown");
    expect([await active(), await level()]).toEqual(["Contractor One", "2"]);
    await page.press("Home");
    await page.press("k");
    expect(await active()).toBe("Katherine Johnson");
    expect(
      await page.evaluate(`["aria-posinset", "aria-setsize"].map((name) => ${ACTIVE}.getAttribute(name))`),
    ).toEqual(["3", "6"]);
  });

  test("all of it is reached with Tab, from the skip link on", async () => {
    await open(pageOf(mixedPlan()));
    const reached: string[] = [];
    for (let presses = 0; presses < 60; presses += 1) {
      await page.press("Tab");
      const one = await page.evaluate<string>(
        "(({ id, className, tagName, name }) => id || className || name || tagName)(document.activeElement)",
      );
      if (!reached.includes(one)) reached.push(one);
      if (one === "skip") {
        const box = await page.evaluate<number>("document.activeElement.getBoundingClientRect().left");
        expect(box).toBeGreaterThanOrEqual(0);
      }
    }
    expect(reached[0]).toBe("skip");
    expect(reached).toEqual(
      expect.arrayContaining(["search", "sort", "person", "view", "only-changed", "find", "tree"]),
    );
  });

  test("somebody is found in the chart, also where nothing changes", async () => {
    await open(pageOf(mixedPlan()));
    const find = "document.getElementById('find').form.requestSubmit()";
    await page.evaluate(`${type("find", "contractor")}; ${find}`);
    expect(await page.evaluate(`${ACTIVE}.textContent`)).toContain("Contractor One");
    await page.evaluate(find);
    expect(await page.evaluate(`${ACTIVE}.textContent`)).toContain("Contractor Two");
    expect(await page.evaluate("document.getElementById('find-hits').textContent")).toBe("2 of 2: Contractor Two");
  });

  test("a plan without changes, and an account of nobody", async () => {
    const before = live([dev("ada"), dev("eve", { manager: "ada" })]);
    const same = desired([...before.developers.values()].map((one) => declare(one)));
    await open(pageOf({ made: plan(same, before, policy()), live: before }));
    expect(page.complaints).toEqual([]);
    expect(await page.evaluate("document.getElementById('only-changed').checked")).toBe(false);
    expect(await page.evaluate(texts("#tree .name"))).toEqual(["ADA"]);
    await page.close();
    page = await browser.open(pageOf({ made: plan(desired([]), live([]), policy()), live: live([]) }));
    await page.until("!document.getElementById('chart-empty').hidden");
    expect(page.complaints).toEqual([]);
  });

  test("managers in a circle, managers nobody knows, and a long line of managers", async () => {
    const chain = Array.from({ length: 3_000 }, (_, one) =>
      dev(`c${String(one).padStart(4, "0")}`, one === 0 ? {} : { manager: `c${String(one - 1).padStart(4, "0")}` }),
    );
    const people = [
      dev("ann", { manager: "ben" }),
      dev("ben", { manager: "cleo" }),
      dev("cleo", { manager: "ann" }),
      dev("dan", { manager: "dan" }),
      dev("eve", { manager: "unknown" }),
      ...chain,
    ];
    const before = live(people);
    const made = plan(
      desired(people.map((one) => declare(one.email.startsWith("c2999") ? { ...one, name: "Last" } : one))),
      before,
      policy(),
    );
    await open(pageOf({ made, live: before }));
    await page.evaluate("document.getElementById('only-changed').click()");
    expect(await page.evaluate("document.getElementById('chart-hits').textContent")).toBe("3,005 people in this chart");
    const lines = await page.evaluate<string[]>(texts("#tree [aria-level='1']"));
    expect(lines).toEqual([
      "▸ANNann@example.comin a circle: reports to somebody below, 2 people below, unchanged",
      expect.stringContaining("C0000"),
    ]);
    await page.evaluate("document.getElementById('close-all').click()");
    expect(await page.evaluate(texts("#tree [role=treeitem] .name"))).toEqual(["ANN", "C0000", "DAN", "EVE"]);
  });

  test("what users wrote is text, wherever it is", async () => {
    const evil = `</script><!--<script>window.got=1</script><img src=x onerror="window.got=1">'"\u2028\u202e`;
    const people = [dev("ada", { name: evil, Team: evil, Role: evil })];
    const before = live([dev("ada", { name: "Ada" }), dev("eve", { name: evil, manager: "ada" })]);
    const made = plan(desired(people.map((one) => declare(one, { 101: evil }))), before, policy());
    const shared = { people: "names" } as const;
    await open(
      planHtml({
        review: reviewOf(made, before.developers, shared),
        org: orgChart(before.developers, made.changes, { ...shared, part: "whole" }),
        title: evil,
      }),
    );
    await page.evaluate("document.getElementById('open-all').click()");
    expect(page.complaints).toEqual([]);
    expect(await page.evaluate("[typeof window.got, document.querySelectorAll('img, main script').length]")).toEqual([
      "undefined",
      0,
    ]);
    const said = await page.evaluate<string>("document.querySelector('#tree .name').textContent");
    expect(said).toBe(evil.replace("\u2028", "[U+2028]").replace("\u202e", "[U+202E]"));
  });

  test("on paper: every change and every open line, without the controls", async () => {
    await open(pageOf(largePlan(1_000, 500)));
    expect(await page.evaluate("document.querySelectorAll('#rows tr').length")).toBe(200);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulate({ print: true });
    expect(await page.evaluate("document.querySelectorAll('#rows tr').length")).toBe(498);
    expect(await page.evaluate("getComputedStyle(document.querySelector('#find-form')).display")).toBe("none");
    expect(await page.evaluate("[...document.querySelectorAll('details')].every((one) => one.open)")).toBe(true);
    expect(await page.evaluate<number>("document.querySelectorAll('#tree [role=treeitem]').length")).toBeGreaterThan(
      100,
    );
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.evaluate("document.querySelectorAll('#rows tr').length")).toBe(200);
  });

  test.each([
    ["10,000 developers, 10,000 changes", 10_000, 10_000],
    ["100,000 developers, 50 changes", 100_000, 50],
  ])("%s: few elements, and no task that is felt", async (_, size, changes) => {
    await open(pageOf(largePlan(size, changes)));
    expect(await page.evaluate<number>("document.querySelectorAll('*').length")).toBeLessThan(6_000);
    const timed = (work: string): Promise<number> =>
      page.evaluate<number>(
        `(async () => { const from = performance.now(); ${work}; document.body.offsetHeight; return performance.now() - from; })()`,
      );
    const measured = {
      search: await timed(`${type("search", "ada 7")}; await new Promise((done) => setTimeout(done, 140))`),
      sort: await timed("document.querySelector('button.sort[data-column=after]').click()"),
      before: await timed("document.querySelector('input[value=before]').click()"),
      openAll: await timed("document.getElementById('open-all').click()"),
      everybody: await timed("document.getElementById('only-changed').click()"),
      scroll: await timed(
        "document.getElementById('tree').scrollTop = 100000; await new Promise(requestAnimationFrame)",
      ),
      find: await timed(`${type("find", "olga 9")}; document.getElementById('find').form.requestSubmit()`),
    };
    if (process.env["MEASURE"] !== undefined) console.log(size, changes, measured, await page.evaluate(LONG_TASKS));
    // A machine of tests is slow and shared: far above what is measured, far below what a freeze would be.
    for (const took of Object.values(measured)) expect(took).toBeLessThan(2_000);
    expect(await page.evaluate<number>("document.querySelectorAll('*').length")).toBeLessThan(6_000);
  });
});

/** Tasks of more than 50 ms, as the browser saw them: when, and how long, in ms. */
const LONG_TASKS = `new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().map(({ startTime, duration }) => Math.round(startTime) + "+" + Math.round(duration)))).observe({ type: "longtask", buffered: true });
  setTimeout(() => done([]), 500);
})`;
