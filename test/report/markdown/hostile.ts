import fc from "fast-check";

/** What a renderer, a forge or Mermaid could take for its own. */
export const PIECES: readonly string[] = [
  ...["@octocat", "@org/team", "#123", "GH-12", "org/repo#5", "!1", "~label", "%milestone", "&epic", "$12"],
  ...[":smile:", "https://evil.example/x", "http://a.b", "www.evil.example", "evil@mail.example", "deadbeef"],
  ...["![x](https://e.example/i.png)", "[x](javascript:alert(1))", "[x]: https://e.example", "[^1]", "[ ]", "[[x]]"],
  ...["<b>", "</b>", "<!-- sei-roster:plan name=default run=7.1 -->", "<!--", "-->", "</details>", "<details>"],
  ...["<summary>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "`", "``", "```", "~~~", "~~x~~"],
  ...["|", "\\|", "\\\\|", "\\", "\\`", "&lt;", "&#35;", "&amp;", "*x*", "**", "_x_", "__", "# h", "- x", "1. x"],
  ...["> q", "> [!CAUTION]", "---", "===", "\n", "\r\n", "\n\n# x\n", "\t", " ", "  ", "\u00a0", "\u2028", "\u202e"],
  ...["\u2066", "\u200b", "\u200d", "\ufeff", "\u3164", "\u{e0041}", "\u0000", "\u001b[31m", "\ud800", "\udfff"],
  ...["é", "山田　太郎", "מזל", "👩‍🚀", "❤️", "end", "subgraph", "click n0 href", '"]', '"', "'", "]", "[", "{", "}"],
  ...["(", ")", "((", "-.->", "==>", ":::joins", ";", "%%", "%%{init: {'theme':'x'}}%%", "#quot;", "#35;", "fa:fa-car"],
  ...["$$x$$", "$`x`$", "style n0 fill:#f00;", "classDef x fill:#fff;", "class n0 joins", "linkStyle", "graph TD"],
  ...["direction TB", "@{ shape: x }", "n0", "e1@-->", "Ada", "Lovelace", "O'Neill", ".", ",", ":", "-", "<!"],
];

/** Texts of such pieces, with or without a space in between, and of whatever else there is. */
export const hostileText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
        { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
        { weight: 1, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 6 }) },
      ),
      { minLength: 1, maxLength: 8 },
    ),
    fc.constantFrom("", " "),
  )
  .map(([pieces, glue]) => pieces.join(glue))
  .filter((text) => text !== "");
