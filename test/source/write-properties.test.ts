import fc from "fast-check";
import { parse } from "yaml";
import { canonicalRoster } from "../../provider/roster/canonical-roster.js";
import type { DesiredRoster } from "../../provider/roster/desired-roster.js";
import { plan } from "../../provider/roster/plan.js";
import { isBroken } from "../../provider/source/broken-characters.js";
import { formatYaml } from "../../provider/source/format-yaml.js";
import { InvalidSourceError, loadRoster } from "../../provider/source/load-roster.js";
import { declarableRoster, type SetUpRoster } from "../../provider/source/write/declarable-roster.js";
import { desiredOf } from "../../provider/source/write/desired-of.js";
import { type ExportForm, exportRoster, type RosterExport } from "../../provider/source/write/export-roster.js";
import { fileNames } from "../../provider/source/write/file-names.js";
import { quotedText, yamlText } from "../../provider/source/write/yaml-text.js";
import { policy } from "../support/people.js";
import { folderWith, TODAY } from "./folder.js";
import { badEmail, wild, wildEmail, wildRoster } from "./wild-roster.js";

const INTEGRATIONS = new Map([
  [101, "github"],
  [7, "yes: no"],
]);

function exported(live: SetUpRoster, form: ExportForm): RosterExport {
  return exportRoster(live, form, INTEGRATIONS, TODAY);
}

/** Loads the files of an export from a real folder; the rules that refuse them, when they are refused. */
async function load({ files }: RosterExport): Promise<DesiredRoster | readonly string[]> {
  const cwd = folderWith(Object.fromEntries(files.map(({ name, text }) => [name, text])));
  try {
    return (await loadRoster(".", { asOf: TODAY, cwd })).roster;
  } catch (error) {
    if (!(error instanceof InvalidSourceError)) throw error;
    return error.findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
  }
}

function isRefused(loaded: DesiredRoster | readonly string[]): loaded is readonly string[] {
  return Array.isArray(loaded);
}

function changesOf(desired: DesiredRoster, live: SetUpRoster) {
  return plan(desired, live, policy({ prune: "all" })).changes;
}

const YAML: ExportForm = { kind: "yaml" };

test("the plan of a YAML export is empty, whatever the roster", async () => {
  await fc.assert(
    fc.asyncProperty(wildRoster(), async (live) => {
      const made = exported(live, YAML);
      expect([made.planIs, [...made.errors]]).toEqual(["empty", []]);
      const loaded = await load(made);
      if (isRefused(loaded)) throw new Error(`refused: ${loaded}`);
      expect(changesOf(loaded, live)).toEqual([]);
      expect(loaded.developers.size).toBe(live.developers.size);
      // What was checked without reading the text is what the text says.
      expect(canonicalRoster(loaded)).toBe(canonicalRoster(desiredOf(declarableRoster(live))));
    }),
    { numRuns: 600 },
  );
}, 120_000);

test("everything that can be declared is: a clean roster comes back value by value", async () => {
  const clean = wildRoster(fc.stringMatching(/^[a-z]{1,5}$/).map((box) => `${box}@example.com`)).map((live) => ({
    ...live,
    mapping: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: live.mapping.attributes },
  }));
  await fc.assert(
    fc.asyncProperty(clean, async (live) => {
      const loaded = await load(exported(live, YAML));
      if (isRefused(loaded)) throw new Error(`refused: ${loaded}`);
      const { columns } = declarableRoster(live);
      for (const { email, name, attributes } of live.developers.values()) {
        const declared = loaded.developers.get(email);
        expect(declared?.name).toBe(name.trim() === "" || isBroken(name) ? undefined : name);
        const held = columns.filter((column) => !isBroken(attributes[column.live] ?? ""));
        for (const column of held) expect(declared?.attributes[column.name]).toBe(attributes[column.live]);
        expect(Object.keys(declared?.attributes ?? {}).sort()).toEqual(held.map((column) => column.name).sort());
      }
    }),
    { numRuns: 200 },
  );
}, 60_000);

