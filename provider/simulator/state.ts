import { type Strings, strings } from "../roster/strings.js";
import type { Account, DraftStatus } from "./account/account.js";
import { type Columns, columnOf } from "./account/columns.js";

/** What an account holds, for tests to look at. */
export interface SimulatorState {
  /** Whether the initial setup is complete. */
  readonly setUp: boolean;
  /** In the order of the CSV; none before the setup. */
  readonly columns: Columns;
  /** In the order in which they came. */
  readonly developers: readonly StateDeveloper[];
  /** Sorted by email; also those that wait for their developer. */
  readonly identities: readonly { readonly email: string; readonly integrationId: number; readonly identity: string }[];
  readonly activeVersion: string | null;
  readonly versions: readonly { readonly versionId: string; readonly status: DraftStatus }[];
}

export interface StateDeveloper {
  readonly refId: number;
  readonly email: string;
  readonly name: string;
  readonly managerEmail: string;
  /** The custom columns. */
  readonly attributes: Strings;
}

export function stateOf({ columns, developers, identities, active, drafts }: Account): SimulatorState {
  const known = columns ?? [];
  const [name = "", email = "", manager = ""] = (["NAME", "EMAIL", "MANAGER_EMAIL"] as const).map((type) =>
    columnOf(known, type),
  );
  const custom = known.filter(({ type }) => type === "CUSTOM");
  return {
    setUp: columns !== null,
    columns: known,
    developers: [...developers.values()].map(({ refId, values }) => ({
      refId,
      email: values[email] ?? "",
      name: values[name] ?? "",
      managerEmail: values[manager] ?? "",
      attributes: strings(custom.map((column) => [column.name, values[column.name] ?? ""])),
    })),
    identities: [...identities]
      .flatMap(([key, held]) =>
        [...held].flatMap(([integrationId, all]) =>
          all.map((identity) => ({ email: developers.get(key)?.values[email] ?? key, integrationId, identity })),
        ),
      )
      .sort((a, b) => (a.email < b.email ? -1 : a.email > b.email ? 1 : a.integrationId - b.integrationId)),
    activeVersion: active,
    versions: [...drafts.values()].map(({ id, status }) => ({ versionId: id, status })),
  };
}
