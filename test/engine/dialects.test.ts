import { DIALECTS, type DialectName } from "../../provider/simulator/dialect/dialects";
import { diagnostics, expectExit, makeWorld, withEngine } from "./engine";

jest.setTimeout(240_000);

const OTHERS = (Object.keys(DIALECTS) as DialectName[]).filter((name) => name !== "default");

withEngine("servers that answer otherwise where the documents leave it open", () => {
  test.each(OTHERS)("%s: create, no-op, change, delete, destroy", async (dialect) => {
    const world = await makeWorld({ simulator: { dialect, account: "acme" } });
    try {
      await world.stack.config("harness-sei:account", "acme");
      await world.stack.config("roster:forceDestroy", "true");
      await world.edit("company.yaml", "  protect: [grace@example.com]\n", "");
      expectExit(await world.stack.up(), 0);
      expectExit(await world.stack.preview("--expect-no-changes"), 0);
      await world.edit("payments.yaml", / {2}annie@example\.com:\n( {4}.+\n)+/, "");
      await world.edit("payments.yaml", "Role: Staff Engineer", "Role: Principal Engineer");
      await world.edit(
        "payments.yaml",
        "developers:\n",
        "developers:\n  nia@example.com: { name: Nia Okafor, manager: ada@example.com }\n",
      );
      const drift = await world.stack.preview("--expect-no-changes");
      expectExit(drift, 7);
      expect(diagnostics(drift)).toContain("plan: 1 to create, 1 to update, 1 to delete");
      expectExit(await world.stack.up(), 0);
      expectExit(await world.stack.refresh("--preview-only", "--expect-no-changes"), 0);
      expectExit(await world.stack.destroy(), 0);
    } finally {
      await world.close();
    }
  });
});
