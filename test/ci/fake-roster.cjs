// Plays sei-roster: notes how it was called, and reports what FAKE_* say.
const { appendFileSync, writeFileSync } = require("node:fs");

const args = process.argv.slice(2);
const secrets = Object.keys(process.env).filter((name) => /TOKEN|SEI_API_KEY|^SEI_CI_|^ACTIONS_/.test(name));
if (process.env.FAKE_LOG)
  appendFileSync(process.env.FAKE_LOG, `${JSON.stringify({ args, secrets, cwd: process.cwd() })}\n`);
for (const arg of args) {
  const file = /^--out=(.*\.(md|json))$/s.exec(arg);
  if (file?.[2] === "md" && process.env.FAKE_MD) writeFileSync(file[1], process.env.FAKE_MD);
  if (file?.[2] === "json" && process.env.FAKE_JSON) writeFileSync(file[1], process.env.FAKE_JSON);
}
process.stdout.write(process.env.FAKE_OUT ?? "");
process.stderr.write(process.env.FAKE_ERR ?? "");
process.exitCode = Number(process.env.FAKE_CODE ?? 0);
