import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DIALECTS } from "../../provider/simulator/simulator.js";
import { dialectDomains } from "./dialect-domains.js";

const FOLDER = join(__dirname, "..", "..", "provider", "simulator", "dialect");
const SOURCE = ["dialect.ts", "generation-entries.ts"]
  .map((file) => readFileSync(join(FOLDER, file), "utf8"))
  .join("\n");

/** The values that the types allow, by entry, as far as they are listed there one by one. */
function typedValues(): ReadonlyMap<string, ReadonlySet<string>> {
  const aliases = new Map(
    [...SOURCE.matchAll(/^export type (\w+) =([^;]*);/gm)].map(([, name = "", type = ""]) => [name, type]),
  );
  const entries = [...SOURCE.matchAll(/^ {2}readonly (\w+): ([^;]*);$/gm)].map(([, name = "", type = ""]) => {
    const whole = type.replace(/\b[A-Z]\w+\b/g, (alias) => aliases.get(alias) ?? "");
    const literals = [...whole.matchAll(/"[^"]*"|\b\d+\b|\btrue\b|\bfalse\b|\bnull\b/g)].map(([text]) => text);
    const booleans = /\bboolean\b/.test(whole) ? ["true", "false"] : [];
    return [name, new Set([...literals, ...booleans])] as const;
  });
  return new Map(entries);
}

test("no value of an entry is forgotten", () => {
  const typed = typedValues();
  const domains = new Map(dialectDomains().map(({ entry, values }) => [entry as string, values]));
  expect(new Set(typed.keys())).toEqual(new Set(Object.keys(DIALECTS.default)));
  const unused = [...typed].flatMap(([entry, wanted]) => {
    const used = new Set((domains.get(entry) ?? []).flatMap((one) => one).map((one) => JSON.stringify(one)));
    return [...wanted].filter((text) => !used.has(text)).map((text) => `${entry}: ${text}`);
  });
  expect(unused).toEqual([]);
});

test("an entry has more than one value, or it is no choice", () => {
  expect(dialectDomains().filter(({ values }) => values.length < 2)).toEqual([]);
});
