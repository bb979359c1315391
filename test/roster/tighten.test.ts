import type { GuardSettings, Prune } from "../../provider/roster/policy.js";
import { LooserError, tightenGuards, tightenPrune } from "../../provider/roster/tighten.js";

/** What is thrown, as class and words; the value when nothing is. */
function said(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof LooserError)) throw error;
    return `${error.name}: ${error.message}`;
  }
}

describe("prune: an argument may only delete less", () => {
  const modes = ["none", "managed", "all"] as const;
  test.each(modes.flatMap((source) => modes.map((argument): [Prune, Prune] => [source, argument])))(
    "source %s, argument %s",
    (source, argument) => {
      const deletesMore = modes.indexOf(argument) > modes.indexOf(source);
      expect(said(() => tightenPrune(source, argument, "managed"))).toBe(
        deletesMore
          ? `LooserError: prune: ${argument} would delete more than the source allows (prune: ${source}). Change the source`
          : argument,
      );
    },
  );

  test("what is left out: the other one counts, then the standard", () => {
    expect(tightenPrune(undefined, "all", "managed")).toBe("all");
    expect(tightenPrune("all", undefined, "managed")).toBe("all");
    expect(tightenPrune(undefined, undefined, "managed")).toBe("managed");
  });
});

describe("guards: an argument may only be stricter", () => {
  const names = ["maxDelete", "maxUpdate", "maxBlank", "maxManagerChange", "maxIdentityMove"] as const;

  test.each(names)("%s", (name) => {
    const tighten = (source: GuardSettings[typeof name], argument: GuardSettings[typeof name]) =>
      said(() => tightenGuards({ [name]: source }, { [name]: argument }));
    expect(tighten(5, 4)).toEqual({ [name]: 4 });
    expect(tighten(5, 5)).toEqual({ [name]: 5 });
    expect(tighten(5, 0)).toEqual({ [name]: 0 });
    expect(tighten("10%", "9.5%")).toEqual({ [name]: "9.5%" });
    const refused = (limit: number | string, written: number | string) =>
      `LooserError: guards.${name}: ${limit} is not stricter than the source's ${written}. Change the source`;
    expect(tighten(5, 6)).toBe(refused(6, 5));
    expect(tighten("9%", "10%")).toBe(refused("10%", "9%"));
    // Nobody can tell before the roster is known.
    expect(tighten(5, "1%")).toBe(refused("1%", 5));
    expect(tighten("50%", 1)).toBe(refused(1, "50%"));
  });

  test("what the source does not say may be set, what the argument does not say stays", () => {
    expect(tightenGuards({}, { maxDelete: "100%", minDevelopers: 0 })).toEqual({ maxDelete: "100%", minDevelopers: 0 });
    expect(tightenGuards({ maxDelete: 1, maxBlank: "2%", minDevelopers: 3 }, { maxUpdate: 4 })).toEqual({
      maxDelete: 1,
      maxBlank: "2%",
      maxUpdate: 4,
      minDevelopers: 3,
    });
    expect(tightenGuards({}, {})).toEqual({});
  });

  test("a minimum may only be higher", () => {
    const tighten = (source: number, argument: number) =>
      said(() => tightenGuards({ minDevelopers: source }, { minDevelopers: argument }));
    expect(tighten(10, 11)).toEqual({ minDevelopers: 11 });
    expect(tighten(10, 10)).toEqual({ minDevelopers: 10 });
    expect(tighten(10, 9)).toBe("LooserError: guards.minDevelopers: 9 is less than the source's 10. Change the source");
    expect(tighten(10, 0)).toContain("0 is less than the source's 10");
  });

  test("who is protected by either is protected, once and in order", () => {
    expect(tightenGuards({ protect: ["c@x", "a@x"] }, { protect: ["b@x", "a@x"] })).toEqual({
      protect: ["a@x", "b@x", "c@x"],
    });
    expect(tightenGuards({ protect: ["a@x"] }, {})).toEqual({ protect: ["a@x"] });
    expect(tightenGuards({}, { protect: ["a@x"] })).toEqual({ protect: ["a@x"] });
    expect(tightenGuards({}, { protect: [] })).not.toHaveProperty("protect");
  });
});
