import { PEOPLE, started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const account = () => started(WITH_KEY, PEOPLE);
const bare = { env: { SEI_ENDPOINT: "" } };

test("source, endpoint and how it is shown come from the file; a section is for one command", async () => {
  const client = await account();
  const config = `source: [roster.yaml]\nendpoint: ${client.url}\nmaskEmails: true\ndrift:\n  maskEmails: false\n  failOn: [delete]\n`;
  const { run } = worldOf(client, CHANGED, { "sei-roster.yaml": config }, bare);
  const [plan, drift, validate] = await Promise.all([run("plan"), run("drift"), run("validate")]);
  expect(plan).toMatchObject({ code: 2, err: "", out: expect.stringContaining("a***@example.com") });
  expect(drift).toMatchObject({ code: 2, err: "", out: expect.stringContaining("alan@example.com") });
  expect(validate.code).toBe(0);
});

test("the command line comes before the environment, which comes before the file", async () => {
  const [client, other] = await Promise.all([account(), started(WITH_KEY)]);
  const files = {
    "sei-roster.yaml": "source: nowhere/\nendpoint: http://127.0.0.1:9\noutput: json\n",
    "ci.yaml": `source: roster.yaml\nendpoint: ${client.url}\n`,
  };
  const { run } = worldOf(client, AS_LIVE, files);
  // SEI_ENDPOINT is the account's here.
  expect(await run("plan", "roster.yaml", "--output", "text")).toMatchObject({ code: 0, out: "plan: no changes\n" });
  expect(JSON.parse((await run("plan", "roster.yaml")).out)).toMatchObject({ changes: [] });
  await run("plan", "roster.yaml", "--endpoint", other.url);
  expect(other.requests().length).toBeGreaterThan(0);
  expect(await run("plan", "--config", "ci.yaml")).toMatchObject({ code: 0, out: "plan: no changes\n" });
});

test("a value that only some commands know is for these; a section and the command line may say another", async () => {
  const client = await account();
  const config = "output: markdown\nvalidate: { output: json }\n";
  const { run } = worldOf(client, AS_LIVE, { "sei-roster.yaml": config });
  const [plan, validate, text, doctor] = await Promise.all([
    run("plan", "roster.yaml"),
    run("validate", "roster.yaml"),
    run("validate", "roster.yaml", "--output", "text"),
    run("doctor"),
  ]);
  expect(plan.out).toMatch(/^## Roster plan/);
  expect(JSON.parse(validate.out)).toMatchObject({ valid: true });
  expect(text.out).toMatch(/^valid: 3 developers/);
  expect([doctor.code, doctor.err]).toEqual([0, ""]);
});

test("everything that is wrong in it, with its place; nothing is sent", async () => {
  const client = await account();
  const tried: readonly (readonly [string, string])[] = [
    ["sorce: roster.yaml", 'sei-roster.yaml:1:1  INVALID_SETTING  there is no setting "sorce"\n'],
    ["sorce: roster.yaml", "hint: did you mean source?"],
    ["apiKey: x", "the API key is in the environment variable SEI_API_KEY"],
    ["yes: true", 'there is no setting "yes"'],
    ["endpoint: https://sei.example.com", "endpoint is neither a host of harness.io nor this machine"],
    ["endpoint: https://harness.io.example.com", "endpoint is neither a host of harness.io nor this machine"],
    ["plan: { output: pdf }", "output: "],
    ["quiet: maybe", "quiet must be true or false"],
    ["plan: [1]", "plan must be a mapping of settings"],
    ["plan: { sorce: x }", 'there is no setting "sorce"'],
    ["source: { a: b }", "source must be a text, or a list of texts"],
    ["maxFileSize: 9999", "maxFileSize: A size is a number of MiB up to 500"],
    ["- a", "the settings must be a mapping"],
    ["a: [", "INVALID_YAML"],
  ];
  const ended = await Promise.all(
    tried.map(([config]) => worldOf(client, AS_LIVE, { "sei-roster.yaml": config }).run("plan", "roster.yaml")),
  );
  for (const [at, [config, message]] of tried.entries()) {
    expect([config, ended[at]]).toEqual([config, { code: 1, out: "", err: expect.stringContaining(message) }]);
  }
  expect(client.requests()).toEqual([]);
});

test("a file that is named and is not there", async () => {
  const { run } = worldOf(await account(), AS_LIVE);
  expect(await run("plan", "roster.yaml", "--config", "none.yaml")).toMatchObject({
    code: 1,
    err: expect.stringContaining("there is no file or folder none.yaml"),
  });
  expect(await run("plan")).toMatchObject({ code: 1, err: expect.stringContaining("there is no source") });
});
