import { describe, describeWithoutPeople } from "../apply/describe.js";
import { maskText } from "../report/mask-text.js";
import type { People } from "../report/people.js";
import { clean } from "./clean.js";
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

/**
 * Runs one operation of a provider; whatever it throws is shown without a stack, and names whom it may.
 *
 * @param people asked only when something is thrown
 */
export function cleanInPublic<T>(people: () => People, work: () => Promise<T>): Promise<T> {
  return clean(async () => {
    try {
      return await work();
    } catch (error) {
      throw inPublic(error, people());
    }
  });
}
