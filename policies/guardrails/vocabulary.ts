import { isListing } from "../capability";
import type { ComparedCapability } from "../compare/grant";
import { PolicyUsageError } from "../errors";
import { parseTime } from "../language/duration";
import { patternOf } from "../pattern";
import { areCapabilities, forbiddenBy, type GuardedAct, type GuardedSecret } from "./forbidden";
import type { Forbidden, Guardrail, Subject } from "./guardrail";

/** A principal: its name in the model, and how it reads in a sentence where that is another. */
export type Named = string | { readonly name: string; readonly title: string };

/** What may be forbidden to a subject; every verb gives a guardrail. */
export interface Verbs {
  mayReadValues(...secrets: GuardedSecret[]): Guardrail;
  /** Of the secrets, and of the folders that parameters stand for. */
  maySeeNames(...secrets: GuardedSecret[]): Guardrail;
  mayWrite(...secrets: GuardedSecret[]): Guardrail;
  /** For good, or so that versions can be brought back. */
  mayDelete(...secrets: GuardedSecret[]): Guardrail;
  /** For good. */
  mayDestroy(...secrets: GuardedSecret[]): Guardrail;
  /** Anything at all. */
  mayTouch(...secrets: GuardedSecret[]): Guardrail;
  /** Capabilities on a region of API paths, as a rule would write it. */
  mayUse(capabilities: readonly ComparedCapability[], region: string): Guardrail;
  /** Sudo anywhere. */
  mayReachSudo(): Guardrail;
}

/** No principal at all. */
export const nobody: Verbs = verbs("nobody may", { kind: "all-but", principals: [] });

/** Only these principals: nobody else. */
export function only(...allowed: readonly Named[]): Verbs {
  return verbs(`only ${enumerate(titles(allowed), "and")} may`, subject("all-but", allowed));
}

/** These principals may not. */
export function none(...bound: readonly Named[]): Verbs {
  const said = titles(bound);
  const words =
    said.length === 1
      ? `${said[0]} may not`
      : said.length === 2
        ? `neither ${said.join(" nor ")} may`
        : `none of ${enumerate(said, "and")} may`;
  return verbs(words, subject("these", bound));
}

/** No principal of another system than the one that owns these principals. */
export function noOtherSystem(system: string, own: readonly Named[]): Verbs {
  return verbs(`no system but ${system} may`, subject("all-but", own));
}

/**
 * The same guardrail, which excuses one principal for a while.
 * @param until RFC 3339
 * @throws PolicyUsageError without a reason or a time
 */
export function waive(guardrail: Guardrail, principal: Named, reason: string, until: string): Guardrail {
  const { words } = guardrail;
  if (reason.trim() === "")
    throw new PolicyUsageError(
      `The waiver of "${words}" for ${titleOf(principal)} has no reason.`,
      "Say why.",
    );
  if (parseTime(until) === undefined) {
    throw new PolicyUsageError(
      `The waiver of "${words}" for ${titleOf(principal)} ends at "${until}", which is no time.`,
      "Write 2030-01-31T00:00:00Z.",
    );
  }
  return { ...guardrail, waivers: [...guardrail.waivers, { principal: nameOf(principal), reason, until }] };
}

