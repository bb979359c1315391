import fc from "fast-check";
import { formatYaml } from "../../provider/source/format-yaml.js";

const VALID = `# a header

# yaml-language-server: $schema=./roster.schema.json
developers:   # people
  # about the list

  zed@example.com:
    Role: |+
      Engineer

    # above the name
    name: "Zed # no comment"   # beside it
    identities: { github: zed, 102: 081de7ae }
    # at the end of zed
  # eve@example.com:
  #   name: Eve
  bob@example.com: { Role: 007, name: 'Bob', manager: &boss ada@example.com }
  # below bob

  ada@example.com:
    manager: *boss
    attributes:
      Bio: >-
        folded
        text
      Site: "two
        lines"

    name: Ada
prune: all


version: 1
guards: { protect: [cto@example.com], maxDelete: 10% }   # guards
# the foot
`;
const LIST = `version: 1
developers:
- name: Zed   # beside
  # the address
  email: zed@example.com
  Role: |
    Engineer
# about bob
- {Role: x, email: bob@example.com}
-
  email: ada@example.com
  name: &n Ada

- # about eve
  name: *n
  email: eve@example.com
  # the end of eve
allow: [{ plan: 9f, reason: "a, b", until: 2026-12-31 }]
`;

const noise = fc.oneof(
  fc.constantFrom(
    ...[
      "\t",
      "\n",
      "\n\n",
      "\r",
      "\r\n",
      ": ",
      "- ",
      "&a ",
      "*a",
      "*boss",
      "<<: *boss",
      "!!str ",
      "? ",
      "?\n",
      "{",
      "}",
    ],
    ...["[", "]", ", ", '"', "'", "|", ">", "|+\n", "|2-\n", "---\n", "...\n", "\ufeff", "~", "#", " # x", "\n  # x\n"],
    ...["\n    # x\n", "\n# x\n", "\n\n  # x\n\n", "  ", "    ", "      ", "developers:\n", "  kim@example.com: {}\n"],
    ...["\u2028", "\u00a0", "\u0085", "\u000b", "- email: kim@example.com\n", "x: y\n", "name", "\\"],
  ),
  fc.string({ unit: "binary", maxLength: 3 }),
);
// Where there are aliases, a mistake of ours would look like an alias that cannot be moved.
const plain = (text: string): string => text.replace(/[&*](boss|n) ?/g, "");
const mutated = fc
  .tuple(
    fc.constantFrom(VALID, LIST, plain(VALID), plain(LIST)),
    fc.array(fc.record({ at: fc.nat(VALID.length), remove: fc.nat(12), insert: noise }), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((made, { at, remove, insert }) => made.slice(0, at) + insert + made.slice(at + remove), text),
  );

test.each([VALID, LIST])("the unmutated text is formatted", (text) => {
  expect(formatYaml("roster.yaml", text)).toMatchObject({ kind: "formatted" });
});

test("a mutated file is formatted safely and for good, or refused with findings", () => {
  const kinds = new Map<string, number>();
  fc.assert(
    fc.property(mutated, (text) => {
      const made = formatYaml("roster.yaml", text);
      kinds.set(made.kind, (kinds.get(made.kind) ?? 0) + 1);
      if (made.kind === "refused") expect(made.findings.length).toBeGreaterThan(0);
      else expect(made).toMatchObject({ kind: "formatted" });
      if (made.kind === "formatted") {
        expect(formatYaml("roster.yaml", made.text)).toMatchObject({ kind: "formatted", text: made.text });
      }
    }),
    { numRuns: 1000 },
  );
  // The test would say nothing if nearly all were refused.
  expect(kinds.get("formatted") ?? 0).toBeGreaterThan(150);
});
