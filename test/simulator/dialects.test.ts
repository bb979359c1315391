import { DIALECTS, type DialectName } from "../../provider/simulator/simulator.js";
import { start } from "./support.js";

const NAMES = Object.keys(DIALECTS).filter((name): name is DialectName => name in DIALECTS);
const NEXT =
  "Name,Email,Manager Email,Team\nGrace Hopper,grace@example.com,,New\nLinus,linus@example.com,grace@example.com,Core\n";

test.each(NAMES)("%s: setup, reupload, approve, list, delete, identities", async (dialect) => {
  const sei = await start({ dialect });
  await sei.setUp();
  expect(sei.emails()).toHaveLength(3);
  const review = await sei.reupload(NEXT);
  expect((await sei.approve(review.json.versionId)).status).toBeLessThan(300);
  expect(sei.emails()).toContain("linus@example.com");
  expect((await sei.remove("linus@example.com")).status).toBeLessThan(300);
  expect(sei.emails()).not.toContain("linus@example.com");
  const entry = { email: "grace@example.com", integrationId: 1, identity: "grace" };
  expect(await sei.identify([entry])).toMatchObject({ status: 200, json: { status: "success" } });
  await new Promise((resolve) => setTimeout(resolve, sei.dialect.readDelayMs + 20));
  expect((await sei.list()).text).toContain("grace@example.com");
  expect((await sei.send("/v2/developers/identities")).text).toContain("grace@example.com");
  expect((await sei.csv()).split(/\r?\n/).length).toBeGreaterThanOrEqual(3);
});

test("every named dialect differs from the default in what a client meets first", () => {
  for (const name of NAMES.filter((each) => each !== "default")) {
    const { listWrapper, totalName, mappingForm, writeAnswer, pageSizeMax, upsertKeys } = DIALECTS[name];
    const usual = DIALECTS.default;
    expect([name, listWrapper]).not.toEqual([name, usual.listWrapper]);
    expect([name, totalName]).not.toEqual([name, usual.totalName]);
    expect([name, writeAnswer]).not.toEqual([name, usual.writeAnswer]);
    expect([name, mappingForm]).not.toEqual([name, usual.mappingForm]);
    expect([name, upsertKeys]).not.toEqual([name, usual.upsertKeys]);
    expect(pageSizeMax).toBeGreaterThan(0);
  }
});
