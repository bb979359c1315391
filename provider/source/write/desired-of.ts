import { type DesiredRoster, EMPTY_ROSTER } from "../../roster/desired-roster.js";
import { strings } from "../../roster/strings.js";
import { isBroken } from "../broken-characters.js";
import type { DeclarableRoster } from "./declarable-roster.js";

/** What the YAML of a declarable roster says, without writing and reading it. */
export function desiredOf({ fields, columns, developers }: DeclarableRoster): DesiredRoster {
  return {
    ...EMPTY_ROSTER,
    fields,
    developers: new Map(
      developers.map(({ live, name, managerFault, identities }) => [
        live.email,
        {
          email: live.email,
          ...(name === null ? {} : { name }),
          ...(managerFault === null ? { managerEmail: live.managerEmail } : {}),
          attributes: strings(
            columns
              .map((column): [string, string] => [column.name, live.attributes[column.live] ?? ""])
              .filter(([, value]) => !isBroken(value)),
          ),
          identities: new Map(
            identities.flatMap(({ integrationId, identity }): [number, string][] =>
              identity === null ? [] : [[integrationId, identity]],
            ),
          ),
        },
      ]),
    ),
  };
}
