import { REGIONS } from "../sei/endpoint.js";
import type { Looker } from "../sei/look.js";
import type { Arrival, Subject } from "./evidence.js";
import { isPast, type Reaction, reactionOf } from "./reaction.js";

/** "Retrieve the schema": the documents' own example of a request that tells whether a key is good. */
export const SCHEMA = "/v2/developers/schema";

/** The paths of the documented base URLs: the regions, the gateway, and the host alone. */
const BASE_PATHS = [...Object.values(REGIONS).map((url) => new URL(url).pathname), "/gateway/sei/api", ""];

/** What a wrong base URL gives. A 401 too: the API gives it for paths that it does not know. */
const NOT_HERE: readonly Reaction[] = ["unauthorized", "missing", "page", "redirect"];

/** Knocks at the door: without a key, and with it in every form that is allowed. */
export async function arrive({ endpoint, account, looker }: Subject): Promise<Arrival> {
  const [keyless, ...looks] = await Promise.all([
    looker.get({ path: SCHEMA, form: null }),
    ...looker.forms.map((form) => looker.get({ path: SCHEMA, form })),
  ]);
  const forms = looker.forms.flatMap((form, at) => {
    const looked = looks[at];
    return looked === undefined ? [] : [{ form, looked }];
  });
  const reactions = forms.map(({ looked }) => reactionOf(looked));
  const forbidden = forms.find(({ looked }) => reactionOf(looked) === "forbidden");
  const isNotHere = reactions.every((one) => NOT_HERE.includes(one));
  return {
    keyless,
    forms,
    withoutAccount:
      forbidden === undefined || account === "" || reactions.some(isPast)
        ? null
        : await looker.get({ path: SCHEMA, form: forbidden.form, withoutAccount: true }),
    elsewhere: isNotHere ? await lookElsewhere(endpoint, looker) : [],
  };
}

/** The key is sent to the host that the user named, and to no other. */
async function lookElsewhere(endpoint: string, looker: Looker): Promise<readonly string[]> {
  const { origin, pathname } = new URL(endpoint);
  const own = pathname.replace(/\/$/, "");
  // `https://host/sei/api/v2`: who copied the path of a request.
  const shorter = own.replace(/\/v\d+(\/.*)?$/, "");
  const others = [...new Set([shorter, ...BASE_PATHS])].filter((path) => path !== own);
  const good = await Promise.all(others.map((path) => isGoodAt(path, looker)));
  return others.filter((_, at) => good[at]).map((path) => `${origin}${path}`);
}

async function isGoodAt(basePath: string, looker: Looker): Promise<boolean> {
  for (const form of looker.forms) {
    const reaction = reactionOf(await looker.get({ path: SCHEMA, form, basePath }));
    if (reaction === "fine" || reaction === "setup") return true;
    if (reaction !== "unauthorized" && reaction !== "forbidden") return false;
  }
  return false;
}
