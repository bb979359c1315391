import { describe, describeWithoutPeople } from "../apply/describe.js";
import { maskText } from "../report/mask-text.js";
import type { People } from "../report/people.js";
import { CleanError } from "./clean-error.js";

/**
 * An error as it may be shown: the words of the API may name people, also where nobody may be named. Ours are made for
 * what may be said already.
 */
export function inPublic(error: unknown, people: People): unknown {
  if (error instanceof CleanError) return error;
  switch (people) {
    case "names":
      return error;
    case "masked":
      return new CleanError(maskText(describe(error)));
    case "none":
      return new CleanError(describeWithoutPeople(error));
  }
}
