import { start } from "../simulator/support.js";
import { AS_LIVE, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const SPEAKS =
  "this account speaks the previous generation of the API: set generation: previous (--generation previous, SEI_GENERATION=previous, or `pulumi config set harness-sei:generation previous`).";

/** An account that has not moved. */
const previous = (more: object = {}) => start({ ...WITH_KEY, dialect: { generations: "previous", ...more } });
const PREVIOUS = { env: { SEI_GENERATION: "previous" } };

test("apply, plan and drift on an account of the previous generation; its paths alone are written", async () => {
  const sei = await previous();
  const { run } = worldOf(sei, AS_LIVE);
  const flag = ["roster.yaml", "--generation", "previous"];
  expect(await run("plan", ...flag)).toMatchObject({ code: 2, err: "" });
  expect(await run("apply", ...flag, "--yes")).toMatchObject({ code: 0 });
  expect(await run("plan", ...flag)).toMatchObject({ code: 0, out: "plan: no changes\n", err: "" });
  expect(await run("drift", ...flag)).toMatchObject({ code: 0 });
  const writes = sei.requests().filter(({ method, path }) => method !== "GET" && !path.endsWith("/list"));
  expect(writes.map(({ path }) => path.replace(/.*\/v2/, "/v2").replace(/uploads\/[^/]+/, "uploads/N"))).toEqual([
    "/v2/developers/upload",
    "/v2/developers/uploads/N/save",
  ]);
});

test("without the generation: 1, and what to set; nothing is written", async () => {
  const sei = await previous();
  const { run } = worldOf(sei, AS_LIVE);
  const ended = await Promise.all([run("plan", "roster.yaml"), run("apply", "roster.yaml", "--yes"), run("export")]);
  for (const one of ended) expect(one).toMatchObject({ code: 1, out: "", err: expect.stringContaining(SPEAKS) });
  const writes = sei.requests().filter(({ method, path }) => method !== "GET" && !path.endsWith("/list"));
  expect(writes.filter(({ path }) => !path.endsWith("-of-no-api"))).toEqual([]);
});

test("the command line comes before the environment, which comes before sei-roster.yaml", async () => {
  const sei = await previous();
  const file = { "sei-roster.yaml": "generation: previous\n" };
  const [byFile, byVariable, byFlag, wrongFlag, wrongVariable] = await Promise.all([
    worldOf(sei, AS_LIVE, file).run("plan", "roster.yaml"),
    worldOf(sei, AS_LIVE, {}, PREVIOUS).run("plan", "roster.yaml"),
    worldOf(sei, AS_LIVE, {}, { env: { SEI_GENERATION: "v2" } }).run("plan", "roster.yaml", "--generation", "previous"),
    worldOf(sei, AS_LIVE, file, PREVIOUS).run("plan", "roster.yaml", "--generation", "v2"),
    worldOf(sei, AS_LIVE, file, { env: { SEI_GENERATION: "v2" } }).run("plan", "roster.yaml"),
  ]);
  expect([byFile, byVariable, byFlag].map(({ code, err }) => [code, err])).toEqual([
    [2, ""],
    [2, ""],
    [2, ""],
  ]);
  for (const one of [wrongFlag, wrongVariable])
    expect(one).toMatchObject({ code: 1, err: expect.stringContaining(SPEAKS) });
});

test("a generation that is none: 1, and nothing is sent", async () => {
  const sei = await previous();
  const ended = await Promise.all([
    worldOf(sei, AS_LIVE).run("plan", "roster.yaml", "--generation", "v3"),
    worldOf(sei, AS_LIVE, {}, { env: { SEI_GENERATION: "v3" } }).run("plan", "roster.yaml"),
    worldOf(sei, AS_LIVE, { "sei-roster.yaml": "generation: v3\n" }).run(
      "plan",
      "roster.yaml",
      "--config",
      "sei-roster.yaml",
    ),
  ]);
  const words = [
    "Allowed choices are v2, previous",
    'SEI_GENERATION is "v3"; it must be one of v2, previous',
    "Allowed choices are v2, previous",
  ];
  for (const [at, one] of ended.entries()) {
    expect(one).toMatchObject({ code: 1, out: "" });
    expect(one.err).toContain(words[at] ?? "");
  }
  expect(sei.requests()).toEqual([]);
});

test("identities: without an application type 3 and what to write; with it they are set and live", async () => {
  const sei = await start({
    ...WITH_KEY,
    dialect: { generations: "previous" },
    integrations: [{ id: 101, type: "GITHUB" }],
  });
  const withAda = (integration: string) =>
    AS_LIVE.replace("prune: all", `integrations: { github: ${integration} }\nprune: all`).replace(
      "name: Ada Lovelace",
      "name: Ada Lovelace, identities: { github: ada }",
    );
  const files = { "typed.yaml": withAda("{ id: 101, applicationType: GITHUB }") };
  const { run } = worldOf(sei, withAda("101"), files, PREVIOUS);
  expect(await run("apply", "typed.yaml", "--yes")).toMatchObject({ code: 0 });
  expect(await run("plan", "typed.yaml")).toMatchObject({ code: 0, out: "plan: no changes\n" });
  // What is live already needs none.
  expect(await run("plan", "roster.yaml")).toMatchObject({ code: 0 });
  const other = worldOf(sei, withAda("101").replace("github: ada", "github: ada-l"), {}, PREVIOUS);
  const refused = await other.run("plan", "roster.yaml");
  expect(refused.code).toBe(3);
  expect(refused.out + refused.err).toContain("no applicationType is declared for integration 101");
  expect(refused.out + refused.err).toContain("integrations: { <name>: { id: 101, applicationType: GITHUB } }");
});

test("doctor and export: the generation that is there is fine, the other one is said", async () => {
  const sei = await previous({ contributors: "none" });
  const { run } = worldOf(sei, AS_LIVE, {}, PREVIOUS);
  await run("apply", "roster.yaml", "--yes");
  const [fine, wrong, exported] = await Promise.all([
    run("doctor"),
    run("doctor", "--generation", "v2"),
    run("export"),
  ]);
  expect(fine).toMatchObject({ code: 0, err: "" });
  expect(fine.out).toMatch(/^ok {7}generation {2}previous v2 \(not here: current v2, v1\); previous v2 is used$/m);
  expect(fine.out).toMatch(/^ok {7}whole read {2}the list and the CSV download agree: 3 developers$/m);
  expect(fine.out).toMatch(/^warning {2}identities {2}they cannot be read: /m);
  expect(wrong.code).toBe(1);
  expect(wrong.out).toContain(
    "-> This account speaks the previous generation: set generation: previous (--generation previous",
  );
  expect(exported).toMatchObject({ code: 0, out: expect.stringContaining("ada@example.com:") });
  expect(exported.err).toContain("note: the identities are left out: ");
});
