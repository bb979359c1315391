import { loadRoster } from "../../provider/source/load-roster.js";
import { folderWith, loadText, refusal, TODAY } from "./folder.js";

const GRACE = "version: 1\ndevelopers: { grace@example.com: { name: Grace Hopper, manager: null } }\n";

async function ada(body: string, top = "") {
  const text = `version: 1\n${top}\ndevelopers:\n  grace@example.com:\n  ada@example.com:\n${body.replace(/^/gm, "    ")}\n`;
  const { roster } = await loadText(text);
  return roster.developers.get("ada@example.com");
}

describe("a developer", () => {
  test("a key left out is absent, null and blank clear", async () => {
    const kept = await ada("name: Ada");
    expect(kept).toEqual({ email: "ada@example.com", name: "Ada", attributes: {}, identities: new Map() });
    expect(kept).not.toHaveProperty("managerEmail");
    for (const clear of ["manager:", "manager: null", 'manager: ""', "manager: '  '", "manager: ~"]) {
      expect((await ada(clear))?.managerEmail).toBe("");
    }
    expect({ ...(await ada("Role:\nTeam: ''"))?.attributes }).toEqual({ Role: "", Team: "" });
  });

  test("scalars are taken as they are written", async () => {
    const written = [
      "007",
      "1e3",
      "yes",
      "2026-01-01",
      "0x10",
      "1_000",
      "+1",
      ".5",
      "1.10",
      "true",
      "False",
      ".nan",
      "12345678901234567890",
    ];
    const developer = await ada(written.map((text, at) => `Column ${at}: ${text}`).join("\n"));
    expect(Object.values(developer?.attributes ?? {}).sort()).toEqual([...written].sort());
  });

  test("quotes, block scalars and aliases give their text", async () => {
    const developer = await ada(
      `A: "tab\\tand \\u00e9"\nB: 'it''s'\nC: |-\n  two\n  lines\nD: &d plain # comment\nE: *d`,
    );
    expect({ ...developer?.attributes }).toEqual({
      A: "tab\tand é",
      B: "it's",
      C: "two\nlines",
      D: "plain",
      E: "plain",
    });
  });

  test("addresses are trimmed and lower-cased", async () => {
    expect((await ada('manager: " Grace@Example.COM "'))?.managerEmail).toBe("grace@example.com");
  });

  test("identities go by the name of an integration or by its id", async () => {
    const developer = await ada(
      "identities: { github: ada, 102: 081de7ae, 103: 007 }",
      "integrations: { github: 101 }",
    );
    expect(developer?.identities).toEqual(
      new Map([
        [101, "ada"],
        [102, "081de7ae"],
        [103, "007"],
      ]),
    );
  });

  test("attributes: holds columns whose name is a key of ours", async () => {
    expect({ ...(await ada("Role: x\nattributes: { name: y, effective: z }"))?.attributes }).toEqual({
      Role: "x",
      name: "y",
      effective: "z",
    });
  });

  test("defaults fill in what a developer does not have, a cleared value is one", async () => {
    const { roster } = await loadText(
      "version: 1\ndefaults: { Site: Berlin }\ndevelopers: { a@example.com: {}, b@example.com: { Site: Rome }, c@example.com: { Site: null } }",
    );
    expect([...roster.developers.values()].map(({ attributes }) => attributes["Site"])).toEqual(["Berlin", "Rome", ""]);
  });

  test("__proto__ and constructor are columns like any other", async () => {
    const developer = await ada("__proto__: a\nconstructor: b\ntoString: c");
    expect(Object.entries(developer?.attributes ?? {})).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
      ["toString", "c"],
    ]);
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });

  test("a list of developers is the same as a map", async () => {
    const map = await loadText("version: 1\ndevelopers: { ada@example.com: { name: Ada, Role: x } }");
    const list = await loadText("version: 1\ndevelopers: [{ email: Ada@example.com, name: Ada, Role: x }]");
    expect(list.roster).toEqual(map.roster);
  });
});

