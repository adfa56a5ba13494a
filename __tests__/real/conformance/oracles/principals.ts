import fc from "fast-check";
import { PolicyDocument } from "../../../../policies/document";
import { CompiledModel } from "../../../../policies/queries/principal";
import { plainRule, requestPath } from "../../../policies/generators";
import { type Oracle, roundOf } from "../oracle";

const NAMES = ["effective0", "effective1", "effective2", "effective3"];
const some = fc.subarray([...NAMES, "nobody-wrote-this", " Effective2 ", "EFFECTIVE3"]);

/** Which policies count for a caller. */
export const principals: Oracle = {
  name: "the same policies count for a login",
  facts:
    "sections 1, 7: token, entity and group policies, a group of groups, default, names in any case, unknown names",
  share: 1.5,
  async prepare(stage) {
    const set = await stage.seat("effective", 4);
    const login = await stage.login("effective", [set.names[0] as string, "never-written"], {
      default: true,
    });
    const inner = await stage.root("POST", "identity/group", {
      name: "in",
      member_entity_ids: [login.entity],
    });
    const innerId = (inner.data as { id: string }).id;
    await stage.root("POST", "identity/group", { name: "out", member_group_ids: [innerId] });
    const rules = fc.array(plainRule, { maxLength: 4 });
    const cases = fc.record({
      policies: fc.array(rules, { minLength: 5, maxLength: 5 }),
      entity: some,
      direct: some,
      inherited: some,
      paths: fc.array(
        requestPath.filter((path) => path.trim() === path && path !== ""),
        { minLength: 15, maxLength: 25 },
      ),
    });
    return roundOf(this.name, cases, async ({ policies, entity, direct, inherited, paths }) => {
      const documents = policies.map((each) => new PolicyDocument(each));
      const names = [...NAMES, "default"];
      for (const [index, name] of names.entries())
        await stage.mustWrite(name, documents[index] ?? new PolicyDocument([]));
      await stage.root("POST", `identity/entity/id/${login.entity}`, { policies: entity });
      await stage.root("POST", "identity/group/name/in", { policies: direct });
      await stage.root("POST", "identity/group/name/out", {
        policies: inherited,
        member_group_ids: [innerId],
      });
      const model = new CompiledModel({
        engine: stage.engine,
        policies: names.map((name, index) => ({ name, document: documents[index] as PolicyDocument })),
        principals: [],
      });
      const held = ["effective0", "never-written", "default", ...entity, ...direct, ...inherited];
      const list = model.accessOf({ name: "p", policies: held, entity: null });
      await stage.compareCapabilities(list, login.token, paths);
    });
  },
};
