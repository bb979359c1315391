import type { DesiredRoster } from "./desired-roster.js";
import type { DesiredDeveloper } from "./developer.js";
import { type HeldIdentities, heldIdentities } from "./held-identities.js";
import type { LiveRoster } from "./live-roster.js";
import { isUnderWay, type RenameEntry } from "./rename-entry.js";
import { byText } from "./strings.js";

/** A developer whose new address and a previous one are both live. */
export interface BothLive {
  readonly email: string;
  readonly previousEmail: string;
}

/** A developer who is not live under the new address, and under several previous ones. */
export interface SeveralLive {
  readonly email: string;
  readonly previousEmails: readonly string[];
}

/** Who is renamed, from the addresses that the source declares, those that are live, and the journal. */
export interface Renames {
  /** The live key of who gets a new address, by that address. */
  readonly begun: ReadonlyMap<string, string>;
  /** Both are live, and the journal says that they are one person: what is left of a rename. */
  readonly rest: readonly BothLive[];
  /** Both are live, and nothing says that they are one person except the source. */
  readonly unproven: readonly BothLive[];
  readonly several: readonly SeveralLive[];
  /** Renames under way, by the key of the developer whom they concern now. */
  readonly entries: ReadonlyMap<string, readonly RenameEntry[]>;
  /** Every live previous address: none of them is deleted as somebody who is not declared. */
  readonly spokenFor: ReadonlySet<string>;
}

/** Finds out who is renamed. The order of the inputs does not matter. */
export function resolveRenames(
  desired: DesiredRoster,
  live: LiveRoster,
  journal: readonly RenameEntry[],
  held: HeldIdentities = heldIdentities(live.identities ?? [], live.developers),
): Renames {
  const people = { developers: live.developers, held: live.identities === null ? null : held };
  const counts = countsFor(desired, live, journal);
  const open = journal.filter((entry) => counts(entry) && isUnderWay(entry, people)).sort(byKeys);
  const links = linksOf(open);
  const candidates = [...desired.developers.values()]
    .filter(({ email, previousEmails }) => previousEmails !== undefined || links.has(email))
    .sort((a, b) => byText(a.email, b.email));
  const begun = new Map<string, string>();
  const rest: BothLive[] = [];
  const unproven: BothLive[] = [];
  const several: SeveralLive[] = [];
  const entries = new Map<string, readonly RenameEntry[]>();
  const taken = new Set<string>();
  for (const declared of candidates) {
    const { email } = declared;
    const former = formerAddresses(declared, desired, links, taken);
    for (const address of former) taken.add(address);
    const own = open.filter((one) => [one.email, one.previousEmail].some((at) => at === email || former.has(at)));
    if (own.length > 0) entries.set(email, own);
    const there = [...former].filter((address) => live.developers.has(address)).sort(byText);
    if (live.developers.has(email)) {
      const proven = reach([email], links);
      for (const previousEmail of there) (proven.has(previousEmail) ? rest : unproven).push({ email, previousEmail });
      continue;
    }
    const newest = there.length === 1 ? there[0] : newestOf(there, links, open);
    if (newest !== undefined) {
      begun.set(email, newest);
      for (const previousEmail of there) if (previousEmail !== newest) rest.push({ email, previousEmail });
    } else if (there.length > 0) several.push({ email, previousEmails: there });
  }
  const spokenFor = new Set([...taken].filter((address) => live.developers.has(address)));
  return { begun, rest, unproven, several, entries, spokenFor };
}

/**
 * The journal proves what the source says, and deletes nobody by itself: while the old record is there, an entry counts
 * when one of its addresses is declared as a previous one, or when the source took the rename back, and declares the old
 * address alone. Somebody who found that they are two people only has to take the address out.
 */
function countsFor(
  { developers, absent }: DesiredRoster,
  live: LiveRoster,
  journal: readonly RenameEntry[],
): (entry: RenameEntry) => boolean {
  // Whoever is said to have been b was also whom the journal says b to have been.
  const older = new Map<string, string[]>();
  for (const { email, previousEmail } of journal) older.set(email, [...(older.get(email) ?? []), previousEmail]);
  const previous = reach(
    [...developers.values()].flatMap(({ previousEmails = [] }) => previousEmails),
    older,
  );
  const isDeclared = (email: string) => developers.has(email) || absent.has(email);
  return ({ email, previousEmail }) =>
    !live.developers.has(previousEmail) ||
    previous.has(previousEmail) ||
    previous.has(email) ||
    (developers.has(previousEmail) && !isDeclared(email));
}

/** Which addresses the journal connects: it does not matter which was the new one, as a rename may be taken back. */
type Links = ReadonlyMap<string, readonly string[]>;

function linksOf(entries: readonly RenameEntry[]): Links {
  const links = new Map<string, string[]>();
  const link = (from: string, to: string) => {
    const known = links.get(from);
    if (known === undefined) links.set(from, [to]);
    else known.push(to);
  };
  for (const { email, previousEmail } of entries) {
    link(email, previousEmail);
    link(previousEmail, email);
  }
  return links;
}

/** Everything that is connected with these addresses, themselves included. */
function reach(start: readonly string[], links: Links, barred: (address: string) => boolean = () => false) {
  const found = new Set(start);
  for (const address of found) {
    for (const next of links.get(address) ?? []) if (!barred(next)) found.add(next);
  }
  return found;
}

/** The addresses that a developer had: what is declared, and what the journal connects with that. */
function formerAddresses(
  { email, previousEmails = [] }: DesiredDeveloper,
  { developers, absent }: DesiredRoster,
  links: Links,
  taken: ReadonlySet<string>,
): Set<string> {
  // Validation refuses an address that is somebody else's too; without it, the owner comes first.
  const barred = (address: string) => developers.has(address) || absent.has(address) || taken.has(address);
  const found = reach([email, ...previousEmails.filter((address) => !barred(address))], links, barred);
  found.delete(email);
  return found;
}

/** Of several live addresses of one person, proven by the journal, the one they were renamed to last. */
function newestOf(there: readonly string[], links: Links, entries: readonly RenameEntry[]): string | undefined {
  const [first] = there;
  if (first === undefined) return undefined;
  const proven = reach([first], links);
  if (!there.every((address) => proven.has(address))) return undefined;
  const left = new Set(entries.map(({ previousEmail }) => previousEmail));
  return there.find((address) => !left.has(address)) ?? first;
}

function byKeys(a: RenameEntry, b: RenameEntry): number {
  return byText(a.email, b.email) || byText(a.previousEmail, b.previousEmail);
}
