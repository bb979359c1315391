import type { SimulatorState } from "../../../provider/simulator/simulator.js";

/** A write, as a request that can be sent to several simulators. */
export interface Write {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly json?: unknown;
  readonly csv?: string;
}

/** A number from 0 on, less than the limit. */
export type Draw = (limit: number) => number;

/** The same numbers for the same seed (mulberry32). */
export function drawFrom(seed: number): Draw {
  let at = seed >>> 0;
  return (limit) => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

const DEVELOPERS = "/v2/developers";
const IDENTITIES = "/v2/developers/identities";
const HEADER = "Name,Email,Manager Email,Role,Team,Site";
const PEOPLE = 3000;

/** Some write that suits what the account holds; of every kind in time. */
export function nextWrite(state: SimulatorState, draw: Draw): Write {
  if (!state.setUp) return setUp(state);
  switch (draw(8)) {
    case 0:
    case 1: {
      const json = Array.from({ length: 1 + draw(50) }, () => person(draw(PEOPLE * 1.2), draw));
      return { what: "upsert", method: "PATCH", path: DEVELOPERS, json };
    }
    case 2: {
      const emails = Array.from({ length: 1 + draw(3) }, () => emailOf(PEOPLE / 2 + draw(PEOPLE / 2)));
      return { what: "delete", method: "DELETE", path: DEVELOPERS, json: { emails: [...new Set(emails)] } };
    }
    case 3:
      return { what: "reupload", method: "PUT", path: DEVELOPERS, csv: changed(state, draw) };
    case 4:
    case 5: {
      const waiting = state.versions.filter(({ status }) => status === "reviewed");
      const version = waiting[draw(waiting.length)];
      if (version === undefined)
        return { what: "reupload", method: "PUT", path: DEVELOPERS, csv: changed(state, draw) };
      return {
        what: "approve",
        method: "PATCH",
        path: `${DEVELOPERS}/versions/${version.versionId}`,
        json: { active: true },
      };
    }
    case 6: {
      const json = Array.from({ length: 1 + draw(5) }, () => ({
        email: state.developers[draw(state.developers.length)]?.email ?? "",
        integrationId: 1 + draw(2),
        identity: `login-${draw(PEOPLE)}`,
      }));
      return { what: "identities", method: "PATCH", path: IDENTITIES, json };
    }
    default: {
      const word = draw(1000);
      const rows = state.developers.map(
        ({ email, refId }) => `${email},1,login-${(refId * 7 + word) % PEOPLE}-${word}\n`,
      );
      return {
        what: "identities CSV",
        method: "PATCH",
        path: IDENTITIES,
        csv: `email,integrationId,identity\n${rows.join("")}`,
      };
    }
  }
}

function setUp({ versions }: SimulatorState): Write {
  const version = versions.at(-1);
  if (version === undefined) {
    const rows = Array.from({ length: PEOPLE }, (_, at) => row(person(at, () => 0)));
    return { what: "upload", method: "POST", path: DEVELOPERS, csv: `${HEADER}\n${rows.join("")}` };
  }
  const types = ["NAME", "EMAIL", "MANAGER_EMAIL", "CUSTOM", "CUSTOM", "CUSTOM"];
  const fieldMappings = HEADER.split(",").map((columnName, at) => ({ columnName, fieldType: types[at] }));
  return {
    what: "save",
    method: "PUT",
    path: `${DEVELOPERS}/versions/${version.versionId}/fieldMappings`,
    json: { fieldMappings },
  };
}

const emailOf = (at: number) => `person.${at}@example.com`;

/** Reports to one of the first hundred, who are never deleted and report to nobody. */
function person(at: number, draw: Draw): Record<string, string> {
  return {
    Name: `Person ${at}`,
    Email: emailOf(at),
    "Manager Email": at < 100 ? "" : emailOf(at % 100),
    Role: `Engineer ${draw(9)}`,
    Team: `Team ${draw(99)}`,
    Site: "Reykjavík",
  };
}

function row(values: Record<string, string>): string {
  return `${Object.values(values).join(",")}\n`;
}

/** The account as a CSV in which some or all are changed, some are gone, and often the order is another. */
function changed({ developers }: SimulatorState, draw: Draw): string {
  const share = [1, 20, 100][draw(3)] ?? 1;
  const rows = developers
    .filter((_, at) => at < 100 || draw(200) > 0)
    .map(({ email, name, managerEmail, attributes }) => {
      const Team = draw(100) < share ? `Team ${draw(99)}` : (attributes["Team"] ?? "");
      return row({ name, email, managerEmail, Role: attributes["Role"] ?? "", Team, Site: attributes["Site"] ?? "" });
    });
  if (draw(2) === 0) rows.reverse();
  return `${HEADER}\n${rows.join("")}`;
}
