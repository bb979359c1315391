import { readSettings, targetMismatch } from "../../provider/pulumi/settings";

const read = (config: Record<string, string>, env: Record<string, string> = {}) =>
  readSettings((key) => config[key], env);
const KEY = { SEI_API_KEY: "k" };

test("the environment's key comes first when it is not empty", () => {
  const config = { "harness-sei:region": "eu", "harness-sei:apiKey": "from config" };
  expect(read(config, { SEI_API_KEY: "from env" }).apiKey).toBe("from env");
  expect(read(config, { SEI_API_KEY: " " }).apiKey).toBe("from config");
});

test("the endpoint and the account come from the configuration first", () => {
  const config = { "harness-sei:endpoint": "https://one.example.com/sei/api/", "harness-sei:account": "acme" };
  const env = { ...KEY, SEI_ENDPOINT: "https://two.example.com", SEI_ACCOUNT: "other", SEI_REGION: "eu" };
  expect(read(config, env).target).toEqual({ endpoint: "https://one.example.com/sei/api", account: "acme" });
  expect(read({}, { ...KEY, SEI_REGION: "eu" }).target.endpoint).toBe("https://accounts.eu.harness.io/sei/api");
});

test("the generation comes from the configuration first, and is v2 else", () => {
  const config = { "harness-sei:region": "eu", "harness-sei:generation": "previous" };
  expect(read(config, KEY).generation).toBe("previous");
  expect(read(config, { ...KEY, SEI_GENERATION: "v2" }).generation).toBe("previous");
  expect(read({ "harness-sei:region": "eu" }, { ...KEY, SEI_GENERATION: "previous" }).generation).toBe("previous");
  expect(read({ "harness-sei:region": "eu" }, KEY).generation).toBe("v2");
});

test.each([
  [
    "no key",
    {},
    {},
    "there is no API key: set the environment variable SEI_API_KEY, or run `pulumi config set --secret harness-sei:apiKey`",
  ],
  ["no endpoint", {}, KEY, "there is no endpoint: run `pulumi config set harness-sei:region prod1`"],
  ["a wrong region", { "harness-sei:region": "mars" }, KEY, 'There is no region "mars"'],
  ["a wrong URL", { "harness-sei:endpoint": "sei" }, KEY, 'The endpoint "sei" is not a URL'],
  [
    "a wrong choice",
    { "harness-sei:region": "eu", "harness-sei:people": "all" },
    KEY,
    'harness-sei:people is "all"; it must be one of names, masked, none',
  ],
  [
    "a generation that is none",
    { "harness-sei:region": "eu", "harness-sei:generation": "v3" },
    KEY,
    'harness-sei:generation is "v3"; it must be one of v2, previous',
  ],
])("%s", (_name, config, env, message) => {
  expect(() => read(config as Record<string, string>, env)).toThrow(message);
});

test("another endpoint or account than at create is refused, by name", () => {
  const now = { endpoint: "https://a.example.com", account: "acme" };
  expect(targetMismatch({}, now)).toBeNull();
  expect(targetMismatch(now, now)).toBeNull();
  expect(targetMismatch({ ...now, account: "other" }, now)).toContain(
    "created at https://a.example.com (account other)",
  );
});
