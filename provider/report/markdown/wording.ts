/** What a report is of: a plan that may be applied, or how live differs from what is declared. */
export type ReportKind = "plan" | "drift";

/** The words in which the two kinds of report differ. */
export interface Wording {
  readonly before: string;
  readonly after: string;
  readonly joins: string;
  readonly leaves: string;
  readonly renames: string;
  readonly managers: string;
  readonly followers: string;
  readonly teams: string;
  readonly others: string;
  readonly identities: string;
  readonly columns: string;
  readonly lookTwice: string;
  readonly chart: string;
  readonly legend: string;
}

/** The words of a kind of report. */
export const WORDING: Readonly<Record<ReportKind, Wording>> = {
  plan: {
    before: "Before",
    after: "After",
    joins: "Join",
    leaves: "Leave",
    renames: "Get a new address",
    managers: "Get another manager",
    followers: "Keep their manager, who gets a new address",
    teams: "Change team",
    others: "Other values",
    identities: "Identities",
    columns: "Columns",
    lookTwice: "who joins has the name or an identity of one who leaves",
    chart: "Org chart of what changes",
    legend: "`+` joins, `-` leaves, `>` gets another manager, `~` changes otherwise; dotted: the former manager",
  },
  drift: {
    before: "Live",
    after: "Declared",
    joins: "Declared and not live",
    leaves: "Live and not declared",
    renames: "Live under a former address",
    managers: "Another manager than declared",
    followers: "Report to the former address of their manager",
    teams: "Another team than declared",
    others: "Other values than declared",
    identities: "Identities that differ",
    columns: "Columns that differ",
    lookTwice: "who is declared and not live has the name or an identity of one who is live and not declared",
    chart: "Org chart of what differs",
    legend:
      "`+` declared and not live, `-` live and not declared, `>` has another manager, `~` differs otherwise; dotted: the manager who is live",
  },
};
