/** The roster of the benchmarks, made the same way: eight reports to a manager. */
export const emailOf = (at: number): string => `person.${at}@example.com`;
const managerOf = (at: number): string => (at === 0 ? "" : emailOf(Math.floor((at - 1) / 8)));

/** What is unusual about somebody, by index. */
export interface Unusual {
  readonly email?: (at: number) => string;
  readonly manager?: (at: number, count: number) => string;
  readonly team?: (at: number) => string;
}

export function csvOf(count: number, { email = emailOf, manager = managerOf, team = teamOf }: Unusual = {}): string {
  const rows = Array.from(
    { length: count },
    (_, at) => `Person ${at},${email(at)},${manager(at, count)},Engineer,${team(at)}\n`,
  );
  return `Name,Email,Manager Email,Role,Team\n${rows.join("")}`;
}

export function yamlOf(count: number): string {
  const people = Array.from(
    { length: count },
    (_, at) =>
      `  ${emailOf(at)}:\n    name: Person ${at}\n    manager: ${managerOf(at) || "null"}\n    Team: ${teamOf(at)}\n`,
  );
  return `version: 1\ndevelopers:\n${people.join("")}`;
}

function teamOf(at: number): string {
  return `Team ${at % 50}`;
}
