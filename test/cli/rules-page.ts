import type { Rule } from "../../provider/source/catalogue/rule.js";
import { CATALOGUE } from "../../provider/source/catalogue/rule-catalogue.js";
import { EXAMPLES, type Example } from "./rule-examples.js";

const HEAD = `<!-- Made from the rule catalogue: GOLDEN=write npx jest --selectProjects unit --testPathPatterns test/cli/rules -->

# Rules

Every finding of \`sei-roster validate\`, of a plan and of a Pulumi program names one of these rules. An error refuses the
source; a warning is only said. Rules with the API's own name are errors that SEI would answer with too.
`;

/** The text of docs/rules.md. */
export function rulesPage(): string {
  const rules = [...CATALOGUE.values()];
  const rows = rules.map((rule) => `| [${rule.name}](#${rule.name.toLowerCase()}) | ${rule.title} | ${kindOf(rule)} |`);
  const index = ["| Rule | Says | Kind |", "| --- | --- | --- |", ...rows].join("\n");
  return `${[HEAD, `${index}\n`, ...rules.map(section)].join("\n")}`;
}

function kindOf({ severity, api }: Rule): string {
  return api === null ? severity : `${severity}, of the API`;
}

function section(rule: Rule): string {
  const { name, title, means, fix, api } = rule;
  const source = api === null ? [] : [`Source: ${api}.`];
  const example = EXAMPLES[name];
  const shown = example === undefined ? [] : exampleOf(example);
  return `${[`## ${name}`, `${title} (${kindOf(rule)}).`, means, `**What to do:** ${fix}`, ...source, ...shown].join("\n\n")}\n`;
}

/** A file that is no text, or that is about its size, says nothing on a page. */
function exampleOf({ files, maxFileSize }: Example): readonly string[] {
  if (maxFileSize !== undefined) return [];
  return Object.entries(files).flatMap(([file, text]) =>
    typeof text !== "string" || text.split("\n").length < 3
      ? []
      : [
          `\`\`\`${file.endsWith(".csv") ? "csv" : "yaml"}\n# ${file}\n${text}\`\`\``.replace(
            "csv\n# people.csv\n",
            "csv\n",
          ),
        ],
  );
}