/** `a`, `a or b`, `a, b or c`. */
function enumerate(words: readonly string[], last: "and" | "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

function verbs(who: string, subject: Subject): Verbs {
  const guard = (what: string, forbidden: readonly Forbidden[]): Guardrail => ({
    words: `${who} ${what}`,
    subject,
    forbidden,
    waivers: [],
  });
  const keepFrom =
    (act: GuardedAct, what: string) =>
    (...secrets: GuardedSecret[]): Guardrail => {
      if (secrets.length === 0)
        throw new PolicyUsageError(`The guardrail "${who} ${what}" names no secret.`, "Name at least one.");
      const wrong = secrets.find(({ mount, path }) => !mount.endsWith("/") || !isRegion(mount + path));
      if (wrong)
        throw new PolicyUsageError(
          `The guardrail "${who} ${what}" names ${wrong.mount}${wrong.path}, which is no secret.`,
          "Write the mount with its slash, and the path below it: secret/ and shop/db, shop/+ or shop/*.",
        );
      const names = [...new Set(secrets.map(({ mount, path, title }) => title ?? mount + path))];
      return guard(`${what} ${enumerate(names, "or")}`, forbiddenByAll(act, secrets));
    };
  return {
    mayReadValues: keepFrom("read", "read values of"),
    maySeeNames: keepFrom("see-names", "see the names of"),
    mayWrite: keepFrom("write", "write values of"),
    mayDelete: keepFrom("delete", "delete versions of"),
    mayDestroy: keepFrom("destroy", "destroy versions of"),
    mayTouch: keepFrom("touch", "touch"),
    mayUse: (capabilities, region) => {
      if (capabilities.length === 0 || !areCapabilities(capabilities) || region === "")
        throw new PolicyUsageError(
          `The guardrail "${who} use ${capabilities.join(", ")} on ${region}" says nothing that a rule can grant.`,
          "Name capabilities other than deny, and a path as a rule writes it.",
        );
      if (!isRegion(region))
        throw new PolicyUsageError(
          `The guardrail "${who} use ${capabilities.join(", ")} on ${region}" holds whatever the policies say, because no request has such a path.`,
          "Write + for one whole segment and * at the end only, without v1/ before it, // and {{…}}.",
        );
      return guard(`use ${enumerate(capabilities, "or")} on ${region}`, usesOf(capabilities, region));
    },
    mayReachSudo: () => guard("use sudo on any path", [{ region: "*", capabilities: ["sudo"] }]),
  };
}

/** What is listed has a slash behind it when the engine decides: to list `a` is to list `a/`. */
function usesOf(capabilities: readonly ComparedCapability[], region: string): Forbidden[] {
  const listing = capabilities.filter(isListing);
  if (listing.length === 0 || /[*/]$/.test(region)) return [{ region, capabilities }];
  const folder = { region: `${region}/`, capabilities: listing };
  const others = capabilities.filter((each) => !isListing(each));
  // A + takes the nothing behind a slash too.
  if (region.endsWith("+")) return [{ region, capabilities }, folder];
  return others.length === 0 ? [folder] : [{ region, capabilities: others }, folder];
}

/** Whether requests can have such paths: wildcards in other places are letters like any other, which nobody means. */
function isRegion(region: string): boolean {
  const bare = patternOf(region);
  // The address of the API, which is no part of a path.
  if (/^v1(\/|$)/.test(bare)) return false;
  const [body, open] = bare.endsWith("*") ? [bare.slice(0, -1), true] : [bare, false];
  const segments = body.split("/");
  if (body.includes("*") || body.includes("{{") || bare !== bare.trim() || (open && body.endsWith("+")))
    return false;
  return segments.every(
    (segment, index) =>
      (segment !== "" || index === segments.length - 1) && (segment === "+" || !segment.includes("+")),
  );
}

function forbiddenByAll(act: GuardedAct, secrets: readonly GuardedSecret[]): Forbidden[] {
  const forbidden = secrets.flatMap((secret) => forbiddenBy(act, secret));
  if (act !== "see-names" && act !== "touch") return forbidden;
  // Secrets of one folder share its listing.
  return [...new Map(forbidden.map((each) => [`${each.region}\n${each.capabilities}`, each])).values()];
}

function subject(kind: Subject["kind"], principals: readonly Named[]): Subject {
  return { kind, principals: principals.map(nameOf) };
}

function titles(principals: readonly Named[]): string[] {
  if (principals.length === 0)
    throw new PolicyUsageError("The guardrail names no principal.", "Name at least one, or write nobody.");
  return principals.map(titleOf);
}

function nameOf(principal: Named): string {
  return typeof principal === "string" ? principal : principal.name;
}

function titleOf(principal: Named): string {
  return typeof principal === "string" ? principal : principal.title;
}
