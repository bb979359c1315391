import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shapeValidators } from "./shape-validators.js";

const FILE = join(__dirname, "..", "..", "provider", "source", "shape-validators.generated.ts");

test("the validators are what the schema says: after a change, write them with GOLDEN=write", () => {
  if (process.env["GOLDEN"] === "write") writeFileSync(FILE, shapeValidators());
  // Two texts of 150 kB make no readable difference.
  expect(readFileSync(FILE, "utf8") === shapeValidators()).toBe(true);
});
