import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isKnownAccount, knownAccountFile, rememberAccount } from "../../provider/apply/known-account.js";

const ACME = { endpoint: "http://127.0.0.1:1/sei/api", account: "acme" };
const OTHER = { ...ACME, account: "other" };

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "sei-known-"));
  process.env["PULUMI_HARNESS_SEI_CACHE"] = cache;
});
afterEach(() => {
  delete process.env["PULUMI_HARNESS_SEI_CACHE"];
  rmSync(cache, { recursive: true, force: true });
});

test("an account is known once an apply left people there, until one leaves nobody", async () => {
  expect(isKnownAccount(ACME)).toBe(false);
  await rememberAccount(ACME, 3);
  expect([isKnownAccount(ACME), isKnownAccount(OTHER)]).toEqual([true, false]);
  await rememberAccount(ACME, 1);
  await rememberAccount(OTHER, 2);
  await rememberAccount(ACME, 0);
  expect([isKnownAccount(ACME), isKnownAccount(OTHER)]).toEqual([false, true]);
  // Nobody was there, and nobody is.
  await rememberAccount(ACME, 0);
  expect(isKnownAccount(ACME)).toBe(false);
});

test("the memory is private and names nobody, not even the account", async () => {
  await rememberAccount(ACME, 3);
  const file = knownAccountFile(ACME);
  expect(readdirSync(join(cache, "accounts"))).toEqual([basename(file)]);
  expect(file).not.toContain("acme");
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual(["", 0o600]);
  expect(statSync(join(cache, "accounts")).mode & 0o777).toBe(0o700);
});

test("an apply that was done does not fail because it cannot be remembered", async () => {
  writeFileSync(join(cache, "accounts"), "a file where the folder should be");
  await rememberAccount(ACME, 3);
  expect(isKnownAccount(ACME)).toBe(false);
  await rememberAccount(ACME, 0);
  expect(readFileSync(join(cache, "accounts"), "utf8")).toBe("a file where the folder should be");
});
