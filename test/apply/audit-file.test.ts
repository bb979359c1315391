import { execFileSync } from "node:child_process";
import fs, {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AuditError, openAudit } from "../../provider/apply/audit-file.js";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sei-audit-"));
  file = join(folder, "audit.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Opens, writes lines one call after another, closes. */
function run(...calls: readonly (readonly object[])[]): void {
  const audit = openAudit(file);
  for (const lines of calls) audit.write(lines);
  audit.close();
}

test("a new file is private, and every line is on the disk when the call returns", () => {
  const audit = openAudit(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  audit.write([{ a: 1 }, { b: "Zoë" }]);
  expect(readFileSync(file, "utf8")).toBe('{"a":1}\n{"b":"Zoë"}\n');
  audit.write([{ c: 3 }]);
  expect(readFileSync(file, "utf8")).toBe('{"a":1}\n{"b":"Zoë"}\n{"c":3}\n');
  audit.close();
});

test("runs side by side and one after another only add", () => {
  const one = openAudit(file);
  const two = openAudit(file);
  one.write([{ run: 1 }]);
  two.write([{ run: 2 }]);
  one.write([{ run: 1 }]);
  one.close();
  two.close();
  run([{ run: 3 }]);
  expect(readFileSync(file, "utf8")).toBe('{"run":1}\n{"run":2}\n{"run":1}\n{"run":3}\n');
});

test("a line that was cut short by a kill does not spoil the first line of the next run", () => {
  writeFileSync(file, '{"run":1}\n{"ru');
  run([{ run: 2 }]);
  run([{ run: 3 }]);
  expect(readFileSync(file, "utf8")).toBe('{"run":1}\n{"ru\n{"run":2}\n{"run":3}\n');
});

test("a file that cannot be opened is an error that names it and says why", () => {
  const inNothing = join(folder, "none", "audit.jsonl");
  expect(() => openAudit(inNothing)).toThrow(AuditError);
  expect(() => openAudit(inNothing)).toThrow(`the audit file ${inNothing} cannot be written: ENOENT`);
  expect(() => openAudit(folder)).toThrow(`the audit file ${folder} cannot be written: EISDIR`);
});

test("a file that fails while it is written is an error, not a silent gap", () => {
  const audit = openAudit(file);
  audit.close();
  expect(() => audit.write([{ a: 1 }])).toThrow(`the audit file ${file} cannot be written: EBADF`);
  expect(readFileSync(file, "utf8")).toBe("");
});

describe("a disk that fails", () => {
  const eio = () => {
    throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
  };
  afterEach(() => jest.restoreAllMocks());

  test("while what was written goes to it is an error: the line may be lost", () => {
    const audit = openAudit(file);
    jest.spyOn(fs, "fsyncSync").mockImplementation(eio);
    expect(() => audit.write([{ a: 1 }])).toThrow(`the audit file ${file} cannot be written: EIO`);
    audit.close();
  });

  test("while the end of the file is looked at is an error, and leaves no file open", () => {
    writeFileSync(file, '{"run":1}\n');
    jest.spyOn(fs, "readSync").mockImplementation(eio);
    const close = jest.spyOn(fs, "closeSync");
    expect(() => openAudit(file)).toThrow(`the audit file ${file} cannot be written: EIO`);
    const [[handle] = []] = close.mock.calls;
    expect(() => fs.fstatSync(Number(handle))).toThrow("EBADF");
  });
});

(process.platform === "win32" ? test.skip : test)("a pipe is written to, although it cannot be synchronised", () => {
  execFileSync("mkfifo", [file]);
  // A pipe needs somebody who reads, else opening it waits.
  const reader = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    run([{ a: 1 }]);
    const bytes = Buffer.alloc(100);
    expect(bytes.toString("utf8", 0, readSync(reader, bytes))).toBe('{"a":1}\n');
  } finally {
    closeSync(reader);
  }
});
