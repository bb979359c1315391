import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { strings } from "../../roster/strings.js";
import type { Account, Draft } from "./account.js";
import type { Columns } from "./columns.js";
import type { Persistence } from "./store.js";

/** account.json. The rows of a version that waits are in a file of their own, so that other writes do not carry them. */
interface StoredAccount {
  readonly format: 1;
  readonly columns: Columns | null;
  /** `[key, refId, cells in the order of columns]` */
  readonly developers: readonly (readonly [string, number, readonly string[]])[];
  readonly identities: readonly (readonly [string, readonly (readonly [number, readonly string[]])[]])[];
  readonly drafts: readonly (Omit<Draft, "rows"> & { readonly rows: boolean })[];
  readonly active: string | null;
  readonly revision: number;
  readonly nextRefId: number;
  readonly nextVersion: number;
}

/**
 * Keeps an account in a folder, in files that are each replaced at once (temporary file and rename). The rows of a version
 * are written before the account that speaks of them and removed after the account that does not, so that a
 * process that dies at any point leaves a whole account.
 */
export function dataFolder(folder: string): Persistence {
  const accountFile = join(folder, "account.json");
  const rowsFile = (id: string) => join(folder, `rows-${Buffer.from(id).toString("base64url")}.json`);
  return {
    async load() {
      await mkdir(folder, { recursive: true });
      const text = await readFile(accountFile, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      if (text === null) return null;
      const stored: StoredAccount = JSON.parse(text);
      const drafts = await Promise.all(
        stored.drafts.map(async (draft) => ({
          ...draft,
          rows: draft.rows ? JSON.parse(await readFile(rowsFile(draft.id), "utf8")) : null,
        })),
      );
      return revive(stored, drafts);
    },
    async save(next, before) {
      for (const { id, rows } of next.drafts.values()) {
        if (rows !== null && rows !== before.drafts.get(id)?.rows) {
          await writeFileAtomic(rowsFile(id), JSON.stringify(rows));
        }
      }
      await writeFileAtomic(accountFile, JSON.stringify(freeze(next)));
      for (const { id, rows } of before.drafts.values()) {
        if (rows !== null && (next.drafts.get(id)?.rows ?? null) === null) await rm(rowsFile(id), { force: true });
      }
    },
  };
}

function freeze({ columns, developers, identities, drafts, ...rest }: Account): StoredAccount {
  const names = (columns ?? []).map(({ name }) => name);
  return {
    format: 1,
    columns,
    developers: [...developers].map(([key, { refId, values }]) => [
      key,
      refId,
      names.map((name) => values[name] ?? ""),
    ]),
    identities: [...identities].map(([key, held]) => [key, [...held]]),
    drafts: [...drafts.values()].map((draft) => ({ ...draft, rows: draft.rows !== null })),
    ...rest,
  };
}

function revive(
  { format: _, columns, developers, identities, ...rest }: StoredAccount,
  drafts: readonly Draft[],
): Account {
  const names = (columns ?? []).map(({ name }) => name);
  return {
    ...rest,
    columns,
    developers: new Map(
      developers.map(([key, refId, cells]) => [
        key,
        { refId, values: strings(names.map((name, index) => [name, cells[index] ?? ""])) },
      ]),
    ),
    identities: new Map(identities.map(([key, held]) => [key, new Map(held)])),
    drafts: new Map(drafts.map((draft) => [draft.id, draft])),
  };
}
