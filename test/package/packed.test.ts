import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diagnostics, expectExit, makeWorld, ROOT, withEngine } from "../engine/engine";
import { runCommand } from "../engine/stack";

jest.setTimeout(300_000);

const npm = (args: readonly string[], cwd: string) => runCommand("npm", args, { cwd, timeoutMs: 240_000 });

withEngine("the packed package, as users have it", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sei-user-"));
    expectExit(await npm(["pack", "--ignore-scripts", "--pack-destination", folder], ROOT), 0);
    const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "";
    const { devDependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    const sdk = `@pulumi/pulumi@${devDependencies["@pulumi/pulumi"]}`;
    await writeFile(join(folder, "package.json"), '{ "name": "users-project", "private": true, "main": "index.js" }\n');
    expectExit(
      await npm(["install", "--no-audit", "--no-fund", "--prefer-offline", sdk, join(folder, tarball)], folder),
      0,
    );
    await cp(join(ROOT, "examples", "engineering", "index.js"), join(folder, "index.js"));
    await writeFile(
      join(folder, "Pulumi.yaml"),
      "name: users-project\nruntime: { name: nodejs, options: { typescript: false } }\n",
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("up, no-op, drift and destroy work from another folder", async () => {
    const world = await makeWorld({ project: folder });
    try {
      await world.stack.config("roster:forceDestroy", "true");
      await world.edit("company.yaml", "  protect: [grace@example.com]\n", "");
      expectExit(await world.stack.up(), 0);
      expectExit(await world.stack.preview("--expect-no-changes"), 0);
      await world.edit("payments.yaml", "Role: Staff Engineer", "Role: Principal Engineer");
      const drift = await world.stack.preview("--expect-no-changes");
      expectExit(drift, 7);
      expect(diagnostics(drift)).toContain('Role: "Staff Engineer" -> "Principal Engineer"');
      expectExit(await world.stack.destroy(), 0);
    } finally {
      await world.close();
    }
  });

  test("`sei-roster` is there", async () => {
    const ran = await runCommand(join(folder, "node_modules", ".bin", "sei-roster"), ["--version"], { cwd: folder });
    expectExit(ran, 0);
    expect(ran.stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("the client is there, with its types, and loads no Pulumi", async () => {
    const source = `
      import { connect, type SyncOutcome, syncDeveloper } from "pulumi-harness-sei/client";
      const options = { endpoint: "http://127.0.0.1:9", apiKey: "none", retry: { budgetMs: 0 } };
      const outcome: Promise<SyncOutcome> = syncDeveloper({ email: "ada@example.com", name: "Ada" }, options);
      void outcome.then(({ status }) => {
        const loaded = Object.keys(require.cache).filter((file) => file.includes("@pulumi")).length;
        console.log(status, typeof connect(options).api.schema, loaded);
      });`;
    await writeFile(join(folder, "client.cts"), source);
    const compiler = [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "--strict", "--module", "node16"];
    const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules", "@types"), "--target", "es2022"];
    expectExit(await runCommand(process.execPath, [...compiler, ...types, "client.cts"], { cwd: folder }), 0);
    const ran = await runCommand(process.execPath, ["client.cjs"], { cwd: folder });
    expectExit(ran, 0);
    expect(ran.stdout.trim()).toBe("failed function 0");
  });

  test("the package holds what it should, and nothing else", async () => {
    const { stdout } = await npm(["pack", "--ignore-scripts", "--dry-run", "--json"], ROOT);
    const files: string[] = JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path);
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "schema/roster.schema.json", "docs/rules.md"]),
    );
    expect(files.filter((path) => !/^(ci|dist|docs|schema)\//.test(path)).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "openapi/sei.yaml",
      "package.json",
    ]);
  });
});
