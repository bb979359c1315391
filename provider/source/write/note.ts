import { counted } from "../counted.js";

/** Something of a live roster that a source does not hold, or holds in another way than somebody would expect. */
export type Note =
  /** Attribute columns that no source can tell apart or name. Their live values stay. */
  | { readonly kind: "columnsLeftOut"; readonly columns: readonly string[] }
  | { readonly kind: "fieldsLeftOut" }
  /** The other kinds are about so many people or identities. */
  | { readonly kind: CountedNote; readonly count: number };

type CountedNote =
  | "blankNames"
  | "brokenTexts"
  | "managersNotThere"
  | "managersInCircle"
  | "identitiesBesides"
  | "identitiesContested"
  | "identitiesUnusable"
  | "identitiesOfStrangers"
  | "identitiesNotInCsv";

/** A note of a kind that counts; none when there is nothing to count. */
export function countedNote(kind: CountedNote, count: number): readonly Note[] {
  return count === 0 ? [] : [{ kind, count }];
}

/**
 * A note as a sentence, without naming anybody: it may end in a log.
 *
 * @example
 * noteText({ kind: "identitiesNotInCsv", count: 2 }); // "2 identities are not in a CSV: ..."
 */
export function noteText(note: Note): string {
  switch (note.kind) {
    case "columnsLeftOut": {
      const names = note.columns.slice(0, 5).map((column) => JSON.stringify(column));
      const more = note.columns.length > 5 ? ", ..." : "";
      return `${counted(note.columns.length, "column")} left out, because another one is spelled alike, it has no name of its own, or it is called as another field is: ${names.join(", ")}${more}. The live values stay`;
    }
    case "fieldsLeftOut":
      return "`fields` left out: two columns of the account are spelled alike, one has no name, or one is called as another field is. The live field mapping stays";
    case "blankNames":
      return `${counted(note.count, "developer")} without a name: a name cannot be cleared, so none is declared`;
    case "brokenTexts":
      return `${counted(note.count, "text")} with half of a character, which no source can hold: not declared, a comment says where. The live value stays`;
    case "managersNotThere":
      return `${counted(note.count, "manager")} not declared, because they are not on the roster; a comment says who. The live value stays`;
    case "managersInCircle":
      return `${counted(note.count, "manager")} not declared, because people report to each other in a circle; a comment says who. The live value stays`;
    case "identitiesBesides":
      return `${counted(note.count, "identity")} besides the first of their integration: one can be declared, the others are in comments`;
    case "identitiesContested":
      return `${counted(note.count, "identity")} held by several developers: nobody declares them, a comment says which`;
    case "identitiesUnusable":
      return `${counted(note.count, "identity")} without a user id or integrationId that can be declared; they stay as they are`;
    case "identitiesOfStrangers":
      return `${counted(note.count, "identity")} of people who are not on the roster: they cannot be declared, and stay as they are`;
    case "identitiesNotInCsv":
      return `${counted(note.count, "identity")} not in the file: a CSV holds none. They are not managed, and stay as they are`;
  }
}
