import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as sei from "../../provider/index";
import { rosterStore } from "../../provider/pulumi/roster-store";

/** What the engine is handed for each resource, by name. */
const registered = new Map<string, Readonly<Record<string, unknown>>>();
const cache = mkdtempSync(join(tmpdir(), "sei-outputs-"));
const before = process.env["PULUMI_HARNESS_SEI_CACHE"];

beforeAll(async () => {
  process.env["PULUMI_HARNESS_SEI_CACHE"] = cache;
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered.set(name, inputs as Readonly<Record<string, unknown>>);
      return { id: name, state: inputs };
    },
    call: ({ inputs }) => inputs,
  });
});

afterAll(() => {
  if (before === undefined) delete process.env["PULUMI_HARNESS_SEI_CACHE"];
  else process.env["PULUMI_HARNESS_SEI_CACHE"] = before;
  rmSync(cache, { recursive: true, force: true });
});

async function inputsOf(name: string, args: sei.DeveloperRosterArgs): Promise<Readonly<Record<string, unknown>>> {
  const roster = new sei.DeveloperRoster(name, args);
  await new Promise((done) => roster.id.apply(done));
  return registered.get(name) ?? {};
}

const text = (value: string): pulumi.Output<string> => pulumi.output(Promise.resolve(value));

test("guards of outputs are the guards of what they turn out to be", async () => {
  const developers = { "ada@example.com": { name: "Ada" } };
  // One name, as nobody is on two rosters of a program.
  const plain = await inputsOf("team", {
    developers,
    guards: { maxDelete: "10%", minDevelopers: 5, protect: ["cto@example.com", "ada@example.com"] },
  });
  const outputs = await inputsOf("team", {
    developers: { "ada@example.com": { name: text("Ada") } },
    guards: {
      maxDelete: text("10%"),
      minDevelopers: pulumi.output(5),
      protect: [text(" CTO@example.com"), "ada@example.com"],
    },
  });
  expect(outputs).toEqual(plain);
  expect(outputs).toMatchObject({ developerCount: 1, guards: { maxDelete: "10%", minDevelopers: 5 } });
  expect(outputs["problem"]).toBeUndefined();
  expect(await rosterStore().get(String(outputs["fingerprint"]))).toContain("cto@example.com");
});

test("an output that is no guard is refused when the program runs", async () => {
  const guards = { maxDelete: text("ten") };
  const developers = { "ada@example.com": { name: "Ada" } };
  expect((await inputsOf("limit", { developers, guards }))["problem"]).toContain("guards.maxDelete must be");
  const protect = { protect: [text("cto")] };
  expect((await inputsOf("people", { developers, guards: protect }))["problem"]).toContain('"cto" is none');
});
