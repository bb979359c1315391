// `npm run openapi`: writes openapi/sei.yaml from its parts; with --print, to stdout.
import { writeFile } from "node:fs/promises";
import { DESCRIPTION, joinParts } from "./join.mjs";

const whole = await joinParts();
if (process.argv.includes("--print")) process.stdout.write(whole);
else await writeFile(DESCRIPTION, whole);