describe("what governs everybody", () => {
  test("is read from the one file that has it", async () => {
    const cwd = folderWith({
      "roster/people.yaml": GRACE,
      "roster/policy.yaml":
        "version: 1\nprune: all\nguards: { maxDelete: 10%, maxUpdate: 5, minDevelopers: 1, protect: [' CTO@example.com', cto@example.com] }\nfields: { name: Name, email: Email, managerEmail: Manager Email }\n",
    });
    const { roster, files, governs, placeOf } = await loadRoster("roster", { asOf: TODAY, cwd });
    expect(roster.prune).toBe("all");
    expect(roster.guards).toEqual({ maxDelete: "10%", maxUpdate: 5, minDevelopers: 1, protect: ["cto@example.com"] });
    expect(roster.fields).toEqual({ name: "Name", email: "Email", managerEmail: "Manager Email", attributes: [] });
    expect(files).toEqual(["roster/people.yaml", "roster/policy.yaml"]);
    expect(governs).toEqual({
      prune: { file: "roster/policy.yaml", line: 2, column: 1 },
      guards: { file: "roster/policy.yaml", line: 3, column: 1 },
    });
    expect(placeOf(" Grace@example.com")).toEqual({ file: "roster/people.yaml", line: 2, column: 15 });
    expect(placeOf("nobody@example.com")).toBeNull();
  });

  test("is absent when nobody wrote it", async () => {
    const { roster, governs } = await loadText(GRACE);
    expect(roster).toMatchObject({ fields: null, guards: {} });
    expect(roster).not.toHaveProperty("prune");
    expect(governs).toEqual({});
  });
});

describe("a source", () => {
  const person = (name: string) => `version: 1\ndevelopers: { ${name}@example.com: {} }\n`;
  const files = {
    "r/b.yaml": person("b"),
    "r/a.yml": person("a"),
    "r/deep/er/c.YAML": person("c"),
    "r/.hidden.yaml": "not: [yaml",
    "r/.git/d.yaml": "not: [yaml",
    "r/notes.txt": "notes",
    "other/e.yaml": person("e"),
  };

  test.each<[string, string | string[], string[]]>([
    ["a file", "r/b.yaml", ["r/b.yaml"]],
    ["a folder", "r", ["r/a.yml", "r/b.yaml", "r/deep/er/c.YAML"]],
    ["a folder with a slash", "./r/", ["r/a.yml", "r/b.yaml", "r/deep/er/c.YAML"]],
    ["a glob", "*/*.yaml", ["other/e.yaml", "r/b.yaml"]],
    ["a deep glob", "**/*.{yml,YAML}", ["r/a.yml", "r/deep/er/c.YAML"]],
    ["a list, each file once", ["other", "r/b.yaml", "r/*.yaml"], ["other/e.yaml", "r/b.yaml"]],
  ])("is %s", async (_, source, expected) => {
    const loaded = await loadRoster(source, { asOf: TODAY, cwd: folderWith(files) });
    expect(loaded.files).toEqual(expected);
  });

  test("may lie outside of the working directory, and be absolute", async () => {
    const folder = folderWith(files);
    expect((await loadRoster("../other/*.yaml", { asOf: TODAY, cwd: `${folder}/r` })).files).toEqual([
      "../other/e.yaml",
    ]);
    expect((await loadRoster(`${folder}/r/*.yaml`, { asOf: TODAY, cwd: `${folder}/other` })).files).toEqual([
      "../r/b.yaml",
    ]);
  });

  test("a name with the signs of a glob is a file when there is one", async () => {
    const cwd = folderWith({ "a[1].yaml": person("a"), "b(2)/x.yaml": person("b") });
    expect((await loadRoster(["a[1].yaml", "b(2)"], { asOf: TODAY, cwd })).files).toEqual(["a[1].yaml", "b(2)/x.yaml"]);
  });

  test("gives the same findings in whatever order its entries stand", async () => {
    const cwd = folderWith({ "a.yaml": person("x"), "b.yaml": person("x") });
    const one = await refusal(loadRoster(["a.yaml", "b.yaml"], { asOf: TODAY, cwd }));
    const two = await refusal(loadRoster(["b.yaml", "a.yaml"], { asOf: TODAY, cwd }));
    expect(one.message).toBe(two.message);
    expect(one.findings).toHaveLength(1);
  });
});