test("split by any column it is the same roster, in files with safe names", async () => {
  const roster = wildRoster().filter(({ mapping }) => mapping.attributes.length > 0);
  await fc.assert(
    fc.asyncProperty(roster, fc.nat(5), async (live, at) => {
      const column = live.mapping.attributes[at % live.mapping.attributes.length] ?? "";
      const made = exported(live, { kind: "split", column });
      const loaded = await load(made);
      if (isRefused(loaded)) throw new Error(`refused: ${loaded}`);
      expect(changesOf(loaded, live)).toEqual([]);
      expect(canonicalRoster(loaded)).toBe(canonicalRoster(desiredOf(declarableRoster(live))));
      for (const { name } of made.files) expect(name).toMatch(/^[a-z0-9][a-z0-9-]*\.yaml$/);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test("a CSV is empty in its plan, or it is not taken: alone, and with the field mapping beside it", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(wildRoster(), fc.boolean(), async (live, beside) => {
      const made = exported(live, { kind: "csv", beside });
      const loaded = await load(made);
      seen.set(made.planIs, (seen.get(made.planIs) ?? 0) + 1);
      if (made.planIs === "empty") {
        if (isRefused(loaded)) throw new Error(`refused: ${loaded}`);
        expect(changesOf(loaded, live)).toEqual([]);
      } else if (made.planIs === "none") {
        expect(isRefused(loaded)).toBe(true);
        expect([...made.errors.keys()].sort()).toEqual([...new Set(loaded as readonly string[])].sort());
      }
    }),
    { numRuns: 600 },
  );
  expect([...seen.keys()].sort()).toEqual(["changes", "empty", "fields", "none"]);
}, 120_000);

test("a CSV of an account with usual columns and whole people is always empty in its plan", async () => {
  const text = wild.map((one) => (/\p{Cs}/u.test(one) ? "half" : one.replaceAll("\0", "")));
  const usual = wildRoster(
    fc.stringMatching(/^[a-z0-9]{1,4}$/).map((box) => `${box}@example.com`),
    text,
  ).map((live): SetUpRoster => {
    const emails = [...live.developers.keys()];
    const mapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team; a", "Role"] };
    const developers = [...live.developers.values()].map((one, at) => ({
      ...one,
      name: `${one.name}N`,
      managerEmail: at === 0 ? "" : (emails[at - 1] ?? ""),
      attributes: { "Team; a": one.name, Role: Object.values(one.attributes)[0] ?? "" },
    }));
    return { ...live, mapping, developers: new Map(developers.map((one) => [one.email, one])) };
  });
  await fc.assert(
    fc.asyncProperty(usual, async (live) => {
      const made = exported(live, { kind: "csv", beside: false });
      const loaded = await load(made);
      if (isRefused(loaded)) throw new Error(`refused: ${loaded}`);
      expect(made.planIs).toBe("empty");
      expect(changesOf(loaded, live)).toEqual([]);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test("an address that is none is written, and said to be refused by exactly the rules that refuse it", async () => {
  await fc.assert(
    fc.asyncProperty(wildRoster(fc.oneof(wildEmail, badEmail)), fc.constantFrom("yaml", "csv"), async (live, kind) => {
      const made = exported(live, kind === "yaml" ? YAML : { kind: "csv", beside: false });
      const loaded = await load(made);
      expect([...new Set(isRefused(loaded) ? loaded : [])].sort()).toEqual([...made.errors.keys()].sort());
    }),
    { numRuns: 300 },
  );
}, 60_000);

test("the same bytes in whatever order the account answers, and in the order of `sei-roster format`", () => {
  fc.assert(
    fc.property(wildRoster(), fc.constantFrom<ExportForm>(YAML, { kind: "csv", beside: true }), (live, form) => {
      const other: SetUpRoster = {
        ...live,
        developers: new Map([...live.developers].reverse()),
        identities: [...(live.identities ?? [])].reverse(),
      };
      const made = exported(live, form).files;
      expect(exported(other, form).files).toEqual(made);
      for (const { name, text } of made.filter((file) => file.name.endsWith(".yaml"))) {
        const formatted = formatYaml(name, text);
        expect(formatted.kind === "formatted" ? formatted.text : formatted).toBe(text);
      }
    }),
    { numRuns: 200 },
  );
}, 60_000);

test("any text is one line, printable, and a string to parsers of YAML 1.1 and 1.2", () => {
  fc.assert(
    fc.property(wild, wild, (key, value) => {
      for (const write of [yamlText, quotedText]) {
        const text = write(value);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
        expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/);
        expect(text).not.toMatch(/\p{Cs}/u);
        const short = write(key.slice(0, 100));
        for (const version of ["1.1", "1.2"] as const) {
          expect(parse(`? ${short}\n: ${text} # ${quotedText(key)}\n`, { version, mapAsMap: true })).toEqual(
            new Map([[key.slice(0, 100), value]]),
          );
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("file names are unique where case does not count, safe, and do not depend on the order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(wild, { maxLength: 30 }), (values) => {
      const names = fileNames(values, ["roster"]);
      expect(fileNames([...values].reverse(), ["roster"])).toEqual(names);
      expect(new Set([...names.values(), "roster"]).size).toBe(new Set(values).size + 1);
      for (const name of names.values()) {
        expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        expect(name.length).toBeLessThan(80);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/);
      }
    }),
    { numRuns: 500 },
  );
});
