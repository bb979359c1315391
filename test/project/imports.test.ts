import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";

const PROVIDER = join(__dirname, "..", "..", "provider");

/** What each folder may import from, besides itself: design.md, "Imports point one way". */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  roster: [],
  source: ["roster"],
  sei: ["roster"],
  apply: ["roster", "sei"],
  report: ["roster"],
  pulumi: ["roster", "source", "sei", "apply", "report"],
  doctor: ["roster", "sei", "report"],
  conformance: ["roster", "sei", "report"],
  simulator: ["roster"],
  client: ["roster", "source", "sei", "apply", "report"],
  cli: ["roster", "source", "sei", "apply", "report", "client", "conformance", "doctor", "simulator"],
  "index.ts": ["pulumi", "roster", "source"],
};

const files = readdirSync(PROVIDER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(sep).join("/"));

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(PROVIDER, file), "utf8");
  return [...text.matchAll(/^(?:import|export|\})[^"\n]*?(?:from )?"([^"]+)";$/gm)].map((match) => match[1] ?? "");
}

test.each(files)("%s imports only what its folder may", (file) => {
  const folder = file.split("/")[0] ?? "";
  const allowed = MAY_IMPORT[folder];
  expect(allowed).toBeDefined();
  for (const name of importsOf(file).filter((name) => name.startsWith("."))) {
    const to = posix.normalize(posix.join(posix.dirname(file), name)).split("/")[0] ?? "";
    expect([folder, ...(allowed ?? [])]).toContain(to);
  }
});

test("the core has no I/O, no clock and no environment", () => {
  for (const file of files.filter((name) => name.startsWith("roster/"))) {
    const packages = importsOf(file).filter((name) => !name.startsWith("."));
    expect(["node:crypto", "deep-diff"]).toEqual(expect.arrayContaining(packages));
    const text = readFileSync(join(PROVIDER, file), "utf8");
    expect(text).not.toMatch(/process\.|Date\.now|new Date\(\)|fetch\(|console\./);
  }
});

test("whatever plans holds no writer: only apply and the faces name SeiWriter", () => {
  const named = files.filter((file) => /\bSeiWriter\b/.test(readFileSync(join(PROVIDER, file), "utf8")));
  const folders = new Set(named.map((file) => file.split("/")[0]));
  expect([...folders].sort()).toEqual(["apply", "client", "pulumi", "sei"]);
});

test("no file is two ideas", () => {
  for (const file of files) {
    const lines = readFileSync(join(PROVIDER, file), "utf8").split("\n").length;
    expect(`${file}: ${lines > 400 ? lines : "short enough"}`).toBe(`${file}: short enough`);
  }
});

test("nothing names a path of somebody's machine", () => {
  for (const file of files) {
    expect(relative(PROVIDER, join(PROVIDER, file))).toBe(file.split("/").join(sep));
    expect(readFileSync(join(PROVIDER, file), "utf8")).not.toMatch(/\/(home|root|work|Users)\//);
  }
});
